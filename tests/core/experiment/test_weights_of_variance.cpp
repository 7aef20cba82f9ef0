#include "core/experiment/phase_map.h"
#include "core/experiment/weights_of_variance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::experiment {
namespace {

RunSpec specWith(std::string_view initializer, std::string_view activation = "tanh")
{
    RunSpec spec;
    spec.width = 64;
    spec.initializer = *parseChoice(initializers::Initializer::table(),
                                    initializers::Initializer::kind, initializer);
    spec.activation =
        *parseChoice(activations::Activation::table(), activations::Activation::kind, activation);
    return spec;
}

TEST(MovedTo, ReachesTheTargetFromEveryInitializerWithALaw)
{
    const theory::LayerLaw target{.sigmaW2 = 1.7 * 1.7, .sigmaB2 = 0.04};
    int moved = 0;
    for (const auto* row : initializers::Initializer::table()) {
        SCOPED_TRACE(row->head.id);
        RunSpec spec = specWith(row->head.id);
        if (row->needsConcatenatedRectifier) {
            spec = specWith(row->head.id, "crelu");
        }
        const auto law = lawOf(spec);
        const auto result = movedTo(spec, target);
        ASSERT_EQ(law.ok(), result.has_value());
        if (!result) {
            continue;
        }
        ++moved;
        EXPECT_TRUE(validate(*result).empty());
        const auto after = lawOf(*result);
        ASSERT_TRUE(after.ok());
        EXPECT_NEAR(after->hidden.sigmaW2, target.sigmaW2, 1e-5);
        EXPECT_NEAR(after->hidden.sigmaB2, target.sigmaB2, 1e-7);
        EXPECT_EQ(after->ensemble, law->ensemble);
        EXPECT_EQ(after->looksLinear, law->looksLinear);
        EXPECT_EQ(result->activation, spec.activation);
        EXPECT_EQ(result->depth, spec.depth);
    }
    EXPECT_GT(moved, 20);
}

TEST(MovedTo, KeepsAnInitializerThatHasAParameterForIt)
{
    const theory::LayerLaw target{.sigmaW2 = 4, .sigmaB2 = 0};
    for (const char* id :
         {"scaled_gaussian", "orthogonal", "variance_scaling:scale=2,distribution=uniform",
          "uniform:low=-0.1,high=0.1", "normal:std=0.02", "torch_xavier_uniform"}) {
        const RunSpec spec = specWith(id);
        const auto moved = movedTo(spec, target);
        ASSERT_TRUE(moved.has_value()) << id;
        EXPECT_EQ(moved->initializer.row, spec.initializer.row) << id;
    }
}

TEST(MovedTo, UniformWeightsStayUniformAndNormalOnesNormal)
{
    const theory::LayerLaw target{.sigmaW2 = 1.3, .sigmaB2 = 0.01};
    for (const char* id : {"he_uniform", "glorot_uniform", "torch_linear"}) {
        EXPECT_NE(std::string(movedTo(specWith(id), target)->initializer.id()).find("uniform"),
                  std::string::npos)
            << id;
    }
    for (const char* id : {"he_normal", "lecun_normal", "critical_gaussian"}) {
        EXPECT_EQ(movedTo(specWith(id), target)->initializer.id(), "scaled_gaussian") << id;
    }
    EXPECT_EQ(movedTo(specWith("critical_orthogonal"), target)->initializer.id(), "orthogonal");
}

TEST(PhaseMap, HoldsThePointOfTheSpec)
{
    RunSpec spec = specWith("scaled_gaussian:sigma_w=7");
    spec.biasStd = 0.1;
    const auto request = phaseMapRequest(spec);
    PhaseMapPointer last;
    int maps = 0;
    computePhaseMap(
        request,
        [&](const PhaseMapPointer& map) {
            last = map;
            ++maps;
        },
        Execution());
    ASSERT_EQ(maps, 5);
    EXPECT_EQ(last->cellsPerAxis, 128);
    EXPECT_TRUE(last->rectangle.contains(7, 0.1));
    EXPECT_LT(last->rectangle.sigmaWTo, 10);
}

TEST(PhaseMap, LooksLinearNetworksAreThoseOfTheIdentity)
{
    const auto request = phaseMapRequest(specWith("looks_linear", "crelu"));
    EXPECT_TRUE(request.looksLinear);
    PhaseMapPointer first;
    computePhaseMap(
        request, [&](const PhaseMapPointer& map) { first = first == nullptr ? map : first; },
        Execution());
    EXPECT_NEAR(*first->cell(0, 0).chi1, first->lawAt(0, 0).sigmaW2, 1e-12);
}

} // namespace
} // namespace initlens::experiment
