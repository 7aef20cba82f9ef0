#include "core/io/result_file.h"
#include "tests/support/specs.h"

#include <bit>

namespace initlens::experiment {

namespace {

using testing::makeSpec;

bool sameBits(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) {
        return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
    });
}

bool same(const diagnostics::Profile& a, const diagnostics::Profile& b)
{
    return a.id == b.id && a.layers == b.layers && sameBits(a.values, b.values) &&
           sameBits(a.low, b.low) && sameBits(a.high, b.high);
}

bool same(const diagnostics::Histogram& a, const diagnostics::Histogram& b)
{
    return a.id == b.id && a.layer == b.layer && sameBits(a.edges, b.edges) &&
           a.counts == b.counts && a.exactZeros == b.exactZeros && a.notFinite == b.notFinite;
}

bool same(const diagnostics::Spectrum& a, const diagnostics::Spectrum& b)
{
    if (a.layers != b.layers || a.spectra.size() != b.spectra.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.spectra.size(); ++i) {
        const auto& x = a.spectra[i];
        const auto& y = b.spectra[i];
        if ((x == nullptr) != (y == nullptr)) {
            return false;
        }
        if (x != nullptr &&
            !(sameBits(x->log10Values, y->log10Values) && x->exactZeros == y->exactZeros &&
              std::bit_cast<std::uint64_t>(x->log10Resolution) ==
                  std::bit_cast<std::uint64_t>(y->log10Resolution))) {
            return false;
        }
    }
    return true;
}

bool same(const diagnostics::Curve& a, const diagnostics::Curve& b)
{
    return a.id == b.id && sameBits(a.positions, b.positions) && sameBits(a.values, b.values) &&
           sameBits(a.low, b.low) && sameBits(a.high, b.high) && a.companions == b.companions;
}

bool same(const diagnostics::Field& a, const diagnostics::Field& b)
{
    return a.id == b.id && sameBits(a.positions, b.positions) && sameBits(a.values, b.values);
}

void expectSame(const RunRecord& a, const RunRecord& b)
{
    EXPECT_EQ(a.events, b.events);
    EXPECT_EQ(a.agreements, b.agreements);
    ASSERT_EQ(a.readings.size(), b.readings.size());
    for (std::size_t i = 0; i < a.readings.size(); ++i) {
        const bool equal = std::visit(
            [](const auto& x, const auto& y) {
                if constexpr (std::is_same_v<decltype(x), decltype(y)>) {
                    return same(x, y);
                } else {
                    return false;
                }
            },
            *a.readings[i], *b.readings[i]);
        EXPECT_TRUE(equal) << diagnostics::readingId(*a.readings[i]);
    }
}

/// One, two and four threads, and weights that are drawn again, must agree in every bit.
void expectDeterministic(const RunSpec& spec)
{
    if (const Error problems = validate(spec); !problems.empty()) {
        FAIL() << problems.message();
    }
    const auto one = testing::runToEnd(spec, 1);
    ASSERT_NE(one, nullptr);
    expectSame(*one, *testing::runToEnd(spec, 2));
    expectSame(*one, *testing::runToEnd(spec, 4));
}

/// With one spectrum: others have been seen to agree.
RunSpec withOneSpectrum(RunSpec spec)
{
    spec.spectrumEvery = spec.depth;
    return spec;
}

/// Enough samples and units for several tiles.
RunSpec wide(const testing::SpecOptions& options)
{
    auto changed = options;
    changed.depth = 3;
    changed.width = 144;
    changed.batch = 130;
    changed.precision = "float32";
    return makeSpec(changed);
}

TEST(Determinism, EveryActivation)
{
    for (const auto* row : activations::Activation::table()) {
        SCOPED_TRACE(row->head.id);
        expectDeterministic(withOneSpectrum(wide({.activation = row->head.id})));
    }
}

TEST(Determinism, EveryInitializer)
{
    for (const auto* row : initializers::Initializer::table()) {
        SCOPED_TRACE(row->head.id);
        auto spec =
            withOneSpectrum(wide({.activation = row->needsConcatenatedRectifier ? "crelu" : "tanh",
                                  .initializer = row->head.id}));
        if (!validate(spec).empty()) {
            spec.architecture = testing::chosen<network::Architecture>("preactivation_residual");
        }
        expectDeterministic(spec);
    }
}

TEST(Determinism, EveryInput)
{
    for (const auto* row : data::Input::table()) {
        SCOPED_TRACE(row->head.id);
        expectDeterministic(wide({.input = row->head.id}));
    }
}

TEST(Determinism, EveryScopePrecisionAndMethod)
{
    for (const auto* scope : spectrum::Scope::table()) {
        for (const auto* precision : network::Precision::table()) {
            for (const auto* method : spectrum::Method::table()) {
                SCOPED_TRACE(scope->head.id);
                auto spec = wide({.activation = "relu",
                                  .initializer = "he_normal",
                                  .precision = precision->head.id,
                                  .jacobian = scope->head.id});
                spec.precision = Choice<network::Precision>(*precision);
                spec.spectrum = Choice<spectrum::Method>(*method);
                expectDeterministic(spec);
            }
        }
    }
}

TEST(Determinism, EveryArchitecture)
{
    for (const auto* row : network::Architecture::table()) {
        auto spec = wide({});
        spec.architecture = Choice<network::Architecture>(*row);
        constexpr std::int64_t fewChannels = 9;
        spec.width = network::structureOf(spec).geometry.pixels() > 1 ? fewChannels : spec.width;
        spec.trials = 3;
        expectDeterministic(spec);
    }
}

TEST(Determinism, DrawingWeightsAgainChangesNothing)
{
    auto spec = makeSpec({.initializer = "lsuv",
                          .precision = "float32",
                          .depth = 60,
                          .width = 600,
                          .batch = 4,
                          .biasStd = 0});
    spec.spectrumEvery = 30;
    const auto kept = makePlan(spec, 1);
    ASSERT_TRUE(kept);
    ASSERT_TRUE(kept->keepWeights);
    const double limit = kept->totalBytes - kept->weightBytes / 2;
    const auto redrawn = makePlan(spec, 1, limit);
    ASSERT_TRUE(redrawn) << redrawn.error().message();
    ASSERT_FALSE(redrawn->keepWeights);
    expectSame(*testing::runToEnd(spec), *testing::runToEnd(spec, 2, limit));
}

TEST(Determinism, SeedsAndTrialsDiffer)
{
    auto spec = makeSpec({});
    const auto first = testing::runToEnd(spec);
    ++spec.seed;
    const auto second = testing::runToEnd(spec);
    EXPECT_NE(testing::readingOf<diagnostics::Profile>(*first, "gradient_norm").values,
              testing::readingOf<diagnostics::Profile>(*second, "gradient_norm").values);
}

} // namespace

} // namespace initlens::experiment
