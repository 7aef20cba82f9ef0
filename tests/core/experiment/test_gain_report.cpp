#include "core/experiment/gain_report.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace initlens::experiment {

namespace {

GainReport ofRow(const std::string& id, double q = 1)
{
    const auto choice =
        parseChoice(activations::Activation::table(), activations::Activation::kind, id);
    return *gainReport({.activation = *choice, .q = q}, Execution());
}

GainReport ofFormula(const std::string& formula, double q = 1)
{
    return *gainReport({.formula = formula, .q = q}, Execution());
}

TEST(GainReport, ClosedForms)
{
    const auto relu = ofFormula("max(0,x)", 3);
    EXPECT_NEAR(relu.gains.forward, std::sqrt(2.0), 1e-14);
    EXPECT_NEAR(relu.gains.backward, std::sqrt(2.0), 1e-14);
    EXPECT_TRUE(relu.conserved);
    EXPECT_FALSE(relu.isometryPossible);
    ASSERT_TRUE(relu.library);
    EXPECT_EQ(relu.library->name, "relu");
    EXPECT_NEAR(relu.library->forwardFactor, 1, 1e-14);

    const auto leaky = ofRow("leaky_relu:slope=0.2");
    EXPECT_NEAR(leaky.gains.forward, std::sqrt(2 / 1.04), 1e-14);
    ASSERT_TRUE(leaky.library);
    EXPECT_NEAR(leaky.library->gain, std::sqrt(2 / 1.04), 1e-14);

    // E[exp(2 h)] = exp(2 q).
    const auto exponential = ofFormula("exp(x)", 0.5);
    EXPECT_NEAR(exponential.gains.forward, std::sqrt(0.5 / std::exp(1.0)), 1e-13);

    // E[sin^2] = (1 - exp(-2 q)) / 2, E[cos^2] = (1 + exp(-2 q)) / 2.
    const auto sine = ofFormula("sin(x)", 0.7);
    EXPECT_NEAR(sine.gains.secondMoment, (1 - std::exp(-1.4)) / 2, 1e-13);
    EXPECT_NEAR(sine.gains.backward, std::sqrt(2 / (1 + std::exp(-1.4))), 1e-13);
    EXPECT_EQ(sine.gains.mean, 0);
}

TEST(GainReport, LibraryGainsThatAreOff)
{
    const auto tanh = ofRow("tanh");
    ASSERT_TRUE(tanh.library);
    EXPECT_NEAR(tanh.library->gain, 5.0 / 3, 1e-14);
    EXPECT_NEAR(tanh.gains.forward, 1.592537, 1e-6);
    EXPECT_NEAR(tanh.library->forwardFactor, std::pow(5.0 / 3 / tanh.gains.forward, 2), 1e-12);
    const auto selu = ofRow("selu");
    EXPECT_NEAR(selu.gains.forward, 1, 1e-6);
    EXPECT_NEAR(selu.library->gain, 0.75, 1e-14);
    EXPECT_FALSE(ofRow("gelu").library);
}

TEST(GainReport, FixedPointsAndEdge)
{
    const auto gelu = ofFormula("x*normcdf(x)");
    ASSERT_EQ(gelu.fixedPoints.size(), 2U);
    EXPECT_TRUE(gelu.fixedPoints[0].point.stable());
    EXPECT_NEAR(gelu.fixedPoints[1].point.q, 1, 1e-10);
    EXPECT_FALSE(gelu.fixedPoints[1].point.stable());

    const auto tanh = ofRow("tanh");
    ASSERT_EQ(tanh.edgeWithoutBias.size(), 1U);
    EXPECT_EQ(tanh.edgeWithoutBias[0].qStar, 0);
    EXPECT_NEAR(tanh.edgeWithoutBias[0].sigmaW2, 1, 1e-12);
    EXPECT_EQ(tanh.edge.size(), 3U);
    EXPECT_TRUE(tanh.isometryPossible);
    EXPECT_NE(ofRow("softplus").whyNoEdge, "");
    EXPECT_TRUE(ofRow("crelu").isometryPossible);
    EXPECT_NE(ofFormula("sign(x)").notes, std::vector<std::string>());
}

TEST(GainReport, EveryRowHasOne)
{
    for (const auto* row : activations::Activation::table()) {
        const auto report = ofRow(std::string(row->head.id));
        EXPECT_GT(report.gains.compromise, 0) << row->head.id;
        EXPECT_NE(report.isometry, "") << row->head.id;
        for (const auto& [point, chi1] : report.fixedPoints) {
            EXPECT_TRUE(std::isfinite(point.q) && std::isfinite(chi1)) << row->head.id;
        }
    }
}

TEST(GainReport, Refusals)
{
    EXPECT_FALSE(gainReport({}, Execution()));
    const auto many =
        gainReport({.formula = "x", .q = -1, .sigmaW = 0, .biasStd = -1}, Execution());
    ASSERT_FALSE(many);
    EXPECT_EQ(many.error().problems.size(), 3U);
    EXPECT_FALSE(gainReport({.formula = "y"}, Execution()));
}

TEST(GainReport, StopsAtOnce)
{
    const Execution execution;
    std::chrono::steady_clock::time_point asked;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        asked = std::chrono::steady_clock::now();
        execution.requestStop();
    });
    // Oscillates at every scale that means are taken over: seconds, if nobody stops it.
    const auto report = gainReport({.formula = "sin(3000*x)+sin(100*x)+x"}, execution);
    const auto done = std::chrono::steady_clock::now();
    stopper.join();
    EXPECT_FALSE(report);
    EXPECT_LT(done - asked, std::chrono::milliseconds(500)); // generous: machines are shared
}

} // namespace

} // namespace initlens::experiment
