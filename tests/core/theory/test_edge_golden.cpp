#include "core/theory/edge_of_chaos.h"
#include "tests/core/theory/golden.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::theory {
namespace {

using testing::golden;
using testing::goldenActivation;

TEST(EdgeGolden, ByFixedPoint)
{
    int points = 0;
    for (const auto& row : golden()["eoc_by_qstar"]) {
        SCOPED_TRACE(row["act"].get<std::string>() + " q* " + row["q_star"].dump());
        const auto point =
            edgeAt(goldenActivation(row["act"].get<std::string>()), row["q_star"].get<double>());
        ASSERT_EQ(point.has_value(), row["valid"].get<bool>());
        if (point) {
            ++points;
            const auto sigmaW2 = row["sigma_w2"].get<double>();
            const auto sigmaB2 = row["sigma_b2"].get<double>();
            EXPECT_NEAR(point->sigmaW2, sigmaW2, 1e-10 * sigmaW2);
            EXPECT_NEAR(point->sigmaB2, sigmaB2, 1e-8 * std::abs(sigmaB2) + 1e-17);
            EXPECT_NEAR(point->qSlope, row["dq_map"].get<double>(), 1e-9);
        }
    }
    EXPECT_GT(points, 60);
}

TEST(EdgeGolden, ByVarianceOfTheBiases)
{
    for (const auto& row : golden()["eoc_by_sigma_b2"]) {
        SCOPED_TRACE(row["act"].get<std::string>() + " sigma_b2 " + row["sigma_b2"].dump());
        const auto phi = goldenActivation(row["act"].get<std::string>());
        const auto points = edgeWithBias(phi, row["sigma_b2"].get<double>());
        const auto& solutions = row["solutions"];
        ASSERT_EQ(points.size(), solutions.size());
        EXPECT_EQ(points.empty(), !whyNoEdge(phi, "it").empty());
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto qStar = solutions[i]["q_star"].get<double>();
            const auto sigmaW2 = solutions[i]["sigma_w2"].get<double>();
            EXPECT_NEAR(*points[i].qStar, qStar, 1e-8 * qStar);
            EXPECT_NEAR(points[i].sigmaW2, sigmaW2, 1e-8 * sigmaW2);
            EXPECT_EQ(points[i].stable, solutions[i]["stable"].get<bool>());
        }
    }
}

TEST(Edge, OfRectifiersAndAtTheOrigin)
{
    const auto relu = testing::functionNamed("relu");
    ASSERT_EQ(edgeWithBias(relu, 0).size(), 1);
    EXPECT_FALSE(edgeWithBias(relu, 0)[0].qStar.has_value());
    EXPECT_NEAR(edgeWithBias(relu, 0)[0].sigmaW2, 2, 1e-14);
    EXPECT_TRUE(edgeWithBias(relu, 0.05).empty());
    EXPECT_NE(whyNoEdge(relu, "relu"), "");

    const auto tanh = edgeWithBias(testing::functionNamed("tanh"), 0);
    ASSERT_EQ(tanh.size(), 1);
    EXPECT_EQ(tanh[0].qStar, 0);
    EXPECT_NEAR(tanh[0].sigmaW2, 1, 1e-14);
    EXPECT_TRUE(tanh[0].stable);
}

} // namespace
} // namespace initlens::theory
