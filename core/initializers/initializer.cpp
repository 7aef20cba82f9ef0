#include "core/initializers/initializer.h"

#include "core/initializers/rows.h"

#include <array>

namespace initlens::initializers {

Table<Initializer> Initializer::table()
{
    static constexpr std::array rows = {
        &zerosRow,
        &onesRow,
        &constantRow,
        &normalRow,
        &uniformRow,
        &truncatedNormalRow,
        &sparseRow,
        &varianceScalingRow,
        &lecunNormalRow,
        &lecunUniformRow,
        &glorotNormalRow,
        &glorotUniformRow,
        &heNormalRow,
        &heUniformRow,
        &scaledGaussianRow,
        &inverseSqrtUniformRow,
        &identityRow,
        &orthogonalRow,
        &looksLinearRow,
        &lsuvRow,
        &torchLinearRow,
        &torchXavierNormalRow,
        &torchXavierUniformRow,
        &torchKaimingNormalRow,
        &torchKaimingUniformRow,
        &torchTruncNormalRow,
        &torchSparseRow,
        &tf1TruncatedNormalRow,
        &tf1VarianceScalingRow,
        &tfContribVarianceScalingRow,
        &mxnetXavierRow,
        &mxnetMsraPreluRow,
        &mxnetOrthogonalRow,
        &caffeXavierRow,
        &chainerOrthogonalRow,
        &dl4jLecunUniformRow,
        &dl4jSigmoidUniformRow,
        &dl4jVarianceScalingUniformRow,
        &jaxUniformRow,
    };
    return rows;
}

} // namespace initlens::initializers
