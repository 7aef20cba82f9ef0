#include "tests/core/initializers/drawn_weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

/// Largest deviation of the shorter side's Gram matrix from gain^2 I.
template <class T>
double deviationFromOrthogonal(const Matrix<T>& drawn, double gain)
{
    const Matrix<double> weights = drawn.template cast<double>();
    const bool tall = weights.rows() >= weights.cols();
    const Matrix<double> gram = tall ? Matrix<double>(weights.transpose() * weights)
                                     : Matrix<double>(weights * weights.transpose());
    return (gram - gain * gain * Matrix<double>::Identity(gram.rows(), gram.cols()))
        .cwiseAbs()
        .maxCoeff();
}

TEST(OrthogonalRows, ShorterSideIsOrthonormalTimesTheGain)
{
    const std::pair<std::string_view, double> rows[] = {{"orthogonal", 1},
                                                        {"orthogonal:gain=2.5", 2.5},
                                                        {"mxnet_orthogonal", 1.414},
                                                        {"chainer_orthogonal", 1.1},
                                                        {"lsuv", 1},
                                                        {"looks_linear:gain=0.5", 0.5},
                                                        {"identity:gain=3", 3}};
    for (const auto& [name, gain] : rows) {
        for (const WeightShape& shape :
             {WeightShape{1, 1}, WeightShape{1, 30}, WeightShape{30, 1}, WeightShape{64, 64},
              WeightShape{150, 65}, WeightShape{65, 150}}) {
            const auto choice = chosen(name);
            EXPECT_LT(deviationFromOrthogonal(draw<double>(choice, shape), gain),
                      1e-13 * gain * gain)
                << name << " " << text(shape);
            EXPECT_LT(deviationFromOrthogonal(draw<float>(choice, shape), gain), 1e-5 * gain * gain)
                << name << " " << text(shape);
        }
    }
}

TEST(LooksLinear, SecondHalfIsTheFirstWithTheOtherSign)
{
    for (const WeightShape& shape :
         {WeightShape{1, 2, 2}, WeightShape{40, 80, 2}, WeightShape{20, 80, 2}}) {
        const Matrix<double> weights = draw(chosen("looks_linear:gain=1.5"), shape);
        const Index half = shape.inputs / 2;
        EXPECT_EQ(weights.leftCols(half), -weights.rightCols(half));
        EXPECT_LT(deviationFromOrthogonal(Matrix<double>(weights.leftCols(half)), 1.5), 1e-12);
    }
    EXPECT_TRUE(chosen("looks_linear")->needsConcatenatedRectifier);
}

TEST(LooksLinear, FirstLayerTakesTheInputAsItIs)
{
    const Matrix<double> weights = draw(chosen("looks_linear"), {40, 40, 1});
    EXPECT_LT(deviationFromOrthogonal(weights, 1), 1e-13);
}

TEST(Identity, PassesSharedUnitsOn)
{
    const Matrix<double> wide = draw(chosen("identity:gain=0.5"), {2, 4});
    EXPECT_EQ(wide, (Matrix<double>(2, 4) << 0.5, 0, 0, 0, 0, 0.5, 0, 0).finished());
    EXPECT_EQ(draw(chosen("identity:gain=0.5"), {4, 2}), wide.transpose());
}

TEST(ConstantRows, AllWeightsAreTheValue)
{
    EXPECT_EQ(draw(chosen("zeros"), {3, 5}), Matrix<double>::Zero(3, 5));
    EXPECT_EQ(draw(chosen("ones"), {3, 5}), Matrix<double>::Ones(3, 5));
    EXPECT_EQ(draw(chosen("constant:value=-2.5"), {3, 5}), Matrix<double>::Constant(3, 5, -2.5));
}

TEST(Sparse, EveryUnitHasExactlyKWeights)
{
    for (const int k : {1, 7, 15, 40}) {
        const auto choice = chosen("sparse:k=" + std::to_string(k));
        const Matrix<double> weights = draw(choice, {300, 40});
        for (Index row = 0; row < weights.rows(); ++row) {
            EXPECT_EQ((weights.row(row).array() != 0).count(), k);
        }
    }
}

/// Every set of inputs is equally likely, so each input has as many units as any other.
TEST(Sparse, InputsAreChosenEvenly)
{
    constexpr Index units = 20000;
    constexpr double share = 3.0 / 10;
    const Matrix<double> weights = draw(chosen("sparse:k=3"), {units, 10});
    for (Index column = 0; column < 10; ++column) {
        const auto count = static_cast<double>((weights.col(column).array() != 0).count());
        EXPECT_NEAR(count, units * share, 5 * std::sqrt(units * share * (1 - share)));
    }
    std::set<std::vector<bool>> patterns;
    for (Index row = 0; row < units; ++row) {
        std::vector<bool> pattern;
        for (Index column = 0; column < 10; ++column) {
            pattern.push_back(weights(row, column) != 0);
        }
        patterns.insert(pattern);
    }
    EXPECT_EQ(patterns.size(), 120U); // 3 of 10
}

TEST(Sparse, WeightsAreDrawnOneByOne)
{
    const Matrix<double> weights = draw(chosen("sparse:k=5"), {400, 40});
    std::set<double> values;
    for (const double weight : weights.reshaped()) {
        if (weight != 0) {
            values.insert(weight);
        }
    }
    EXPECT_EQ(values.size(), 2000U);
}

TEST(Sparse, RefusesMoreWeightsThanInputs)
{
    const auto choice = chosen("sparse:k=15");
    EXPECT_EQ(refusalOf(choice, {10, 15}), "");
    const std::string reason = refusalOf(choice, {10, 14});
    EXPECT_NE(reason.find("14"), std::string::npos) << reason;
    EXPECT_NE(reason.find("15"), std::string::npos) << reason;
}

TEST(TorchSparse, EveryInputHasTheSameNumberOfZeros)
{
    const std::pair<std::string_view, Index> rows[] = {{"torch_sparse:sparsity=0", 0},
                                                       {"torch_sparse:sparsity=0.25", 26},
                                                       {"torch_sparse", 91},
                                                       {"torch_sparse:sparsity=1", 101}};
    for (const auto& [name, zeros] : rows) { // ceil(sparsity x 101)
        const Matrix<double> weights = draw(chosen(name), {101, 60});
        for (Index column = 0; column < weights.cols(); ++column) {
            EXPECT_EQ((weights.col(column).array() == 0).count(), zeros) << name;
        }
    }
}

TEST(TorchLinear, BiasesShareTheLimitOfTheWeights)
{
    const auto on = chosen("torch_linear");
    const auto bias = on->ownBias({10, 25}, on.values);
    ASSERT_TRUE(bias);
    EXPECT_EQ(bias->uniformLimit, 0.2);
    const auto off = chosen("torch_linear:bias=off");
    EXPECT_FALSE(off->ownBias({10, 25}, off.values));
}

TEST(TorchTruncNormal, StaysBetweenItsCutOffs)
{
    for (const std::string_view name :
         {"torch_trunc_normal", "torch_trunc_normal:mean=0.5,std=0.4,a=0.2,b=0.6",
          "torch_trunc_normal:mean=3,a=1,b=1.5", "torch_trunc_normal:mean=-3,a=-1.5,b=-1"}) {
        const auto choice = chosen(name);
        ASSERT_EQ(refusalOf(choice, {64, 64}), "") << name;
        const Matrix<double> weights = draw(choice, {64, 64});
        const double width = choice.values[3] - choice.values[2];
        EXPECT_GE(weights.minCoeff(), choice.values[2]) << name;
        EXPECT_LE(weights.maxCoeff(), choice.values[3]) << name;
        EXPECT_GT(weights.maxCoeff() - weights.minCoeff(), 0.95 * width) << name;
    }
}

TEST(Intervals, RefusesEmptyOnes)
{
    constexpr WeightShape shape = {8, 8};
    EXPECT_NE(refusalOf(chosen("uniform:low=1,high=1"), shape), "");
    EXPECT_NE(refusalOf(chosen("uniform:low=1,high=0"), shape), "");
    EXPECT_EQ(refusalOf(chosen("uniform:low=0,high=1"), shape), "");
    EXPECT_NE(refusalOf(chosen("torch_trunc_normal:a=1,b=1"), shape), "");
    EXPECT_NE(refusalOf(chosen("torch_trunc_normal:mean=10"), shape), "");
}

} // namespace
} // namespace initlens::initializers
