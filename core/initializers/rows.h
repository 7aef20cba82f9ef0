#pragma once

#include "core/initializers/initializer.h"

namespace initlens::initializers {

// The rows of the table, one source file each.
extern const Initializer zerosRow;
extern const Initializer onesRow;
extern const Initializer constantRow;
extern const Initializer normalRow;
extern const Initializer uniformRow;
extern const Initializer truncatedNormalRow;
extern const Initializer sparseRow;
extern const Initializer varianceScalingRow;
extern const Initializer lecunNormalRow;
extern const Initializer lecunUniformRow;
extern const Initializer glorotNormalRow;
extern const Initializer glorotUniformRow;
extern const Initializer heNormalRow;
extern const Initializer heUniformRow;
extern const Initializer scaledGaussianRow;
extern const Initializer inverseSqrtUniformRow;
extern const Initializer identityRow;
extern const Initializer orthogonalRow;
extern const Initializer looksLinearRow;
extern const Initializer lsuvRow;
extern const Initializer torchLinearRow;
extern const Initializer torchXavierNormalRow;
extern const Initializer torchXavierUniformRow;
extern const Initializer torchKaimingNormalRow;
extern const Initializer torchKaimingUniformRow;
extern const Initializer torchTruncNormalRow;
extern const Initializer torchSparseRow;
extern const Initializer tf1TruncatedNormalRow;
extern const Initializer tf1VarianceScalingRow;
extern const Initializer tfContribVarianceScalingRow;
extern const Initializer mxnetXavierRow;
extern const Initializer mxnetMsraPreluRow;
extern const Initializer mxnetOrthogonalRow;
extern const Initializer caffeXavierRow;
extern const Initializer chainerOrthogonalRow;
extern const Initializer dl4jLecunUniformRow;
extern const Initializer dl4jSigmoidUniformRow;
extern const Initializer dl4jVarianceScalingUniformRow;
extern const Initializer jaxUniformRow;

} // namespace initlens::initializers
