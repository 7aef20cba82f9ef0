#include "core/spectrum/structural_rank.h"

#include "core/random/stream.h"

#include <gtest/gtest.h>

#include <Eigen/LU>

namespace initlens::spectrum {
namespace {

Index rankOf(const Matrix<double>& matrix)
{
    return structureOf(matrix, Execution{}).rank;
}

TEST(StructuralRank, IsFullWithoutZeros)
{
    EXPECT_EQ(rankOf(Matrix<double>::Ones(7, 4)), 4);
    EXPECT_EQ(rankOf(Matrix<double>::Ones(3, 9)), 3);
    EXPECT_EQ(rankOf(Matrix<double>(0, 5)), 0);
}

TEST(StructuralRank, CountsWhatTheZerosLeave)
{
    EXPECT_EQ(rankOf(Matrix<double>::Zero(5, 5)), 0);
    EXPECT_EQ(rankOf(Matrix<double>::Identity(6, 6)), 6);
    Matrix<double> twoRows = Matrix<double>::Zero(5, 5);
    twoRows.topRows(2).setOnes();
    EXPECT_EQ(rankOf(twoRows), 2);
    // Three columns share one row: only one of them can have it.
    Matrix<double> crowded = Matrix<double>::Identity(4, 4);
    crowded.col(1) = crowded.col(0);
    crowded.col(2) = crowded.col(0);
    EXPECT_EQ(rankOf(crowded), 2);
}

/// Random patterns with random elements: the rank of such a matrix is its structural rank.
TEST(StructuralRank, IsTheRankOfRandomSparseMatrices)
{
    for (std::uint32_t trial = 0; trial < 60; ++trial) {
        const Index rows = 5 + trial % 20;
        const Index columns = 25 - trial % 17;
        const double share = 0.02 + 0.3 * (trial % 7) / 7;
        Matrix<double> kept(rows, columns);
        Matrix<double> matrix(rows, columns);
        const auto fill = [&](Matrix<double>& to, random::Purpose purpose) {
            random::fillUniform<double>({.seed = 5, .purpose = purpose, .layer = 1, .trial = trial},
                                        0, {to.data(), static_cast<std::size_t>(to.size())});
        };
        fill(kept, random::Purpose::Input);
        fill(matrix, random::Purpose::Weights);
        matrix = (kept.array() < share).select(matrix, 0.0);
        const Index expected =
            matrix.isZero(0) ? 0 : Eigen::FullPivLU<Matrix<double>>(matrix).rank();
        EXPECT_EQ(rankOf(matrix), expected) << "trial " << trial;
    }
}

} // namespace
} // namespace initlens::spectrum
