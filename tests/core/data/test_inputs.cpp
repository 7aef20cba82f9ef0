#include "tests/core/data/drawn_input.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::data {
namespace {

using namespace data::testing;

TEST(GaussianInput, HasTheMomentsItStates)
{
    for (const double deviation : {0.25, 1.0, 3.0}) {
        const InputChoice choice = chosen("gaussian:std=" + numberText(deviation));
        const Matrix<double> x = draw(choice, 500, 400) / deviation;
        const auto count = static_cast<double>(x.size());
        EXPECT_NEAR(x.mean(), 0, 5 / std::sqrt(count));
        EXPECT_NEAR(x.squaredNorm() / count, 1, 5 * std::sqrt(2 / count));
        EXPECT_NEAR(x.array().pow(4).mean(), 3, 5 * std::sqrt(96 / count));
    }
}

TEST(SphereInput, EverySampleHasTheRadius)
{
    for (const double radius : {1e-30, 1.0, 7.5, 1e6}) {
        for (const Index size : {1, 2, 100}) {
            const Matrix<double> x =
                draw(chosen("sphere:radius=" + numberText(radius)), size, 64) / radius;
            for (Index column = 0; column < x.cols(); ++column) {
                EXPECT_NEAR(x.col(column).norm(), 1, 1e-14);
            }
        }
    }
}

TEST(SphereInput, DirectionsAreUniform)
{
    const Matrix<double> x = draw(chosen("sphere"), 5, 40000);
    const auto count = static_cast<double>(x.cols());
    // The second moments are I / n; an element's variance over samples is below that.
    const Matrix<double> second = x * x.transpose() / count;
    EXPECT_LT((second - Matrix<double>::Identity(5, 5) / 5).cwiseAbs().maxCoeff(),
              5 * 0.25 / std::sqrt(count));
    EXPECT_LT(x.rowwise().mean().cwiseAbs().maxCoeff(), 5 / std::sqrt(5 * count));
}

TEST(CorrelatedPairInput, HasExactlyTheCosineAndTheLengths)
{
    for (const double correlation : {-1.0, -0.99999, -0.3, 0.0, 0.5, 0.999999, 1.0}) {
        const InputChoice choice = chosen("correlated_pair:correlation=" + numberText(correlation));
        for (const Index size : {2, 3, 1000}) {
            const Matrix<double> x = draw(choice, size, 20);
            const double length = std::sqrt(static_cast<double>(size));
            for (Index column = 0; column < x.cols(); column += 2) {
                const auto a = x.col(column);
                const auto b = x.col(column + 1);
                EXPECT_NEAR(a.norm() / length, 1, 1e-14);
                EXPECT_NEAR(b.norm() / length, 1, 1e-14);
                EXPECT_NEAR(a.dot(b) / static_cast<double>(size), correlation, 1e-14);
            }
        }
    }
}

TEST(CorrelatedPairInput, WholeCorrelationsAreExact)
{
    const Matrix<double> same = draw(chosen("correlated_pair:correlation=1"), 9, 2);
    EXPECT_EQ(same.col(0), same.col(1));
    const Matrix<double> opposite = draw(chosen("correlated_pair:correlation=-1"), 9, 2);
    EXPECT_EQ(opposite.col(0), -opposite.col(1));
}

TEST(CorrelatedPairInput, PairsAreIndependent)
{
    const Matrix<double> x = draw(chosen("correlated_pair:correlation=0.9"), 10000, 4);
    EXPECT_LT(std::abs(x.col(0).dot(x.col(2))) / 10000, 0.05);
    EXPECT_LT(std::abs(x.col(1).dot(x.col(3))) / 10000, 0.05);
}

TEST(CorrelatedPairInput, RefusesWhatMakesNoPairs)
{
    const InputChoice choice = chosen("correlated_pair:correlation=0.5");
    EXPECT_EQ(choice->refusal(10, 6, choice.values), "");
    EXPECT_NE(choice->refusal(10, 7, choice.values).find("even"), std::string::npos);
    EXPECT_NE(choice->refusal(1, 6, choice.values).find("at least 2"), std::string::npos);
    const InputChoice same = chosen("correlated_pair:correlation=1");
    EXPECT_EQ(same->refusal(1, 6, same.values), "");
    EXPECT_TRUE(same->pairs);
}

TEST(LineInput, PointsAreEquallySpacedFromMinusOneToOne)
{
    for (const Index batch : {2, 3, 8, 257}) {
        const Matrix<double> x = draw(chosen("line"), 50, batch);
        const Vector<double> direction = x.col(batch - 1);
        EXPECT_NEAR(direction.norm(), std::sqrt(50.0), 1e-13);
        EXPECT_EQ(x.col(0), -direction);
        for (Index b = 0; b < batch; ++b) {
            const double t = -1 + 2 * static_cast<double>(b) / static_cast<double>(batch - 1);
            EXPECT_LT((x.col(b) - t * direction).cwiseAbs().maxCoeff(), 1e-14);
            EXPECT_EQ(x.col(b), -x.col(batch - 1 - b));
        }
    }
}

TEST(LineInput, OneInputTakesTheNumbersThemselves)
{
    const Matrix<double> x = draw(chosen("line"), 1, 5);
    EXPECT_EQ(x, (Matrix<double>(1, 5) << -1, -0.5, 0, 0.5, 1).finished());
}

TEST(LineInput, OneSampleIsTheMiddle)
{
    EXPECT_EQ(draw(chosen("line"), 4, 1), Matrix<double>::Zero(4, 1));
}

} // namespace
} // namespace initlens::data
