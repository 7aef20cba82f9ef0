#include "core/spectrum/tridiagonal_values.h"

#include "core/base/matrix.h"
#include "core/base/parallel.h"

#include <Eigen/Eigenvalues>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {
namespace {

struct Given {
    std::vector<double> diagonal;
    std::vector<double> offDiagonal;
};

Given random(Index size, unsigned seed)
{
    std::srand(seed);
    const Vector<double> a = Vector<double>::Random(size);
    const Vector<double> b = Vector<double>::Random(size);
    return {{a.begin(), a.end()}, {b.begin(), b.end()}};
}

Vector<double> expectedOf(const Given& given)
{
    const auto size = static_cast<Index>(given.diagonal.size());
    // The solver's own errors would be seen in double precision.
    using Wide = Matrix<long double>;
    Wide dense = Wide::Zero(size, size);
    for (Index i = 0; i < size; ++i) {
        dense(i, i) = given.diagonal[static_cast<std::size_t>(i)];
        if (i + 1 < size) {
            dense(i + 1, i) = dense(i, i + 1) = given.offDiagonal[static_cast<std::size_t>(i)];
        }
    }
    return Eigen::SelfAdjointEigenSolver<Wide>(dense, Eigen::EigenvaluesOnly)
        .eigenvalues()
        .cast<double>();
}

void expectRight(const Given& given)
{
    const auto values = tridiagonalEigenvalues(given.diagonal, given.offDiagonal, Execution{});
    const Vector<double> expected = expectedOf(given);
    ASSERT_EQ(static_cast<Index>(values.size()), expected.size());
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
    const double largest = expected.cwiseAbs().maxCoeff();
    const double tolerance = 4 * std::numeric_limits<double>::epsilon() * largest;
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(values[i], expected[static_cast<Index>(i)], tolerance) << i;
    }
}

TEST(TridiagonalValues, AreThoseOfRandomMatricesOfEverySize)
{
    for (Index size = 1; size <= 140; ++size) {
        SCOPED_TRACE(size);
        expectRight(random(size, static_cast<unsigned>(size)));
    }
}

TEST(TridiagonalValues, MaySpreadOverAnyRange)
{
    for (const double scale : {1e-140, 1e-3, 1e140}) {
        Given given = random(60, 1);
        for (std::size_t i = 0; i < 60; ++i) {
            const double size = scale * std::exp(-static_cast<double>(i) / 3);
            given.diagonal[i] *= size;
            given.offDiagonal[i] *= size;
        }
        SCOPED_TRACE(scale);
        expectRight(given);
    }
}

TEST(TridiagonalValues, MayRepeatAndFallApart)
{
    // Halves, which the bisection hits exactly; blocks that touch nowhere.
    Given given{std::vector<double>(70, 1.0), std::vector<double>(70, 0.0)};
    expectRight(given);
    for (std::size_t i = 0; i < 70; ++i) {
        given.diagonal[i] = 0.25 * static_cast<double>(i % 5);
    }
    expectRight(given);
    given.offDiagonal[10] = 0.5;
    given.offDiagonal[40] = 1e-30;
    expectRight(given);
    expectRight({std::vector<double>(40, 0.0), std::vector<double>(40, 0.0)});
    expectRight({std::vector<double>(40, 0.0), std::vector<double>(40, 1.0)});
}

TEST(TridiagonalValues, OfWilkinsonsMatrixComeInClosePairs)
{
    Given given{{}, std::vector<double>(21, 1.0)};
    for (int i = -10; i <= 10; ++i) {
        given.diagonal.push_back(std::abs(i));
    }
    expectRight(given);
}

TEST(TridiagonalValues, DoNotDependOnTheThreads)
{
    const Given given = random(300, 7);
    std::vector<double> one;
    std::vector<double> three;
    Workers(1).run(
        [&] { one = tridiagonalEigenvalues(given.diagonal, given.offDiagonal, Execution{}); });
    Workers(3).run(
        [&] { three = tridiagonalEigenvalues(given.diagonal, given.offDiagonal, Execution{}); });
    EXPECT_EQ(one, three);
}

TEST(TridiagonalValues, AreNotFoundAfterAStop)
{
    const Given given = random(300, 7);
    Execution execution;
    execution.requestStop();
    EXPECT_TRUE(tridiagonalEigenvalues(given.diagonal, given.offDiagonal, execution).empty());
}

} // namespace
} // namespace initlens::spectrum
