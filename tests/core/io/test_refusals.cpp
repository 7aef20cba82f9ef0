#include "core/io/result_file.h"
#include "tests/core/io/result_sample.h"
#include "tests/core/io/temporary_directory.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>

namespace initlens::io {

namespace {

using Json = nlohmann::json;

Json sampleJson()
{
    return Json::parse(resultToJson(sampleRecord()));
}

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    return text.replace(text.find(from), from.size(), to);
}

/// The message with which a result is refused; a failure when it is not.
std::string refusalOf(std::string_view text)
{
    const auto record = resultFromJson(text);
    EXPECT_FALSE(record) << text.substr(0, 200);
    const std::string message = record ? std::string() : record.error().message();
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_LT(message.size(), 2000U);
    return message;
}

void expectRefused(std::string_view text, const std::vector<std::string>& parts)
{
    const std::string message = refusalOf(text);
    for (const auto& part : parts) {
        EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
    }
}

} // namespace

TEST(Refusals, WhatIsNotJson)
{
    expectRefused("", {"empty"});
    expectRefused(" \n", {"empty"});
    expectRefused("hello", {"not valid JSON", "line 1"});
    expectRefused("{\"schema\": 1", {"ends too early"});
    expectRefused("{\"schema\": 1}}", {"not valid JSON"});
    expectRefused("{\"events\": [\"\xff\xfe\"]}", {"events", "UTF-8"});
    expectRefused("[1, 2]", {"not a result"});
    expectRefused("{\"schema\": 1, \"schema\": 1}", {"schema", "twice"});
    expectRefused(std::string("{\0}", 3), {"not valid JSON"});
}

TEST(Refusals, NestingAMillionDeep)
{
    constexpr std::size_t million = 1'000'000;
    expectRefused(std::string(million, '['), {"64 deep"});
    std::string objects;
    for (std::size_t i = 0; i < million; ++i) {
        objects += "{\"a\":";
    }
    expectRefused(objects, {"64 deep"});
}

TEST(Refusals, MoreListsThanAnyResultHas)
{
    std::string lists = "[[]";
    for (int i = 0; i < 1'000'000; ++i) {
        lists += ",[]";
    }
    expectRefused(lists + "]", {"1000000 lists"});
}

TEST(Refusals, NumbersOfTenThousandDigits)
{
    const std::string digits(10'000, '9');
    const std::string good = resultToJson(sampleRecord());
    expectRefused(replaced(good, "\"depth\": 5", "\"depth\": " + digits),
                  {"spec.depth", "double precision"});
    expectRefused(replaced(good, "\"bias_std\": 0.1", "\"bias_std\": 1e400"),
                  {"spec.bias_std", "double precision"});
    // As long, but a number like any other.
    const std::string third = "0." + std::string(10'000, '3');
    const auto fine = resultFromJson(replaced(good, "\"bias_std\": 0.1", "\"bias_std\": " + third));
    ASSERT_TRUE(fine) << fine.error().message();
    EXPECT_EQ(fine->spec.biasStd, 1.0 / 3);
}

TEST(Refusals, SchemaVersions)
{
    const std::string good = resultToJson(sampleRecord());
    expectRefused(replaced(good, "\"schema\": 1", "\"schema\": 2"),
                  {"from a newer InitLens (schema 2); this one reads schema 1"});
    for (const char* version : {"0", "-1", "1.5", "\"1\"", "null", "[1]"}) {
        expectRefused(replaced(good, "\"schema\": 1", std::string("\"schema\": ") + version),
                      {"schema", "whole number"});
    }
    expectRefused(replaced(good, "\"schema\"", "\"scheme\""), {"schema", "missing"});
}

TEST(Refusals, Specs)
{
    const std::vector<std::pair<const char*, std::vector<std::string>>> cases = {
        {R"({"depth": 0})", {"depth", "1 to 100000", "0"}},
        {R"({"depth": -3})", {"depth", "-3"}},
        {R"({"depth": 2.5})", {"depth", "whole number", "2.5"}},
        {R"({"depth": "5"})", {"depth", "the text '5'"}},
        {R"({"depth": null})", {"depth", "null"}},
        {R"({"depth": [5]})", {"depth", "a list"}},
        {R"({"width": 1e12})", {"width", "16384"}},
        {R"({"bias_std": -0.5})", {"bias_std", "from 0"}},
        {R"({"bias_std": true})", {"bias_std", "true"}},
        {R"({"dept": 5})", {"dept", "did you mean depth"}},
        {R"({"activation": "tahn"})", {"activation", "did you mean tanh"}},
        {R"({"activation": 3})", {"activation", "id"}},
        {R"({"activation": {}})", {"activation", "`id`"}},
        {R"({"activation": {"id": 4}})", {"activation", "`id`"}},
        {R"({"activation": {"id": "tanh", "slope": 1}})", {"tanh", "no parameters", "slope"}},
        {R"({"activation": {"id": "leaky_relu", "slop": 1}})", {"leaky_relu", "slop"}},
        {R"({"activation": {"id": "leaky_relu", "slope": "0.2"}})", {"slope", "not a text"}},
        {R"({"activation": {"id": "leaky_relu", "slope": null}})", {"slope", "number"}},
        {R"({"activation": {"id": "leaky_relu", "slope": 1e300}})", {"slope", "from"}},
        {R"({"activation": "leaky_relu:slope=nan"})", {"slope", "nan"}},
        {R"({"initializer": {"id": "variance_scaling", "mode": "fan"}})", {"mode", "fan_in"}},
        {R"({"depth": 0, "width": 0})", {"depth", "width", "; "}},
        {R"(7)", {"must be an object"}},
    };
    for (const auto& [text, parts] : cases) {
        const auto spec = specFromJson(text);
        ASSERT_FALSE(spec) << text;
        for (const auto& part : parts) {
            EXPECT_NE(spec.error().message().find(part), std::string::npos)
                << part << " is not in: " << spec.error().message();
        }
    }
}

TEST(Refusals, ReadingsThatDoNotFit)
{
    const auto with = [](auto&& change) {
        Json json = sampleJson();
        change(json["readings"]);
        return json.dump();
    };
    expectRefused(with([](Json& r) { r["gradient_nrm"] = r["gradient_norm"]; }),
                  {"gradient_nrm", "did you mean gradient_norm"});
    expectRefused(with([](Json& r) { r["gradient_norm"] = 3; }), {"readings.gradient_norm"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["kind"] = "spectrum"; }), {"'profile'"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["scale"] = "linear"; }), {"'log10'"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["values"].push_back(1); }), {"3 elements"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["values"][0] = "1"; }),
                  {"readings.gradient_norm.values[0]"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["layers"] = {5, 4, 3}; }), {"must rise"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["layers"] = {4, 5, 6}; }), {"1 to 5"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["extra"] = 1; }), {"extra"});
    expectRefused(with([](Json& r) { r["gradient_norm"]["zero_layers"] = {4}; }), {"zero_layers"});
    expectRefused(with([](Json& r) {
                      r["weight_histogram"]["edges"] = {1, nullptr, 3, 4};
                  }),
                  {"must rise"});
    expectRefused(with([](Json& r) { r["activation_mean"].erase("high"); }), {"'high' is missing"});
    expectRefused(with([](Json& r) { r["weight_histogram"]["edges"] = {1, 2}; }), {"edges", "4"});
    expectRefused(with([](Json& r) {
                      r["weight_histogram"]["edges"] = {4, 3, 2, 1};
                  }),
                  {"must rise"});
    expectRefused(with([](Json& r) { r["weight_histogram"]["counts"][0] = -1; }), {"counts[0]"});
    const std::string spectrum = "jacobian_singular_values";
    expectRefused(with([&](Json& r) { r[spectrum]["values"][0] = {1, 2}; }), {"descend"});
    expectRefused(with([&](Json& r) { r[spectrum]["values"][0] = {nullptr}; }), {"descend"});
    expectRefused(with([&](Json& r) { r[spectrum]["values"][1] = {0.1}; }), {"4 together"});
    expectRefused(with([&](Json& r) { r[spectrum]["exact_zeros"][1] = 999; }), {"4 together"});
    expectRefused(with([&](Json& r) { r[spectrum]["layers"][0] = 0; }), {"layers[0]", "1 to 5"});
    expectRefused(with([&](Json& r) { r[spectrum]["values"].erase(0); }), {"4 elements"});
    expectRefused(with([&](Json& r) { r[spectrum]["exact_zeros"][1] = 0.5; }), {"exact_zeros[1]"});
    expectRefused(with([&](Json& r) { r[spectrum]["scope"] = "to_output"; }), {"'from_input'"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"][0]["values"] = {1, 2}; }), {"descend"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"][0]["replicas"] = 3; }), {"replica"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"][0]["low"] = {1}; }), {"low"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"][1]["exact_zeros"] = -1; }),
                  {"pooled[1].exact_zeros"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"].erase(0); }), {"pooled"});
    expectRefused(with([&](Json& r) { r[spectrum]["pooled"][0]["mean"] = 1; }), {"mean"});
    expectRefused(with([](Json& r) { r = Json::array(); }), {"readings", "object"});
}

TEST(Refusals, TheRestOfAResult)
{
    for (const char* key : {"initlens", "spec", "outcome", "events", "timing", "readings"}) {
        Json json = sampleJson();
        json.erase(key);
        expectRefused(json.dump(), {key, "missing"});
        json[key] = 12;
        expectRefused(json.dump(), {key});
    }
    Json json = sampleJson();
    json["outcome"] = "done";
    expectRefused(json.dump(), {"outcome", "finished"});
    json = sampleJson();
    json["timing"]["total_s"] = -1;
    expectRefused(json.dump(), {"timing.total_s"});
    json = sampleJson();
    json["spec"]["histogram_layer"] = 6; // each number is allowed, but not with this depth
    expectRefused(json.dump(), {"histogram_layer"});
}

TEST(Refusals, ATruncatedResultIsNeverHalfRead)
{
    const std::string text = resultToJson(sampleRecord());
    const std::size_t whole = text.find_last_of('}') + 1;
    for (std::size_t length = 0; length < whole; length += 97) {
        refusalOf(std::string_view(text).substr(0, length));
    }
    refusalOf(std::string_view(text).substr(0, whole - 1));
}

TEST(Refusals, AgreementsThatDoNotFit)
{
    const std::vector<std::pair<const char*, std::vector<std::string>>> cases = {
        {R"({})", {"agreement", "a list", "an object"}},
        {R"([7])", {"agreement[0]", "an object"}},
        {R"([{"diagnostic": "gradient_norm", "value": 1}])", {"agreement[0]", "statement"}},
        {R"([{"diagnostic": "gradient_nrm", "statement": "", "value": 1}])",
         {"agreement[0].diagnostic", "did you mean gradient_norm"}},
        {R"([{"diagnostic": "gradient_norm", "statement": "", "value": -1}])",
         {"agreement[0].value", "from 0"}},
        {R"([{"diagnostic": "gradient_norm", "statement": 3, "value": 1}])",
         {"agreement[0].statement", "a text"}},
        {R"([{"diagnostic": "gradient_norm", "statement": "", "value": 1, "unit": 1}])",
         {"agreement[0]", "unit"}},
    };
    for (const auto& [text, parts] : cases) {
        Json json = sampleJson();
        json["agreement"] = Json::parse(text);
        expectRefused(json.dump(), parts);
    }
}

TEST(Refusals, FlippedBytesNeverCrash)
{
    const std::string text = resultToJson(sampleRecord());
    std::mt19937 random(7);
    int accepted = 0;
    for (std::size_t position = 0; position < text.size(); ++position) {
        std::string broken = text;
        broken[position] = static_cast<char>(random());
        const auto record = resultFromJson(broken);
        if (record) {
            ++accepted; // a digit that became another digit
            EXPECT_TRUE(resultFromJson(resultToJson(*record)));
        } else {
            EXPECT_FALSE(record.error().message().empty());
        }
    }
    EXPECT_LT(accepted, static_cast<int>(text.size()) / 2);
}

TEST(Refusals, Files)
{
    const TemporaryDirectory directory;
    const auto message = [](const std::filesystem::path& path) {
        const auto record = readResult(path);
        EXPECT_FALSE(record);
        return record ? std::string() : record.error().message();
    };
    const auto missing = directory / "missing.json";
    EXPECT_NE(message(missing).find("No such file"), std::string::npos) << message(missing);
    EXPECT_NE(message(missing).find("missing.json"), std::string::npos);
    EXPECT_NE(message(directory.path()).find("it is a directory"), std::string::npos);
    EXPECT_NE(message("/dev/zero").find("it is a device"), std::string::npos);

    const auto file = directory / "file.json";
    ASSERT_TRUE(writeFile(file, ""));
    EXPECT_NE(message(file).find("empty"), std::string::npos);
    ASSERT_TRUE(writeFile(file, "{"));
    EXPECT_NE(message(file).find("file.json': the text ends too early"), std::string::npos);

    const auto limited = readFile(file, 0);
    ASSERT_FALSE(limited);
    EXPECT_NE(limited.error().message().find("0 are allowed"), std::string::npos);

    ASSERT_TRUE(writeResult(file, sampleRecord()));
    EXPECT_TRUE(readResult(file));
    EXPECT_TRUE(readSpec(file));
}

} // namespace initlens::io
