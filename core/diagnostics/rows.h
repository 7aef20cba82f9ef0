#pragma once

#include "core/diagnostics/diagnostic.h"

namespace initlens::diagnostics {

// The rows of the table, one source file each.
extern const Diagnostic preactivationSecondMoment;
extern const Diagnostic activationMean;
extern const Diagnostic activationVariance;
extern const Diagnostic activationSecondMoment;
extern const Diagnostic gradientNorm;
extern const Diagnostic weightGradientNorm;
extern const Diagnostic inputCorrelation;
extern const Diagnostic deadFraction;
extern const Diagnostic saturatedFraction;
extern const Diagnostic jacobianSingularValues;
extern const Diagnostic preactivationHistogram;
extern const Diagnostic activationHistogram;
extern const Diagnostic weightHistogram;

} // namespace initlens::diagnostics
