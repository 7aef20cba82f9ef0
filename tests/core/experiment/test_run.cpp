#include "core/diagnostics/diagnostic.h"
#include "tests/support/specs.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>

namespace initlens::experiment {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Needs;
using testing::makeSpec;
using testing::readingOf;

TEST(Run, MeasuresEveryDiagnosticOfTheTable)
{
    auto spec = makeSpec({.input = "correlated_pair:correlation=0.5", .depth = 5, .width = 18});
    spec.architecture = testing::chosen<network::Architecture>("conv:size=2,kernel=2");
    const auto record = testing::runToEnd(spec);
    std::vector<std::string> expected;
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->needs != Needs::PathGradients) { // which go with no pairs
            expected.emplace_back(row->head.id);
        }
    }
    std::vector<std::string> found;
    for (const auto& reading : record->readings) {
        found.push_back(diagnostics::readingId(*reading));
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(record->outcome, Outcome::Finished);
    EXPECT_EQ(record->version, INITLENS_VERSION);
}

TEST(Run, LeavesOutWhatWasNotAskedFor)
{
    const auto record = testing::runToEnd(makeSpec({.jacobian = "none"}));
    EXPECT_EQ(findReading(*record, "jacobian_singular_values"), nullptr);
    EXPECT_EQ(findReading(*record, "input_correlation"), nullptr);
}

TEST(Run, ProfilesCoverEveryLayer)
{
    const auto record = testing::runToEnd(makeSpec({.depth = 7}));
    std::vector<std::int32_t> all(7);
    std::iota(all.begin(), all.end(), 1);
    for (const auto& reading : record->readings) {
        if (const auto* profile = std::get_if<diagnostics::Profile>(reading.get())) {
            EXPECT_EQ(profile->layers, all) << profile->id;
            EXPECT_EQ(profile->values.size(), 7U);
            EXPECT_TRUE(profile->low.empty() && profile->high.empty());
        }
    }
}

TEST(Run, HistogramsCountEveryElementOfTheLayer)
{
    auto spec =
        makeSpec({.activation = "relu", .depth = 4, .width = 12, .inputSize = 9, .batch = 5});
    spec.histogramLayer = 1;
    const auto record = testing::runToEnd(spec);
    const std::map<std::string, std::int64_t> sizes = {{"preactivation_histogram", 12 * 5},
                                                       {"activation_histogram", 12 * 5},
                                                       {"weight_histogram", 12 * 9}};
    for (const auto& [id, size] : sizes) {
        const auto& histogram = readingOf<diagnostics::Histogram>(*record, id);
        EXPECT_EQ(histogram.layer, 1);
        EXPECT_EQ(
            std::accumulate(histogram.counts.begin(), histogram.counts.end(), std::int64_t{0}),
            size)
            << id;
        EXPECT_TRUE(std::is_sorted(histogram.edges.begin(), histogram.edges.end()));
    }
    EXPECT_GT(readingOf<diagnostics::Histogram>(*record, "activation_histogram").exactZeros, 10);
}

TEST(Run, TrialsGiveMeanAndQuantiles)
{
    auto spec = makeSpec({.depth = 3});
    spec.trials = 9;
    const auto record = testing::runToEnd(spec);
    const auto& profile = readingOf<diagnostics::Profile>(*record, "activation_variance");
    ASSERT_EQ(profile.low.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_LT(profile.low[i], profile.values[i]);
        EXPECT_GT(profile.high[i], profile.values[i]);
    }
    // One trial alone is the first of many.
    spec.trials = 1;
    const auto alone = testing::runToEnd(spec);
    EXPECT_NE(readingOf<diagnostics::Profile>(*alone, "activation_variance").values,
              profile.values);
}

TEST(Run, EventsGrowAndEndWithTheRecord)
{
    std::vector<std::string> kinds;
    std::map<std::string, std::size_t> sizes;
    const auto record = run(
        makeSpec({.depth = 40}),
        [&](const Event& event) {
            if (const auto* update = std::get_if<Updated>(&event)) {
                if (const auto* p = std::get_if<diagnostics::Profile>(update->reading.get())) {
                    EXPECT_GE(p->layers.size(), sizes[p->id]) << p->id;
                    sizes[p->id] = p->layers.size();
                }
            } else if (!std::holds_alternative<Predicted>(event)) {
                kinds.emplace_back(std::holds_alternative<Started>(event) ? "started" : "finished");
            }
        },
        Execution{}, {.threads = 2});
    ASSERT_TRUE(record);
    EXPECT_EQ(kinds, (std::vector<std::string>{"started", "finished"}));
    EXPECT_EQ(sizes.at("gradient_norm"), 40U) << "the last state is always sent";
}

TEST(Run, TheoryIsLeftOutWhereNobodyAsksForIt)
{
    for (const bool background : {false, true}) {
        const auto record =
            run(makeSpec({}),
                [](const Event& event) { EXPECT_FALSE(std::holds_alternative<Predicted>(event)); },
                Execution{}, {.background = background, .predicts = false});
        ASSERT_TRUE(record);
        EXPECT_EQ((*record)->prediction, nullptr);
        EXPECT_TRUE((*record)->agreements.empty());
        EXPECT_NE(findReading(**record, "gradient_norm"), nullptr);
    }
}

TEST(Run, ProgressEndsAtOne)
{
    const Execution execution;
    ASSERT_TRUE(run(
        makeSpec({}), [](const Event&) {}, execution));
    EXPECT_EQ(execution.progress(), 1);
}

TEST(Run, InvalidSpecsAreRefusedBeforeAnyEvent)
{
    auto spec = makeSpec({});
    spec.depth = 0;
    EXPECT_FALSE(run(
        spec, [](const Event&) { FAIL(); }, Execution{}));
}

/// Stops a run as soon as `enough` says so of an event; the record must be valid and partial.
RecordPointer stopWhen(const RunSpec& spec, const std::function<bool(const Event&)>& enough)
{
    const Execution execution;
    const auto record = run(spec,
                            [&](const Event& event) {
                                if (enough(event)) {
                                    execution.requestStop();
                                }
                            },
                            execution, {.threads = 2});
    EXPECT_TRUE(record);
    return record ? *record : nullptr;
}

TEST(Run, AStopLeavesTheLayersSoFar)
{
    const auto record =
        stopWhen(makeSpec({.depth = 50'000, .width = 16, .batch = 2}),
                 [](const Event& event) { return std::holds_alternative<Updated>(event); });
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->outcome, Outcome::Cancelled);
    const auto& profile = readingOf<diagnostics::Profile>(*record, "activation_variance");
    EXPECT_GE(profile.layers.size(), 1U);
    EXPECT_LT(profile.layers.size(), 50'000U);
    EXPECT_EQ(profile.layers.size(), profile.values.size());
    EXPECT_TRUE(std::all_of(profile.values.begin(), profile.values.end(),
                            [](double value) { return std::isfinite(value); }));
}

TEST(Run, AStopDuringSpectraKeepsThePasses)
{
    const auto record =
        stopWhen(makeSpec({.depth = 300, .width = 160, .batch = 2}), [](const Event& event) {
            const auto* update = std::get_if<Updated>(&event);
            return update != nullptr &&
                   std::holds_alternative<diagnostics::Spectrum>(*update->reading);
        });
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->outcome, Outcome::Cancelled);
    EXPECT_EQ(readingOf<diagnostics::Profile>(*record, "gradient_norm").layers.size(), 300U);
    const auto& spectrum = readingOf<diagnostics::Spectrum>(*record, "jacobian_singular_values");
    EXPECT_LT(spectrum.layers.size(), 300U);
    for (std::size_t i = 0; i < spectrum.layers.size(); ++i) {
        EXPECT_EQ(spectrum.spectra[i]->log10Values.size() +
                      static_cast<std::size_t>(spectrum.spectra[i]->exactZeros),
                  160U);
    }
}

TEST(Run, AStageIsSentWholeBeforeTheNextOne)
{
    std::map<std::string, std::size_t> sent;
    bool whole = false;
    const auto record = run(
        makeSpec({.depth = 300, .width = 40, .batch = 2}),
        [&](const Event& event) {
            const auto* update = std::get_if<Updated>(&event);
            if (update == nullptr) {
                return;
            }
            if (const auto* profile = std::get_if<diagnostics::Profile>(update->reading.get())) {
                sent[profile->id] = profile->layers.size();
            } else if (std::holds_alternative<diagnostics::Spectrum>(*update->reading)) {
                whole = sent["activation_variance"] == 300 && sent["gradient_norm"] == 300;
            }
        },
        Execution{});
    ASSERT_TRUE(record);
    EXPECT_TRUE(whole);
}

TEST(Run, AStopBeforeTheStartIsAnEmptyRecord)
{
    const Execution execution;
    execution.requestStop();
    const auto record = run(
        makeSpec({}), [](const Event&) {}, execution);
    ASSERT_TRUE(record);
    EXPECT_EQ((*record)->outcome, Outcome::Cancelled);
    EXPECT_TRUE((*record)->readings.empty());
}

TEST(Run, GlorotHalvesTheVarianceOfReluAndHeKeepsIt)
{
    // Each layer multiplies the mean square by n Var(w) / 2, up to fluctuations of order 1/sqrt(n).
    for (const auto& [initializer, factor] :
         {std::pair{"glorot_normal", 0.5}, std::pair{"he_normal", 1.0}}) {
        const auto record = testing::runToEnd(makeSpec({.activation = "relu",
                                                        .initializer = initializer,
                                                        .precision = "float32",
                                                        .jacobian = "none",
                                                        .depth = 10,
                                                        .width = 1024,
                                                        .batch = 16}),
                                              2);
        const auto& q = readingOf<diagnostics::Profile>(*record, "preactivation_second_moment");
        EXPECT_NEAR(q.values[9] - q.values[0], 9 * std::log10(factor), 0.25) << initializer;
    }
}

} // namespace

} // namespace initlens::experiment
