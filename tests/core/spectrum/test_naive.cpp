#include "core/spectrum/rows.h"
#include "tests/core/spectrum/given_factors.h"
#include "tests/support/specs.h"

#include <atomic>
#include <cmath>

namespace initlens::spectrum {

namespace {

using testing::makeSpec;
using testing::SpecOptions;

const diagnostics::Spectrum& spectrumOf(const experiment::RunRecord& record)
{
    return testing::readingOf<diagnostics::Spectrum>(record, "jacobian_singular_values");
}

experiment::RecordPointer runWith(experiment::RunSpec spec, const Method& method)
{
    spec.spectrum = Choice<Method>(method);
    return testing::runToEnd(spec, 2);
}

/// The largest error of a log10 singular value over all layers.
double largestError(const SpecOptions& options, const Method& method)
{
    const auto spec = makeSpec(options);
    const auto right = runWith(spec, exactRow);
    const auto naive = runWith(spec, method);
    const auto& rightSpectra = spectrumOf(*right).spectra;
    const auto& naiveSpectra = spectrumOf(*naive).spectra;
    EXPECT_EQ(rightSpectra.size(), naiveSpectra.size());
    double largest = 0;
    for (std::size_t layer = 0; layer < rightSpectra.size(); ++layer) {
        const auto& expected = rightSpectra[layer]->log10Values;
        const auto& values = naiveSpectra[layer]->log10Values;
        EXPECT_EQ(expected.size(), values.size()) << layer;
        for (std::size_t i = 0; i < std::min(values.size(), expected.size()); ++i) {
            largest = std::max(largest, std::abs(values[i] - expected[i]));
        }
    }
    return largest;
}

/// Values at the last layer whose log10 is off by more than 0.01.
Index wrongAtTheEnd(const experiment::RunSpec& spec, const Method& method)
{
    const auto right = runWith(spec, exactRow);
    const auto naive = runWith(spec, method);
    const auto& expected = spectrumOf(*right).spectra.back()->log10Values;
    const auto& values = spectrumOf(*naive).spectra.back()->log10Values;
    Index wrong = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        wrong += i >= values.size() || std::abs(values[i] - expected[i]) > 0.01 ? 1 : 0;
    }
    return wrong;
}

TEST(NaiveSpectra, AreRightWhereTheConditionIsGood)
{
    for (const char* scope : {"from_input", "to_output", "per_layer"}) {
        for (const Index inputs : {20, 9, 40}) {
            SCOPED_TRACE(scope);
            SCOPED_TRACE(inputs);
            const SpecOptions options{
                .initializer = "orthogonal", .jacobian = scope, .inputSize = inputs};
            EXPECT_LT(largestError(options, naiveFloat64Row), 1e-10);
            const double single = largestError(options, naiveFloat32Row);
            EXPECT_LT(single, 1e-4);
            EXPECT_GT(single, 1e-9) << "this is no single precision";
        }
    }
    // Long enough for a thread of its own.
    const SpecOptions wide{.initializer = "orthogonal", .depth = 2, .width = 320};
    EXPECT_LT(largestError(wide, naiveFloat64Row), 1e-10);
}

TEST(NaiveSpectra, LoseMostValuesOfADeepGaussianStack)
{
    const auto spec = makeSpec({.activation = "linear",
                                .initializer = "scaled_gaussian",
                                .depth = 100,
                                .width = 32,
                                .batch = 1});
    EXPECT_GE(wrongAtTheEnd(spec, naiveFloat64Row), 12);
    EXPECT_GE(wrongAtTheEnd(spec, naiveFloat32Row), 20);
    const auto record = runWith(spec, naiveFloat32Row);
    const auto& last = *spectrumOf(*record).spectra.back();
    EXPECT_TRUE(last.bounds.empty());
    EXPECT_TRUE(std::isinf(last.log10Resolution)) << "nothing tells anybody";
    EXPECT_EQ(static_cast<Index>(last.log10Values.size()) + last.exactZeros, 32);
}

TEST(NaiveSpectra, WhatUnderflowsIsZeroInThatPrecision)
{
    const auto spec = makeSpec({.activation = "linear",
                                .initializer = "normal:std=1e-4",
                                .precision = "float64",
                                .depth = 20,
                                .batch = 1});
    const auto single = runWith(spec, naiveFloat32Row);
    EXPECT_EQ(spectrumOf(*single).spectra.back()->exactZeros, 20);
    const auto twofold = runWith(spec, naiveFloat64Row);
    EXPECT_FALSE(spectrumOf(*twofold).spectra.back()->log10Values.empty());
}

TEST(NaiveSpectra, WhatOverflowsHasNoSpectrum)
{
    const auto spec = makeSpec({.activation = "linear",
                                .initializer = "normal:std=1e4",
                                .precision = "float64",
                                .depth = 20,
                                .batch = 1});
    const auto record = runWith(spec, naiveFloat32Row);
    const auto& spectra = spectrumOf(*record).spectra;
    EXPECT_NE(spectra.front(), nullptr);
    EXPECT_EQ(spectra.back(), nullptr);
    ASSERT_FALSE(record->events.empty());
    EXPECT_NE(record->events.back().find("not finite"), std::string::npos);
}

TEST(NaiveSpectra, StopWhenAsked)
{
    constexpr Index depth = 200;
    for (const Method* method : {&naiveFloat32Row, &naiveFloat64Row}) {
        for (const auto scope :
             {Scope::Kind::FromInput, Scope::Kind::ToOutput, Scope::Kind::PerLayer}) {
            GivenFactors factors(std::vector<Matrix<double>>(depth, Matrix<double>::Identity(9, 9)),
                                 std::vector<Vector<double>>(depth, Vector<double>::Ones(9)));
            const Execution execution;
            std::atomic<Index> sent{0};
            const SpectrumSink sink = [&](Index, const LayerSpectrumPointer&) {
                ++sent;
                execution.requestStop();
            };
            Workers(2).run([&] {
                method->measure(factors,
                                {.scope = scope, .layers = measuredLayers(scope, depth, 1)}, sink,
                                execution);
            });
            EXPECT_GE(sent, 1);
            EXPECT_LE(sent, 16);
        }
    }
}

TEST(NaiveSpectra, DoNotDependOnThreads)
{
    auto spec = makeSpec({.initializer = "scaled_gaussian", .depth = 6, .width = 310, .batch = 2});
    for (const Method* method : {&naiveFloat32Row, &naiveFloat64Row}) {
        spec.spectrum = Choice<Method>(*method);
        const auto one = testing::runToEnd(spec, 1);
        const auto three = testing::runToEnd(spec, 3);
        for (std::size_t i = 0; i < spectrumOf(*one).spectra.size(); ++i) {
            EXPECT_EQ(spectrumOf(*one).spectra[i]->log10Values,
                      spectrumOf(*three).spectra[i]->log10Values);
        }
    }
}

} // namespace

} // namespace initlens::spectrum
