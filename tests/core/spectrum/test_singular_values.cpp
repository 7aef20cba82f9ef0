#include "core/base/parallel.h"
#include "core/spectrum/singular_values.h"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <Eigen/SVD>

#include <thread>

namespace initlens::spectrum {

namespace {

Matrix<double> randomOrthogonal(Index size)
{
    return Eigen::HouseholderQR<Matrix<double>>(Matrix<double>::Random(size, size)).householderQ();
}

std::vector<double> valuesOf(const Matrix<double>& matrix, double condition = 1, int threads = 1)
{
    std::vector<double> values;
    Workers(threads).run([&] { values = singularValues(matrix, 1e-10, condition, Execution{}); });
    return values;
}

TEST(SingularValues, AgreeWithJacobiOnEveryShape)
{
    const std::pair<Index, Index> shapes[] = {{1, 1},   {1, 7},    {7, 1},    {2, 2},    {5, 3},
                                              {40, 40}, {65, 130}, {300, 20}, {129, 97}, {900, 9}};
    for (const auto& [rows, columns] : shapes) {
        const Matrix<double> a = Matrix<double>::Random(rows, columns);
        const Vector<double> expected = Eigen::JacobiSVD<Matrix<double>>(a).singularValues();
        for (const double condition : {1.0, 1e9}) {
            const auto values = valuesOf(a, condition);
            ASSERT_EQ(static_cast<Index>(values.size()), expected.size());
            for (Index i = 0; i < expected.size(); ++i) {
                EXPECT_NEAR(values[static_cast<std::size_t>(i)], expected[i], 3e-12 * expected[0])
                    << rows << " x " << columns << ", " << i;
            }
        }
    }
}

TEST(SingularValues, AreRightOverAWideSpread)
{
    constexpr Index n = 150;
    Vector<double> expected(n);
    for (Index i = 0; i < n; ++i) {
        expected[i] = std::pow(10.0, -12.0 * static_cast<double>(i) / (n - 1));
    }
    const Matrix<double> a = randomOrthogonal(n) * expected.asDiagonal() * randomOrthogonal(n);
    const auto values = valuesOf(a);
    for (Index i = 0; i < n; ++i) {
        EXPECT_NEAR(values[static_cast<std::size_t>(i)], expected[i], 2e-15);
    }
}

TEST(SingularValues, OfAnOrthogonalMatrixAreOne)
{
    for (const double value : valuesOf(randomOrthogonal(257))) {
        EXPECT_NEAR(value, 1, 1e-12);
    }
}

TEST(SingularValues, OfZeroAndOfNothing)
{
    EXPECT_EQ(valuesOf(Matrix<double>::Zero(5, 3)), std::vector<double>(3, 0.0));
    EXPECT_TRUE(valuesOf(Matrix<double>(0, 4)).empty());
    EXPECT_TRUE(valuesOf(Matrix<double>(4, 0)).empty());
}

TEST(SingularValues, DoNotDependOnThreads)
{
    const Matrix<double> a = Matrix<double>::Random(333, 280);
    for (const double condition : {1.0, 1e9}) {
        const auto one = valuesOf(a, condition, 1);
        EXPECT_EQ(one, valuesOf(a, condition, 2));
        EXPECT_EQ(one, valuesOf(a, condition, 4));
    }
}

TEST(SingularValues, EndEarlyWhenStopped)
{
    const Execution execution;
    execution.requestStop();
    EXPECT_TRUE(singularValues(Matrix<double>::Random(400, 400), 1e-10, 1, execution).empty());
}

} // namespace

} // namespace initlens::spectrum
