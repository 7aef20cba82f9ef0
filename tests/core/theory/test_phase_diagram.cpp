#include "core/theory/phase_diagram.h"
#include "tests/core/theory/golden.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <thread>

namespace initlens::theory {
namespace {

using testing::functionNamed;

std::vector<PhaseDiagram> diagramsOf(const ActivationFunction& phi, const PhaseRectangle& rectangle,
                                     int finest)
{
    std::vector<PhaseDiagram> diagrams;
    computePhaseDiagram(
        phi, rectangle, finest,
        [&](PhaseDiagram diagram) { diagrams.push_back(std::move(diagram)); }, Execution());
    return diagrams;
}

PhaseDiagram diagramOf(const ActivationFunction& phi)
{
    return diagramsOf(phi, usualRectangle(phi), 16).back();
}

void expectAgreement(const PhasePoint& point, const MeanField& field, double tolerance)
{
    if (field.chi1) {
        ASSERT_TRUE(point.chi1.has_value());
        EXPECT_NEAR(*point.chi1, *field.chi1, tolerance * std::max(1.0, *field.chi1));
    }
    EXPECT_EQ(point.phase, field.phase);
    EXPECT_EQ(point.qStar.has_value(), field.qStar.has_value());
    if (point.qStar && field.qStar) {
        EXPECT_NEAR(*point.qStar, *field.qStar, tolerance * std::max(1e-6, *field.qStar));
    }
}

TEST(PhaseDiagram, CellsOfEveryActivationAgreeWithMeanFieldTheory)
{
    for (const auto* row : activations::Activation::table()) {
        const auto phi = functionOf(activations::ActivationChoice(*row));
        const auto diagram = diagramOf(phi);
        ASSERT_EQ(diagram.cellsPerAxis, 16);
        ASSERT_EQ(diagram.cells.size(), 256);
        for (int column = 1; column < 16; column += 3) {
            for (const int r : {0, 1, 6, 15}) {
                const LayerLaw law = diagram.lawAt(column, r);
                SCOPED_TRACE(std::string(row->head.id) + " sigma_w^2 " +
                             std::to_string(law.sigmaW2) + " sigma_b^2 " +
                             std::to_string(law.sigmaB2));
                expectAgreement(diagram.cell(column, r), meanField(phi, law), 1e-8);
            }
        }
    }
}

TEST(PhaseDiagram, PointsAgreeWithIndependentValues)
{
    int points = 0;
    for (const auto& row : testing::golden()["mean_field"]) {
        SCOPED_TRACE(row["act"].get<std::string>() + " " + row["sigma_w"].dump() + " " +
                     row["sigma_b"].dump());
        PhaseSolver solver(testing::goldenActivation(row["act"].get<std::string>()));
        const auto sigmaW = row["sigma_w"].get<double>();
        const auto sigmaB = row["sigma_b"].get<double>();
        const auto point = solver.at({.sigmaW2 = sigmaW * sigmaW, .sigmaB2 = sigmaB * sigmaB});
        if (row.contains("chi_1") && row["chi_1"].is_number()) {
            ASSERT_TRUE(point.chi1.has_value());
            EXPECT_NEAR(*point.chi1, row["chi_1"].get<double>(), 1e-7);
            ++points;
        }
    }
    EXPECT_GT(points, 40);
}

TEST(PhaseDiagram, CriticalLinesPartOrderFromChaos)
{
    for (const char* name : {"tanh", "erf", "hard_tanh", "arctan", "softsign", "sin", "sigmoid"}) {
        SCOPED_TRACE(name);
        const auto phi = functionNamed(name);
        const auto diagram = diagramOf(phi);
        ASSERT_TRUE(diagram.criticalLines.has_value());
        ASSERT_FALSE(diagram.criticalLines->empty());
        PhaseSolver solver(phi);
        for (const auto& line : *diagram.criticalLines) {
            ASSERT_GE(line.size(), 2);
            for (const auto& point : line) {
                EXPECT_TRUE(diagram.rectangle.contains(point.sigmaW, point.sigmaB))
                    << point.sigmaW << " " << point.sigmaB;
                constexpr double aside = 0.02;
                const auto at = [&](double factor) {
                    const double sigmaW = point.sigmaW * factor;
                    return solver.at(
                        {.sigmaW2 = sigmaW * sigmaW, .sigmaB2 = point.sigmaB * point.sigmaB});
                };
                EXPECT_LT(*at(1 - aside).chi1, 1) << point.sigmaW << " " << point.sigmaB;
                EXPECT_GT(*at(1 + aside).chi1, 1) << point.sigmaW << " " << point.sigmaB;
            }
        }
    }
}

TEST(PhaseDiagram, TanhIsCriticalAtOneWithoutBiases)
{
    const auto diagram = diagramOf(functionNamed("tanh"));
    ASSERT_EQ(diagram.criticalLines->size(), 1);
    EXPECT_NEAR(diagram.criticalLines->front().front().sigmaW, 1, 1e-6);
    EXPECT_NEAR(diagram.criticalLines->front().front().sigmaB, 0, 1e-4);
    EXPECT_EQ(diagram.criticalLines->front().back().sigmaB, diagram.rectangle.sigmaBTo);
}

TEST(PhaseDiagram, RectifiersAreOrderedUpToOneLineAndDivergeBeyond)
{
    const auto diagram = diagramOf(functionNamed("relu"));
    EXPECT_TRUE(diagram.homogeneous);
    ASSERT_EQ(diagram.criticalLines->size(), 1);
    for (const auto& point : diagram.criticalLines->front()) {
        EXPECT_NEAR(point.sigmaW, std::sqrt(2.0), 1e-12);
    }
    for (int row = 0; row < 16; ++row) {
        for (int column = 0; column < 16; ++column) {
            const LayerLaw law = diagram.lawAt(column, row);
            const PhasePoint& point = diagram.cell(column, row);
            EXPECT_NEAR(*point.chi1, law.sigmaW2 / 2, 1e-12);
            EXPECT_EQ(point.phase, law.sigmaW2 < 2 ? Phase::Ordered : Phase::Diverging);
        }
    }
    PhaseSolver solver(functionNamed("relu"));
    EXPECT_EQ(solver.at({.sigmaW2 = 2}).phase, Phase::Critical);
    EXPECT_EQ(solver.at({.sigmaW2 = 2, .sigmaB2 = 0.1}).phase, Phase::Diverging);
    EXPECT_TRUE(std::isinf(*solver.at({.sigmaW2 = 2}).gradientDepth()));
    EXPECT_NEAR(*solver.at({.sigmaW2 = 1}).qStar, 0, 0);
    EXPECT_NEAR(*solver.at({.sigmaW2 = 1}).gradientDepth(), 1 / std::log(2.0), 1e-12);
}

TEST(PhaseDiagram, PointsOfTheEdgeThatNothingFlowsToAreNoLine)
{
    for (const char* name : {"gelu", "softplus"}) {
        const auto diagram = diagramOf(functionNamed(name));
        ASSERT_TRUE(diagram.criticalLines.has_value());
        PhaseSolver solver(functionNamed(name));
        for (const auto& line : *diagram.criticalLines) {
            for (const auto& point : line) {
                const auto end = solver.at({.sigmaW2 = point.sigmaW * point.sigmaW,
                                            .sigmaB2 = point.sigmaB * point.sigmaB});
                ASSERT_TRUE(end.chi1.has_value()) << name;
                EXPECT_NEAR(*end.chi1, 1, 1e-2) << name;
            }
        }
    }
}

TEST(PhaseDiagram, ComesCoarseToFine)
{
    const auto diagrams = diagramsOf(functionNamed("tanh"), PhaseRectangle(), 64);
    ASSERT_EQ(diagrams.size(), 4);
    int cells = 8;
    for (const auto& diagram : diagrams) {
        EXPECT_EQ(diagram.cellsPerAxis, cells);
        EXPECT_EQ(diagram.cells.size(), static_cast<std::size_t>(cells * cells));
        cells *= 2;
    }
    EXPECT_TRUE(diagrams[1].criticalLines.has_value());
}

TEST(PhaseDiagram, StopsPromptlyAndSaysNothingMore)
{
    using Clock = std::chrono::steady_clock;
    for (const auto delay : {std::chrono::milliseconds(0), std::chrono::milliseconds(15)}) {
        const Execution execution;
        Clock::time_point asked;
        std::thread stopper([&] {
            std::this_thread::sleep_for(delay);
            asked = Clock::now();
            execution.requestStop();
        });
        int last = 0;
        computePhaseDiagram(
            functionNamed("mish"), PhaseRectangle(), 1024,
            [&](const PhaseDiagram& diagram) { last = diagram.cellsPerAxis; }, execution);
        const auto end = Clock::now();
        stopper.join();
        EXPECT_LT(end - asked, std::chrono::milliseconds(100));
        EXPECT_LT(last, 1024);
    }
}

} // namespace
} // namespace initlens::theory
