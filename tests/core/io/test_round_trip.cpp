#include "core/io/result_file.h"
#include "tests/core/io/result_sample.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace initlens::io {

namespace {

using experiment::RunRecord;
using experiment::RunSpec;

/// Compares two readings, alternative by alternative.
struct SameReading {
    void operator()(const diagnostics::Profile& a, const diagnostics::Profile& b) const
    {
        EXPECT_EQ(a.scale, b.scale);
        EXPECT_EQ(a.layers, b.layers);
        EXPECT_TRUE(sameNumbers(a.values, b.values));
        EXPECT_TRUE(sameNumbers(a.low, b.low));
        EXPECT_TRUE(sameNumbers(a.high, b.high));
    }
    void operator()(const diagnostics::Histogram& a, const diagnostics::Histogram& b) const
    {
        EXPECT_EQ(a.layer, b.layer);
        EXPECT_TRUE(sameNumbers(a.edges, b.edges));
        EXPECT_EQ(a.counts, b.counts);
        EXPECT_EQ(a.exactZeros, b.exactZeros);
        EXPECT_EQ(a.notFinite, b.notFinite);
    }
    void operator()(const diagnostics::Spectrum& a, const diagnostics::Spectrum& b) const
    {
        EXPECT_EQ(a.scope, b.scope);
        EXPECT_EQ(a.layers, b.layers);
        ASSERT_EQ(a.spectra.size(), b.spectra.size());
        for (std::size_t i = 0; i < a.spectra.size(); ++i) {
            ASSERT_EQ(a.spectra[i] == nullptr, b.spectra[i] == nullptr);
            if (a.spectra[i] == nullptr) {
                continue;
            }
            EXPECT_TRUE(sameNumbers(a.spectra[i]->log10Values, b.spectra[i]->log10Values));
            EXPECT_EQ(a.spectra[i]->exactZeros, b.spectra[i]->exactZeros);
            EXPECT_EQ(a.spectra[i]->log10Resolution, b.spectra[i]->log10Resolution);
            EXPECT_EQ(a.spectra[i]->bounds, b.spectra[i]->bounds);
            EXPECT_EQ(a.spectra[i]->carrier, b.spectra[i]->carrier);
        }
        ASSERT_EQ(a.pooled.size(), b.pooled.size());
        for (std::size_t i = 0; i < a.pooled.size(); ++i) {
            EXPECT_EQ(a.pooled[i]->replicas, b.pooled[i]->replicas);
            EXPECT_EQ(a.pooled[i]->exactZeros, b.pooled[i]->exactZeros);
            EXPECT_TRUE(sameNumbers(a.pooled[i]->log10Values, b.pooled[i]->log10Values));
            for (std::size_t level = 0; level < initlens::spectrum::quantileLevels.size();
                 ++level) {
                EXPECT_TRUE(sameNumbers({a.pooled[i]->quantiles[level], a.pooled[i]->low[level],
                                         a.pooled[i]->high[level]},
                                        {b.pooled[i]->quantiles[level], b.pooled[i]->low[level],
                                         b.pooled[i]->high[level]}));
            }
        }
    }
    void operator()(const diagnostics::Curve& a, const diagnostics::Curve& b) const
    {
        EXPECT_TRUE(sameNumbers(a.positions, b.positions));
        EXPECT_TRUE(sameNumbers(a.values, b.values));
        EXPECT_TRUE(sameNumbers(a.low, b.low));
        EXPECT_TRUE(sameNumbers(a.high, b.high));
        EXPECT_EQ(a.companions, b.companions);
    }
    void operator()(const diagnostics::Field& a, const diagnostics::Field& b) const
    {
        EXPECT_TRUE(sameNumbers(a.positions, b.positions));
        EXPECT_TRUE(sameNumbers(a.values, b.values));
    }
    template <class A, class B>
    void operator()(const A&, const B&) const
    {
        ADD_FAILURE() << "a reading came back as another kind";
    }
};

/// Sets every parameter of every choice to the row with this number (modulo the table's size), and
/// its parameters to one end of their range.
struct PickRow {
    std::size_t number;
    bool largest;

    void operator()(const FieldInfo&, std::int64_t&) const {}
    void operator()(const FieldInfo&, double&) const {}
    template <TableRow Row>
    void operator()(const FieldInfo&, Choice<Row>& choice) const
    {
        const auto table = Row::table();
        choice = Choice<Row>(*table[number % table.size()]);
        for (std::size_t i = 0; i < choice.values.size(); ++i) {
            const auto& param = choice->head.params[i];
            const double last =
                param.isOption() ? static_cast<double>(param.options.size() - 1) : param.max;
            choice.values[i] = largest ? last : param.min;
        }
    }
};

} // namespace

TEST(RoundTrip, ResultComesBackBitByBit)
{
    const RunRecord record = sampleRecord();
    const auto back = resultFromJson(resultToJson(record));
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_EQ(back->version, record.version);
    EXPECT_EQ(back->spec, record.spec);
    EXPECT_EQ(back->outcome, record.outcome);
    EXPECT_EQ(back->events, record.events);
    EXPECT_EQ(back->timing.totalSeconds, record.timing.totalSeconds);
    EXPECT_EQ(back->timing.threads, record.timing.threads);
    EXPECT_EQ(back->agreements, record.agreements);
    ASSERT_EQ(back->readings.size(), record.readings.size());
    for (const auto& reading : record.readings) {
        const auto& id = diagnostics::readingId(*reading);
        const auto* found = experiment::findReading(*back, id);
        ASSERT_NE(found, nullptr) << id;
        std::visit(SameReading{}, *reading, *found);
    }
    EXPECT_EQ(resultToJson(*back), resultToJson(record));
}

TEST(RoundTrip, ResultIsPlainJsonOfTheContract)
{
    const auto json = nlohmann::json::parse(resultToJson(sampleRecord()));
    EXPECT_EQ(json["schema"], 1);
    EXPECT_EQ(json["outcome"], "cancelled");
    EXPECT_TRUE(json["spec"]["depth"].is_number_integer());
    EXPECT_EQ(json["spec"]["seed"], experiment::largestSeed);
    EXPECT_EQ(json["timing"]["threads"], 4);
    const auto& readings = json["readings"];
    EXPECT_TRUE(readings["activation_mean"]["values"][3].is_null());
    EXPECT_FALSE(readings["gradient_norm"].contains("low"));
    EXPECT_EQ(readings["gradient_norm"]["scale"], "log10");
    EXPECT_EQ(readings["jacobian_singular_values"]["exact_zeros"],
              nlohmann::json({0, 2, 4, nullptr}));
    EXPECT_TRUE(readings["jacobian_singular_values"]["values"][3].is_null());
    EXPECT_TRUE(readings["gradient_norm"]["values"][0].is_null());
    EXPECT_EQ(readings["gradient_norm"]["zero_layers"], nlohmann::json({3}));
    EXPECT_EQ(readings["weight_histogram"]["counts"].size(), 3U);
    EXPECT_EQ(json["agreement"][0], nlohmann::json({{"diagnostic", "gradient_norm"},
                                                    {"statement", "A sentence: \xcf\x86."},
                                                    {"value", 1.0 / 3}}));
    EXPECT_TRUE(json["agreement"][1]["value"].is_null());
}

TEST(RoundTrip, WithNothingToCompareTheFileSaysNothingOfAgreement)
{
    auto record = sampleRecord();
    record.agreements.clear();
    const auto text = resultToJson(record);
    EXPECT_FALSE(nlohmann::json::parse(text).contains("agreement"));
    const auto back = resultFromJson(text);
    ASSERT_TRUE(back) << back.error().message();
    EXPECT_TRUE(back->agreements.empty());
}

TEST(RoundTrip, EveryRowOfEveryTableAtBothEndsOfItsParameters)
{
    constexpr std::size_t longestTable = 64;
    for (std::size_t number = 0; number < longestTable; ++number) {
        for (const bool largest : {false, true}) {
            RunSpec spec;
            experiment::fields(spec, PickRow{number, largest});
            const std::string text = specToJson(spec);
            const auto back = specFromJson(text);
            ASSERT_TRUE(back) << back.error().message() << '\n' << text;
            EXPECT_EQ(*back, spec) << text;
        }
    }
}

TEST(RoundTrip, RandomDoublesComeBackBitByBit)
{
    std::mt19937_64 bits(1);
    RunRecord record = sampleRecord();
    diagnostics::Profile profile =
        std::get<diagnostics::Profile>(*experiment::findReading(record, "activation_mean"));
    profile.low.clear();
    profile.high.clear();
    for (int repeat = 0; repeat < 2000; ++repeat) {
        for (double& value : profile.values) {
            value = std::bit_cast<double>(bits());
            value = std::isinf(value) ? 0 : value;
        }
        record.readings = {std::make_shared<const diagnostics::Reading>(profile)};
        const auto back = resultFromJson(resultToJson(record));
        ASSERT_TRUE(back) << back.error().message();
        SameReading{}(std::get<diagnostics::Profile>(*back->readings[0]), profile);
    }
}

TEST(RoundTrip, AChoiceMayBeAnIdATextOrAnObject)
{
    for (const char* text : {R"({"activation": "leaky_relu:slope=0.25"})",
                             R"({"activation": {"id": "leaky_relu", "slope": 0.25}})"}) {
        const auto spec = specFromJson(text);
        ASSERT_TRUE(spec) << spec.error().message();
        EXPECT_EQ(choiceText(spec->activation), "leaky_relu:slope=0.25");
    }
    const auto plain = specFromJson(R"({"activation": "relu", "depth": 7})");
    ASSERT_TRUE(plain) << plain.error().message();
    EXPECT_EQ(plain->activation.id(), "relu");
    EXPECT_EQ(plain->depth, 7);
    EXPECT_EQ(plain->width, RunSpec().width);
}

TEST(RoundTrip, ASpecIsReadOutOfAResult)
{
    const auto record = sampleRecord();
    const auto spec = specFromJson(resultToJson(record));
    ASSERT_TRUE(spec) << spec.error().message();
    EXPECT_EQ(*spec, record.spec);
}

TEST(RoundTrip, PredictionsOfLaterVersionsAreAccepted)
{
    auto json = nlohmann::json::parse(resultToJson(sampleRecord()));
    json["readings"]["gradient_norm"]["predicted"] = {1.0, nullptr, 2.0};
    json["readings"]["gradient_norm"]["why_not"] = "no theory";
    EXPECT_TRUE(resultFromJson(json.dump()));
}

} // namespace initlens::io
