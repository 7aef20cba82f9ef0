#include "core/base/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numeric>

namespace initlens {

namespace {

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            const std::size_t cost = a[i - 1] == b[j - 1] ? 0 : 1;
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + cost});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string joined(std::span<const std::string_view> words)
{
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string clipped(std::string_view text)
{
    constexpr std::size_t longest = 60;
    return text.size() <= longest ? std::string(text)
                                  : std::string(text.substr(0, longest)) + "...";
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string_view> candidates)
{
    if (word.size() > 64) {
        return {};
    }
    // ReLU is relu.
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    word = lower;
    std::string best;
    std::size_t bestDistance = std::max<std::size_t>(2, word.size() / 2) + 1;
    for (const auto candidate : candidates) {
        // A word that starts another ("he" for "he_normal") is nearer than its distance says.
        const bool prefix = word.size() >= 2 && candidate.starts_with(word);
        const std::size_t distance = prefix ? 1 : editDistance(word, candidate);
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

Result<ChoiceText> splitChoice(std::string_view text)
{
    ChoiceText parts;
    const auto colon = text.find(':');
    parts.id = text.substr(0, colon);
    if (colon == std::string_view::npos) {
        return parts;
    }
    std::string_view rest = text.substr(colon + 1);
    while (true) {
        const auto comma = rest.find(',');
        const auto item = rest.substr(0, comma);
        const auto equals = item.find('=');
        if (equals == std::string_view::npos || equals == 0 || equals + 1 == item.size()) {
            return Error(
                fmt::format("'{}' is not of the form id:key=value,key=value", clipped(text)));
        }
        parts.params.push_back(
            {std::string(item.substr(0, equals)), std::string(item.substr(equals + 1))});
        if (comma == std::string_view::npos) {
            return parts;
        }
        rest = rest.substr(comma + 1);
    }
}

std::optional<double> parseNumber(std::string_view text)
{
    if (text.starts_with('+') && !text.starts_with("+-")) {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string numberText(double value)
{
    return fmt::format("{}", value);
}

Result<double> parseParam(const ParamSpec& param, std::string_view text, std::string_view owner)
{
    if (param.isOption()) {
        const auto found = std::find(param.options.begin(), param.options.end(), text);
        if (found == param.options.end()) {
            return Error(fmt::format("{}: {} must be one of {}, not '{}'", owner, param.key,
                                     joined(param.options), clipped(text)));
        }
        return static_cast<double>(found - param.options.begin());
    }
    const auto value = parseNumber(text);
    if (!value || (param.integer && std::floor(*value) != *value)) {
        return Error(fmt::format("{}: {} must be a {} from {:g} to {:g}, not '{}'", owner,
                                 param.key, param.integer ? "whole number" : "number", param.min,
                                 param.max, clipped(text)));
    }
    if (*value < param.min || *value > param.max) {
        return Error(fmt::format("{}: {} must be from {:g} to {:g}, not {:g}", owner, param.key,
                                 param.min, param.max, *value));
    }
    return *value;
}

Result<std::vector<double>> parseParams(const RowHead& head, std::span<const ParamText> params)
{
    Error problems;
    std::vector<double> values;
    std::vector<std::string_view> keys;
    for (const auto& param : head.params) {
        values.push_back(param.initial);
        keys.push_back(param.key);
    }
    std::vector<bool> seen(keys.size(), false);
    for (const auto& [key, text] : params) {
        const auto found = std::find(keys.begin(), keys.end(), key);
        if (found == keys.end()) {
            problems.add(keys.empty() ? fmt::format("{} takes no parameters, not '{}'", head.id,
                                                    clipped(key))
                                      : fmt::format("{} has no parameter '{}'; it has {}", head.id,
                                                    clipped(key), joined(keys)));
            continue;
        }
        const auto index = static_cast<std::size_t>(found - keys.begin());
        if (seen[index]) {
            problems.add(fmt::format("{}: {} is given twice", head.id, key));
            continue;
        }
        seen[index] = true;
        const auto value = parseParam(head.params[index], text, head.id);
        if (value) {
            values[index] = *value;
        } else {
            problems.append(value.error());
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    return values;
}

std::string choiceText(const RowHead& head, std::span<const double> values)
{
    std::string text(head.id);
    char separator = ':';
    for (std::size_t i = 0; i < head.params.size(); ++i) {
        const auto& param = head.params[i];
        if (values[i] == param.initial) {
            continue;
        }
        text += separator;
        text += param.key;
        text += '=';
        text += param.isOption() ? std::string(param.options[static_cast<std::size_t>(values[i])])
                                 : numberText(values[i]);
        separator = ',';
    }
    return text;
}

std::string unknownIdMessage(std::string_view kind, std::string_view id,
                             std::span<const std::string_view> ids)
{
    const std::string near = nearest(id, ids);
    if (!near.empty()) {
        return fmt::format("unknown {} '{}'; did you mean {}?", kind, clipped(id), near);
    }
    return fmt::format("unknown {} '{}'; allowed are {}", kind, clipped(id), joined(ids));
}

} // namespace initlens
