#pragma once

#include "core/diagnostics/diagnostic.h"

namespace initlens::diagnostics {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_DIAGNOSTIC_ROWS(ROW)                                                              \
    ROW(activationVariance)                                                                        \
    ROW(gradientNorm)                                                                              \
    ROW(jacobianSingularValues)                                                                    \
    ROW(jacobianMeanSquare)                                                                        \
    ROW(jacobianConditionNumber)                                                                   \
    ROW(jacobianEffectiveRank)                                                                     \
    ROW(jacobianIsometry)                                                                          \
    ROW(preactivationSecondMoment)                                                                 \
    ROW(activationMean)                                                                            \
    ROW(activationSecondMoment)                                                                    \
    ROW(weightGradientNorm)                                                                        \
    ROW(inputCorrelation)                                                                          \
    ROW(gradientCorrelation)                                                                       \
    ROW(gradientAlongPath)                                                                         \
    ROW(gradientAutocorrelation)                                                                   \
    ROW(gradientCovariance)                                                                        \
    ROW(varianceModes)                                                                             \
    ROW(correlationModes)                                                                          \
    ROW(deadFraction)                                                                              \
    ROW(saturatedFraction)                                                                         \
    ROW(preactivationHistogram)                                                                    \
    ROW(activationHistogram)                                                                       \
    ROW(weightHistogram)

#define INITLENS_DECLARE(row) extern const Diagnostic row;
INITLENS_DIAGNOSTIC_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::diagnostics
