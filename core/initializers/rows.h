#pragma once

#include "core/initializers/initializer.h"

namespace initlens::initializers {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_INITIALIZER_ROWS(ROW)                                                             \
    ROW(zerosRow)                                                                                  \
    ROW(onesRow)                                                                                   \
    ROW(constantRow)                                                                               \
    ROW(normalRow)                                                                                 \
    ROW(uniformRow)                                                                                \
    ROW(truncatedNormalRow)                                                                        \
    ROW(sparseRow)                                                                                 \
    ROW(varianceScalingRow)                                                                        \
    ROW(lecunNormalRow)                                                                            \
    ROW(lecunUniformRow)                                                                           \
    ROW(glorotNormalRow)                                                                           \
    ROW(glorotUniformRow)                                                                          \
    ROW(heNormalRow)                                                                               \
    ROW(heUniformRow)                                                                              \
    ROW(scaledGaussianRow)                                                                         \
    ROW(inverseSqrtUniformRow)                                                                     \
    ROW(identityRow)                                                                               \
    ROW(diracRow)                                                                                  \
    ROW(zeroInitRow)                                                                               \
    ROW(orthogonalRow)                                                                             \
    ROW(deltaOrthogonalRow)                                                                        \
    ROW(convOrthogonalRow)                                                                         \
    ROW(looksLinearRow)                                                                            \
    ROW(criticalGaussianRow)                                                                       \
    ROW(criticalOrthogonalRow)                                                                     \
    ROW(criticalDeltaOrthogonalRow)                                                                \
    ROW(fixupRow)                                                                                  \
    ROW(skipInitRow)                                                                               \
    ROW(residualScaledRow)                                                                         \
    ROW(lsuvRow)                                                                                   \
    ROW(torchLinearRow)                                                                            \
    ROW(torchXavierNormalRow)                                                                      \
    ROW(torchXavierUniformRow)                                                                     \
    ROW(torchKaimingNormalRow)                                                                     \
    ROW(torchKaimingUniformRow)                                                                    \
    ROW(torchTruncNormalRow)                                                                       \
    ROW(torchSparseRow)                                                                            \
    ROW(tf1TruncatedNormalRow)                                                                     \
    ROW(tf1VarianceScalingRow)                                                                     \
    ROW(tfContribVarianceScalingRow)                                                               \
    ROW(mxnetXavierRow)                                                                            \
    ROW(mxnetMsraPreluRow)                                                                         \
    ROW(mxnetOrthogonalRow)                                                                        \
    ROW(caffeXavierRow)                                                                            \
    ROW(chainerOrthogonalRow)                                                                      \
    ROW(dl4jLecunUniformRow)                                                                       \
    ROW(dl4jSigmoidUniformRow)                                                                     \
    ROW(dl4jVarianceScalingUniformRow)                                                             \
    ROW(jaxUniformRow)

#define INITLENS_DECLARE(row) extern const Initializer row;
INITLENS_INITIALIZER_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::initializers
