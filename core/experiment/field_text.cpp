#include "core/experiment/field_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace initlens::experiment {

namespace {

std::string clipped(std::string_view text)
{
    constexpr std::size_t longest = 40;
    return text.size() <= longest ? std::string(text)
                                  : fmt::format("{}...", text.substr(0, longest));
}

/// Sets the field with one key.
struct FieldSetter {
    std::string_view key;
    std::string_view text;
    std::string_view name;
    Status& status;

    void operator()(const FieldInfo& info, std::int64_t& member) const
    {
        constexpr bool whole = true;
        setNumber(info, member, whole);
    }
    void operator()(const FieldInfo& info, double& member) const
    {
        constexpr bool whole = false;
        setNumber(info, member, whole);
    }
    template <TableRow Row>
    void operator()(const FieldInfo& info, Choice<Row>& member) const
    {
        if (info.key != key) {
            return;
        }
        auto choice = parseChoice<Row>(Row::table(), Row::kind, text);
        if (choice) {
            member = *std::move(choice);
        } else {
            status = choice.error();
        }
    }

    template <class Number>
    void setNumber(const FieldInfo& info, Number& member, bool whole) const
    {
        if (info.key != key) {
            return;
        }
        const auto value = parseNumberWithin(name, text, info.min, info.max, whole);
        if (value) {
            member = static_cast<Number>(*value);
        } else {
            status = value.error();
        }
    }
};

} // namespace

Result<double> parseNumberWithin(std::string_view name, std::string_view text, double min,
                                 double max, bool whole)
{
    const auto value = parseNumber(text);
    if (value && *value >= min && *value <= max && (!whole || std::floor(*value) == *value)) {
        return *value;
    }
    return Error(fmt::format("{} must be a {} from {} to {}, not '{}'", name,
                             whole ? "whole number" : "number", numberText(min), numberText(max),
                             clipped(text)));
}

Status setField(RunSpec& spec, std::string_view key, std::string_view text, std::string_view name)
{
    Status status = Done{};
    fields(spec, FieldSetter{key, text, name, status});
    return status;
}

Status setFields(RunSpec& spec, std::span<const FieldText> changes)
{
    std::vector<std::string_view> keys;
    fields(spec, [&](const FieldInfo& info, const auto&) { keys.push_back(info.key); });
    const auto layer = spec.histogramLayer;
    for (const FieldText& change : changes) {
        if (std::find(keys.begin(), keys.end(), change.key) == keys.end()) {
            return Error(unknownIdMessage("field", change.key, keys));
        }
        if (auto status = setField(spec, change.key, change.text, change.key); !status) {
            return status;
        }
    }
    if (spec.histogramLayer == layer) {
        keepHistogramLayerInside(spec);
    }
    return Done{};
}

void keepHistogramLayerInside(RunSpec& spec)
{
    if (spec.histogramLayer > spec.depth) {
        spec.histogramLayer = 0;
    }
}

} // namespace initlens::experiment
