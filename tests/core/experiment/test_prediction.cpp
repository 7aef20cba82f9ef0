#include "core/experiment/agreement.h"
#include "core/experiment/prediction.h"
#include "core/experiment/run.h"
#include "core/experiment/spectrum_profiles.h"
#include "tests/support/choices.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <variant>

namespace initlens::experiment {
namespace {

template <class Row>
Choice<Row> pick(std::string_view text)
{
    return *parseChoice(Row::table(), Row::kind, text);
}

RunSpec specOf(std::string_view activation, std::string_view initializer)
{
    RunSpec spec;
    spec.activation = pick<activations::Activation>(activation);
    spec.initializer = pick<initializers::Initializer>(initializer);
    return spec;
}

PredictionPointer predictionOf(const RunSpec& spec)
{
    return predict(
        spec, [](const PredictionPointer& /*grown*/) {}, Execution());
}

RecordPointer recordOf(const RunSpec& spec)
{
    const auto record = run(
        spec, [](const Event& /*event*/) {}, Execution());
    EXPECT_TRUE(record) << record.error().message();
    return *record;
}

Agreement agreementOf(const RunRecord& record, std::string_view id)
{
    for (const Agreement& agreement : agreementsOf(record)) {
        if (agreement.diagnostic == id) {
            return agreement;
        }
    }
    ADD_FAILURE() << id << " has no agreement";
    return {.diagnostic = {}, .statement = {}, .value = 1};
}

double agreementOn(const RunRecord& record, std::string_view id)
{
    return agreementOf(record, id).value;
}

/// A prediction, or a reason; and no number that is neither finite nor marked as unknown in all its
/// parts.
void expectSound(const RunSpec& spec, const Prediction& prediction)
{
    EXPECT_EQ(prediction.whyNot.empty(), prediction.meanField.has_value());
    EXPECT_FALSE(prediction.verdict.headline.empty());
    EXPECT_FALSE(prediction.verdict.reasons.empty());
    EXPECT_TRUE(!prediction.spectra.whyNot.empty() || !prediction.spectra.layers.empty() ||
                spec.jacobian->scope == spectrum::Scope::Kind::None);
    if (prediction.spectra.whyNot.empty()) {
        // Every measured layer has an answer: a spectrum or a reason.
        std::vector<std::int64_t> answered;
        for (const auto& layer : prediction.spectra.layers) {
            answered.push_back(layer->layer);
        }
        for (const auto& layer : prediction.spectra.absent) {
            EXPECT_FALSE(layer.whyNot.empty());
            answered.push_back(layer.layer);
        }
        std::sort(answered.begin(), answered.end());
        EXPECT_EQ(answered, measuredLayers(spec));
    } else {
        EXPECT_TRUE(prediction.spectra.absent.empty());
    }
    if (prediction.verdict.repair) {
        EXPECT_TRUE(validate(prediction.verdict.repair->spec).empty());
    }
    for (const auto& [id, profile] : prediction.profiles) {
        EXPECT_EQ(std::ssize(profile.values), spec.depth) << id;
    }
    for (const auto& layer : prediction.spectra.layers) {
        for (const double density : layer->density) {
            ASSERT_TRUE(std::isfinite(density) && density >= 0);
        }
        EXPECT_FALSE(std::isnan(layer->zeroMass));
    }
}

/// Every activation with every thirteenth initializer, beginning at another one each time, so that
/// every row of both tables is met.
TEST(Prediction, EveryActivationAndEveryInitializer)
{
    constexpr std::size_t stride = 13;
    std::size_t pair = 0;
    for (const auto* activation : activations::Activation::table()) {
        for (const auto* initializer : initializers::Initializer::table()) {
            if (pair++ % stride != 0) {
                continue;
            }
            RunSpec spec;
            spec.activation = Choice<activations::Activation>(*activation);
            spec.initializer = Choice<initializers::Initializer>(*initializer);
            spec.depth = 12;
            spec.width = 64;
            spec.spectrumEvery = 6;
            if (!validate(spec).empty()) {
                continue;
            }
            SCOPED_TRACE(std::string(activation->head.id) + " " +
                         std::string(initializer->head.id));
            expectSound(spec, *predictionOf(spec));
        }
    }
}

TEST(Prediction, RandomSpecsHaveOneOrAReason)
{
    std::mt19937_64 random(1);
    const auto upTo = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const auto logUniform = [&](double low, double high) {
        return std::exp(
            std::uniform_real_distribution<double>(std::log(low), std::log(high))(random));
    };
    int predicted = 0;
    for (int i = 0; i < 60; ++i) {
        RunSpec spec;
        const auto activations = testing::everyChoice<activations::Activation>();
        const auto initializers = testing::everyChoice<initializers::Initializer>();
        spec.activation = activations[upTo(activations.size())];
        spec.initializer = initializers[upTo(initializers.size())];
        spec.depth = static_cast<std::int64_t>(logUniform(1, 3000));
        spec.width = static_cast<std::int64_t>(logUniform(1, 2000));
        spec.inputSize = upTo(3) == 0 ? static_cast<std::int64_t>(logUniform(1, 500)) : 0;
        spec.biasStd = upTo(2) == 0 ? 0 : logUniform(1e-6, 1e3);
        spec.spectrumEvery = std::max<std::int64_t>(1, spec.depth / 2);
        if (!validate(spec).empty()) {
            continue;
        }
        SCOPED_TRACE(choiceText(spec.activation) + " " + choiceText(spec.initializer));
        const auto prediction = predictionOf(spec);
        expectSound(spec, *prediction);
        predicted += prediction->whyNot.empty() ? 1 : 0;
    }
    EXPECT_GT(predicted, 15);
}

TEST(Prediction, LengthsOfEveryActivationAreMeasured)
{
    for (const auto* activation : activations::Activation::table()) {
        SCOPED_TRACE(activation->head.id);
        auto spec = specOf(activation->head.id, "scaled_gaussian:sigma_w=1.2");
        spec.biasStd = 0.2;
        spec.depth = 5;
        spec.width = 1500;
        spec.batch = 16;
        spec.trials = 2;
        spec.jacobian = pick<spectrum::Scope>("none");
        EXPECT_LT(agreementOn(*recordOf(spec), "preactivation_second_moment"), 0.05);
    }
}

TEST(Agreement, SaysWhereInTheBandADeepReluNetworkLies)
{
    constexpr std::string_view id = "preactivation_second_moment";
    auto spec = specOf("relu", "he_normal");
    spec.depth = 100;
    spec.width = 64;
    spec.batch = 4;
    spec.jacobian = pick<spectrum::Scope>("none");
    const auto record = recordOf(spec);
    const auto& measured = std::get<diagnostics::Profile>(*findReading(*record, id)).values;
    const auto& predicted = record->prediction->profiles.at("preactivation_second_moment");
    int inside = 0;
    for (std::size_t i = 0; i < measured.size(); ++i) {
        inside += measured[i] >= predicted.low[i] && measured[i] <= predicted.high[i] ? 1 : 0;
    }
    const auto agreement = agreementOf(*record, id);
    EXPECT_EQ(agreement.statement.find(
                  fmt::format("q lies within the finite-width band at {} of 100 layers", inside)),
              0U)
        << agreement.statement;
    EXPECT_NE(agreement.statement.find("the mean over networks"), std::string::npos);
    EXPECT_GT(agreement.value, 0);
}

TEST(Agreement, TheBandIsAsWideAsNetworksScatter)
{
    constexpr std::string_view id = "preactivation_second_moment";
    // Fewer units than inputs: of the length orthogonal weights keep a share by chance.
    for (const std::string_view initializer : {"orthogonal", "scaled_gaussian:sigma_w=1"}) {
        auto spec = specOf("tanh", initializer);
        spec.input = pick<data::Input>("sphere:radius=16");
        spec.inputSize = 256;
        spec.width = 64;
        spec.depth = 4;
        spec.batch = 1;
        spec.trials = 1500;
        spec.jacobian = pick<spectrum::Scope>("none");
        const auto record = recordOf(spec);
        const auto& measured = std::get<diagnostics::Profile>(*findReading(*record, id));
        const auto& predicted = record->prediction->profiles.at("preactivation_second_moment");
        for (std::size_t i = 0; i < measured.layers.size(); ++i) {
            const double scatter = measured.high[i] - measured.low[i];
            EXPECT_NEAR((predicted.high[i] - predicted.low[i]) / scatter, 1, 0.1)
                << initializer << ", layer " << i + 1;
        }
    }
}

TEST(Agreement, WithoutABandThereIsOnlyTheError)
{
    auto spec = specOf("linear", "orthogonal");
    spec.depth = 20;
    spec.width = 64;
    spec.batch = 4;
    spec.jacobian = pick<spectrum::Scope>("none");
    const auto agreement = agreementOf(*recordOf(spec), "preactivation_second_moment");
    EXPECT_EQ(agreement.statement,
              "q is typically less than 0.01 % off the prediction (median over 20 layers).");
    EXPECT_LT(agreement.value, 1e-4);
}

TEST(Prediction, GradientsFollowChi1)
{
    for (const char* sigmaW : {"1.1401754", "1.5811388"}) {
        auto spec = specOf("tanh", std::string("scaled_gaussian:sigma_w=") + sigmaW);
        spec.biasStd = 0.2236068;
        spec.depth = 100;
        spec.width = 300;
        spec.batch = 32;
        spec.trials = 4;
        spec.jacobian = pick<spectrum::Scope>("none");
        const auto record = recordOf(spec);
        const double slope = std::log10(*record->prediction->meanField->chi1) / 2;
        EXPECT_LT(agreementOn(*record, "gradient_norm"), 0.05 * std::abs(slope));
    }
}

TEST(Prediction, SpectraOfAllClasses)
{
    for (const auto& [activation, initializer, input, allowed] :
         {std::tuple("linear", "scaled_gaussian", "gaussian", 0.03),
          std::tuple("relu", "he_normal", "gaussian", 0.04),
          std::tuple("relu", "orthogonal:gain=1.4142135623730951", "gaussian", 0.04),
          std::tuple("tanh", "critical_orthogonal:q_star=0.1", "gaussian:std=0.28", 0.04),
          std::tuple("hard_tanh", "critical_orthogonal:q_star=0.2", "gaussian:std=0.43702161",
                     0.06),
          std::tuple("gelu", "scaled_gaussian:sigma_w=1.5", "gaussian", 0.04),
          std::tuple("crelu", "he_normal", "gaussian", 0.03),
          // Variances that change from layer to layer.
          std::tuple("tanh", "orthogonal:gain=1.0247", "gaussian", 0.04),
          std::tuple("tanh", "scaled_gaussian:sigma_w=1.05", "gaussian:std=2", 0.04),
          std::tuple("silu", "orthogonal:gain=1.5", "gaussian", 0.04),
          std::tuple("hard_tanh", "orthogonal:gain=1.1", "gaussian:std=1.5", 0.06)}) {
        SCOPED_TRACE(std::string(activation) + " " + initializer);
        auto spec = specOf(activation, initializer);
        spec.input = pick<data::Input>(input);
        spec.depth = 6;
        spec.width = 400;
        spec.batch = 4;
        spec.spectrumEvery = 6;
        EXPECT_LT(agreementOn(*recordOf(spec), "jacobian_singular_values"), allowed);
    }
}

/// Lyapunov exponents, with the zeros of a finite width.
TEST(Prediction, SpectraOfNetworksDeeperThanWide)
{
    for (const auto& [activation, initializer] :
         {std::pair("linear", "scaled_gaussian"), std::pair("relu", "he_normal"),
          std::pair("tanh", "scaled_gaussian:sigma_w=1.5"), std::pair("crelu", "he_normal"),
          std::pair("gelu", "scaled_gaussian:sigma_w=1.6")}) {
        SCOPED_TRACE(activation);
        auto spec = specOf(activation, initializer);
        spec.depth = 200;
        spec.width = 64;
        spec.batch = 4;
        spec.spectrumEvery = 200;
        const auto record = recordOf(spec);
        EXPECT_EQ(record->prediction->spectra.regime, Regime::Lyapunov);
        EXPECT_LT(agreementOn(*record, "jacobian_singular_values"), 0.08);
    }
}

/// What is read off the measured singular values is read off the predicted ones too.
TEST(Prediction, ProfilesOfSingularValues)
{
    for (const auto& [activation, initializer] :
         {std::pair("tanh", "critical_orthogonal:q_star=0.1"), std::pair("relu", "he_normal"),
          std::pair("gelu", "scaled_gaussian:sigma_w=1.5")}) {
        SCOPED_TRACE(activation);
        auto spec = specOf(activation, initializer);
        spec.depth = 8;
        spec.width = 400;
        spec.batch = 4;
        spec.trials = 3;
        spec.spectrumEvery = 4;
        const auto record = recordOf(spec);
        for (const auto& [id, allowed] :
             {std::pair("jacobian_mean_square", 0.1), std::pair("jacobian_effective_rank", 20.0),
              std::pair("jacobian_isometry", 0.05)}) {
            SCOPED_TRACE(id);
            const auto& measured = std::get<diagnostics::Profile>(*findReading(*record, id));
            const auto& predicted = record->prediction->profiles.at(id).values;
            ASSERT_EQ(measured.layers, (std::vector<std::int32_t>{4, 8}));
            EXPECT_NEAR(measured.values[0], predicted[3], allowed);
            EXPECT_NEAR(measured.values[1], predicted[7], allowed);
            EXPECT_NEAR(predicted[5], (predicted[3] + predicted[7]) / 2, 1e-12);
            EXPECT_TRUE(std::isnan(predicted[0]));
        }
    }
}

TEST(Prediction, TypicalSpectraHaveTheirQuantiles)
{
    PredictedLayerSpectrum predicted;
    predicted.zeroMass = 0.2;
    predicted.log10S = {-1, 0, 1};
    predicted.density = {0.2, 0.2, 0.2};
    predicted.atoms = {{.log10S = 0.5, .mass = 0.4}};
    const auto typical = typicalSpectrum(predicted, 10);
    EXPECT_EQ(typical.exactZeros, 2);
    ASSERT_EQ(typical.log10Values.size(), 8U);
    EXPECT_NEAR(typical.log10Values[0], 0.75, 1e-12);
    for (std::size_t i = 1; i < 5; ++i) {
        EXPECT_NEAR(typical.log10Values[i], 0.5, 1e-12);
    }
    EXPECT_NEAR(typical.log10Values[7], -0.75, 1e-12);
}

TEST(Prediction, CriticalInitializersSetWeightsAndBiases)
{
    for (const char* initializer :
         {"critical_gaussian:q_star=0.5", "critical_orthogonal:q_star=0.5"}) {
        auto spec = specOf("tanh", initializer);
        spec.depth = 40;
        spec.width = 300;
        spec.batch = 16;
        spec.jacobian = pick<spectrum::Scope>("none");
        const auto prediction = predictionOf(spec);
        EXPECT_EQ(prediction->meanField->phase, theory::Phase::Critical);
        EXPECT_NEAR(*prediction->meanField->chi1, 1, 1e-12);
        EXPECT_NEAR(*prediction->meanField->qStar, 0.5, 1e-10);
        EXPECT_NEAR(prediction->meanField->law.sigmaB2, 0.03804120111126835, 1e-12);
        EXPECT_LT(agreementOn(*recordOf(spec), "preactivation_second_moment"), 0.1);
        spec.biasStd = 0.1;
        EXPECT_NE(validate(spec).message().find("bias_std must be 0"), std::string::npos);
    }
    EXPECT_NE(validate(specOf("softplus", "critical_gaussian")).message().find("no edge of chaos"),
              std::string::npos);
}

TEST(Prediction, AMeanHasItsRankOneGainInWords)
{
    const auto prediction = predictionOf(specOf("relu", "uniform:low=0,high=0.01"));
    EXPECT_NE(prediction->whyNot.find("fan-in x mean = 1.28"), std::string::npos);
    EXPECT_TRUE(prediction->profiles.empty());
    ASSERT_TRUE(prediction->verdict.repair);
    EXPECT_EQ(prediction->verdict.repair->spec.initializer.id(), "he_normal");
}

TEST(Verdict, SaysWhatHappensAndWhatHelps)
{
    auto spec = specOf("relu", "glorot_normal");
    const auto fails = predictionOf(spec)->verdict;
    EXPECT_EQ(fails.fate, Fate::Fails);
    EXPECT_NE(fails.headline.find("anish"), std::string::npos);
    ASSERT_TRUE(fails.repair);
    EXPECT_EQ(fails.repair->spec.initializer.id(), "he_normal");
    const auto repaired = predictionOf(fails.repair->spec)->verdict;
    EXPECT_EQ(repaired.fate, Fate::Trains);
    EXPECT_FALSE(repaired.repair);
}

TEST(Prediction, WhereItIsComputedAndInWhichOrderChangesNothing)
{
    RunSpec spec = specOf("tanh", "scaled_gaussian:sigma_w=1.2");
    spec.depth = 12;
    spec.width = 40;
    spec.batch = 4;
    const auto plain = recordOf(spec);
    const auto selected = std::make_shared<std::atomic<std::int32_t>>(7);
    const auto background = run(spec, [](const Event& /*event*/) {}, Execution(),
                                {.background = true, .selectedLayer = selected});
    ASSERT_TRUE(background);
    EXPECT_EQ((*background)->agreements, plain->agreements);
    const auto& a = (*background)->prediction->spectra.layers;
    const auto& b = plain->prediction->spectra.layers;
    ASSERT_EQ(a.size(), 12U);
    ASSERT_EQ(b.size(), 12U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i]->layer, b[i]->layer);
        EXPECT_EQ(a[i]->log10S, b[i]->log10S);
        EXPECT_EQ(a[i]->density, b[i]->density);
    }
}

TEST(Prediction, TheSelectedLayerComesFirstThenFewOverAllDepth)
{
    RunSpec spec = specOf("relu", "he_normal");
    spec.depth = 200;
    const std::atomic<std::int32_t> selected = 17;
    std::vector<std::vector<std::int32_t>> states;
    const auto all = predict(
        spec,
        [&](const PredictionPointer& grown) {
            states.emplace_back();
            for (const auto& layer : grown->spectra.layers) {
                states.back().push_back(layer->layer);
            }
        },
        Execution(), &selected);
    ASSERT_GE(states.size(), 4U);
    EXPECT_TRUE(states[0].empty());
    std::size_t next = 1;
    if (states[1] == std::vector<std::int32_t>{17}) { // unless it was thinned out
        ++next;
    }
    EXPECT_EQ(states[next].front(), 1);
    EXPECT_EQ(states[next].back(), 200);
    EXPECT_LE(states[next].size(), 4U);
    EXPECT_EQ(all->spectra.layers.size(), 128U);
    EXPECT_EQ(all->spectra.whyNotAll, "theory is computed at 128 of the 200 measured layers");
    EXPECT_EQ(states.back().size(), 128U);
}

TEST(Prediction, AStopAmongTheSpectraKeepsTheRest)
{
    RunSpec spec = specOf("tanh", "orthogonal:gain=1.05");
    spec.depth = 100;
    const Execution execution;
    const auto stopped = predict(
        spec,
        [&](const PredictionPointer& grown) {
            if (!grown->spectra.layers.empty()) {
                execution.requestStop();
            }
        },
        execution);
    ASSERT_NE(stopped, nullptr);
    EXPECT_EQ(stopped->profiles.at("gradient_norm").values.size(), 100U);
    EXPECT_GE(stopped->spectra.layers.size(), 1U);
    EXPECT_LT(stopped->spectra.layers.size(), 10U);
    EXPECT_TRUE(stopped->spectra.whyNot.empty());
}

TEST(Prediction, ProfilesAloneAreThoseOfTheWhole)
{
    const RunSpec spec = specOf("gelu", "he_normal");
    const auto profiles = predictProfiles(spec, Execution());
    const auto whole = predictionOf(spec);
    EXPECT_TRUE(profiles->spectra.layers.empty());
    EXPECT_EQ(profiles->profiles.count("jacobian_isometry"), 0U); // read off the spectra
    EXPECT_GT(profiles->profiles.size(), 5U);
    for (const auto& [id, profile] : profiles->profiles) {
        EXPECT_EQ(profile.low, whole->profiles.at(id).low) << id;
    }
    EXPECT_EQ(profiles->verdict.headline, whole->verdict.headline);
    const Execution stopped;
    stopped.requestStop();
    EXPECT_EQ(predictProfiles(spec, stopped), nullptr);
}

} // namespace
} // namespace initlens::experiment
