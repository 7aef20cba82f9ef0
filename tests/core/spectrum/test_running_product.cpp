#include "core/spectrum/running_product.h"

#include <gtest/gtest.h>

#include <Eigen/SVD>

namespace initlens::spectrum {

namespace {

Vector<double> singularValuesOf(const RunningProduct<double>& product)
{
    return Eigen::JacobiSVD<Matrix<double>>(product.values()).singularValues() *
           std::exp2(product.log2Scale());
}

TEST(RunningProduct, KeepsTheSingularValues)
{
    const Execution execution;
    const Matrix<double> a = 1e3 * Matrix<double>::Random(20, 40);
    const Matrix<double> b = 1e-5 * Matrix<double>::Random(30, 20);
    RunningProduct<double> product(a, 20, execution);
    EXPECT_EQ(product.values().cols(), 20) << "the wide factor is compressed";
    product.multiplyLeft(b, 20, execution);
    const Vector<double> expected =
        Eigen::JacobiSVD<Matrix<double>>(b * a).singularValues().head(20);
    EXPECT_TRUE(singularValuesOf(product).head(20).isApprox(expected, 1e-12));
    EXPECT_EQ(product.rank(), 20);
}

TEST(RunningProduct, NeverLeavesTheRange)
{
    const Execution execution;
    for (const double size : {1e-300, 1e300}) {
        RunningProduct<double> product(size * Matrix<double>::Identity(3, 3), 3, execution);
        for (int i = 0; i < 9; ++i) {
            product.multiplyLeft(size * Matrix<double>::Identity(3, 3), 3, execution);
        }
        EXPECT_TRUE(product.isFinite());
        EXPECT_NEAR(std::log2(product.values()(0, 0)) + product.log2Scale(), 10 * std::log2(size),
                    1e-9);
    }
}

TEST(RunningProduct, SaysWhenItIsZeroOrNotFinite)
{
    const Execution execution;
    RunningProduct<double> zero(Matrix<double>::Random(3, 3), 3, execution);
    zero.multiplyLeft(Matrix<double>::Zero(3, 3), 3, execution);
    EXPECT_EQ(zero.rank(), 0);
    EXPECT_TRUE(zero.isFinite());

    Matrix<double> bad = Matrix<double>::Identity(3, 3);
    bad(1, 1) = std::numeric_limits<double>::quiet_NaN();
    RunningProduct<double> product(Matrix<double>::Random(3, 3), 3, execution);
    product.multiplyLeft(bad, 3, execution);
    EXPECT_FALSE(product.isFinite());
    product.multiplyLeft(Matrix<double>::Identity(3, 3), 3, execution);
    EXPECT_FALSE(product.isFinite());
}

TEST(RunningProduct, PatternsThatMeetInFewPlacesLowerTheRank)
{
    // Each factor has rank 2, but they share one unit only.
    const Execution execution;
    Matrix<double> first = Matrix<double>::Zero(4, 4);
    first(0, 0) = first(1, 1) = 1;
    Matrix<double> second = Matrix<double>::Zero(4, 4);
    second(0, 1) = second(2, 2) = 1;
    RunningProduct<double> product(first, 4, execution);
    EXPECT_EQ(product.rank(), 2);
    product.multiplyLeft(second, 4, execution);
    EXPECT_EQ(product.rank(), 1);
}

TEST(RunningProduct, RankFollowsRowsThatAreKept)
{
    const Execution execution;
    RunningProduct<double> product(Matrix<double>::Random(10, 10), 10, execution);
    product.keepRows({1, 3, 8}, execution);
    EXPECT_EQ(product.rank(), 3);
    EXPECT_EQ(product.values().rows(), 3);
    product.multiplyLeft(Matrix<double>::Random(10, 3), 2, execution);
    EXPECT_EQ(product.rank(), 2);
}

} // namespace

} // namespace initlens::spectrum
