#include "core/base/parallel.h"
#include "core/random/orthogonal.h"

#include <Eigen/LU>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlens::random {
namespace {

template <class T = double>
Matrix<T> draw(Index rows, Index columns, std::uint32_t trial = 0, double gain = 1, int threads = 1)
{
    Matrix<T> q(rows, columns);
    Workers(threads).run([&] {
        fillOrthogonal<T>({.seed = 8, .purpose = Purpose::Weights, .layer = 1, .trial = trial},
                          gain, MatrixView<T>(q.data(), rows, columns), Execution{});
    });
    return q;
}

template <class T>
void expectOrthonormal(Index rows, Index columns, double tolerance)
{
    const Matrix<double> q = draw<T>(rows, columns, 0, 2.0).template cast<double>() / 2;
    const Index shorter = std::min(rows, columns);
    const Matrix<double> gram =
        rows >= columns ? Matrix<double>(q.transpose() * q) : Matrix<double>(q * q.transpose());
    EXPECT_LT((gram - Matrix<double>::Identity(shorter, shorter)).cwiseAbs().maxCoeff(), tolerance)
        << rows << " x " << columns;
}

// Sides around the 64 columns that are factored together.
constexpr std::pair<Index, Index> shapes[] = {{1, 1},    {1, 9},    {9, 1},    {2, 2},
                                              {63, 63},  {64, 64},  {65, 65},  {200, 200},
                                              {300, 64}, {64, 300}, {300, 65}, {129, 300}};

TEST(Orthogonal, ShorterSideIsOrthonormal)
{
    for (const auto& [rows, columns] : shapes) {
        expectOrthonormal<double>(rows, columns, 1e-14);
        expectOrthonormal<float>(rows, columns, 3e-6);
    }
}

TEST(Orthogonal, SameBitsForAnyNumberOfThreads)
{
    for (const auto& [rows, columns] : {std::pair<Index, Index>{600, 600}, {90, 700}, {700, 90}}) {
        const Matrix<double> one = draw<double>(rows, columns);
        EXPECT_EQ(draw<double>(rows, columns, 0, 1, 2), one);
        EXPECT_EQ(draw<double>(rows, columns, 0, 1, 4), one);
    }
}

struct Mean {
    double sum = 0;
    double squares = 0;
    double count = 0;
    void add(double x)
    {
        sum += x;
        squares += x * x;
        ++count;
    }
    [[nodiscard]] double value() const { return sum / count; }
    [[nodiscard]] double error() const
    {
        return std::sqrt((squares / count - value() * value()) / count);
    }
};

constexpr std::uint32_t draws = 4000;

/// Every entry of a uniformly distributed matrix of longer side n has the moments of a coordinate
/// on the sphere: 0, 1/n and 3/(n(n+2)). Without the sign fix the diagonal has a mean.
TEST(Orthogonal, EntriesHaveTheMomentsOfTheSphere)
{
    for (const auto& [rows, columns] : {std::pair<Index, Index>{5, 5}, {5, 3}, {3, 5}, {6, 1}}) {
        const auto n = static_cast<double>(std::max(rows, columns));
        for (const auto& [i, j] : {std::pair<Index, Index>{0, 0},
                                   {rows - 1, columns - 1},
                                   {rows - 1, 0},
                                   {0, columns - 1}}) {
            Mean first;
            Mean second;
            Mean fourth;
            for (std::uint32_t trial = 0; trial < draws; ++trial) {
                const double entry = draw(rows, columns, trial)(i, j);
                first.add(entry);
                second.add(entry * entry);
                fourth.add(std::pow(entry, 4));
            }
            EXPECT_NEAR(first.value(), 0, 5 * first.error());
            EXPECT_NEAR(second.value(), 1 / n, 5 * second.error());
            EXPECT_NEAR(fourth.value(), 3 / (n * (n + 2)), 5 * fourth.error());
        }
    }
}

/// Traces of powers under Haar measure on O(n) (Diaconis and Shahshahani 1994): E tr Q = 0,
/// E (tr Q)^2 = 1, E tr Q^2 = 1; and both signs of the determinant are as likely.
TEST(Orthogonal, SquareOnesAreUniformlyDistributed)
{
    for (const Index n : {1, 2, 4, 7}) {
        Mean trace;
        Mean traceSquared;
        Mean traceOfSquare;
        Mean determinant;
        for (std::uint32_t trial = 0; trial < draws; ++trial) {
            const Matrix<double> q = draw(n, n, trial);
            trace.add(q.trace());
            traceSquared.add(q.trace() * q.trace());
            traceOfSquare.add((q * q).trace());
            determinant.add(q.determinant());
        }
        SCOPED_TRACE(n);
        EXPECT_NEAR(trace.value(), 0, 5 * trace.error());
        EXPECT_NEAR(traceSquared.value(), 1, 5 * traceSquared.error() + 1e-12);
        EXPECT_NEAR(traceOfSquare.value(), 1, 5 * traceOfSquare.error() + 1e-12);
        EXPECT_NEAR(determinant.value(), 0, 5 * determinant.error());
    }
}

/// Different entries are uncorrelated, also across columns.
TEST(Orthogonal, EntriesAreUncorrelated)
{
    Mean beside;
    Mean below;
    Mean diagonal;
    for (std::uint32_t trial = 0; trial < draws; ++trial) {
        const Matrix<double> q = draw(4, 4, trial);
        beside.add(q(0, 0) * q(0, 1));
        below.add(q(0, 0) * q(1, 0));
        diagonal.add(q(0, 0) * q(1, 1));
    }
    EXPECT_NEAR(beside.value(), 0, 5 * beside.error());
    EXPECT_NEAR(below.value(), 0, 5 * below.error());
    EXPECT_NEAR(diagonal.value(), 0, 5 * diagonal.error());
}

} // namespace
} // namespace initlens::random
