#include "core/io/json_place.h"

#include "core/base/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::io {

namespace {

/// Past this many problems the rest would only repeat them.
constexpr std::size_t mostProblems = 8;

/// What a value is, as a person says it, with its text where that is short.
std::string described(const Json& value)
{
    switch (value.type()) {
    case Json::value_t::null:
        return "null";
    case Json::value_t::boolean:
        return value.get<bool>() ? "true" : "false";
    case Json::value_t::string: {
        constexpr std::size_t longest = 40;
        const auto& text = value.get_ref<const std::string&>();
        return text.size() <= longest ? fmt::format("the text '{}'", text) : "a long text";
    }
    case Json::value_t::object:
        return "an object";
    case Json::value_t::array:
        return "a list";
    default:
        return value.dump();
    }
}

} // namespace

void JsonPlace::complain(std::string_view what) const
{
    if (m_problems->problems.size() < mostProblems) {
        m_problems->add(m_path.empty() ? std::string(what) : fmt::format("{}: {}", m_path, what));
    }
}

bool JsonPlace::object(std::span<const std::string_view> allowed) const
{
    if (!m_value->is_object()) {
        complain(fmt::format("must be an object, not {}", described(*m_value)));
        return false;
    }
    for (const auto& [key, member] : m_value->items()) {
        if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
            complain(unknownIdMessage("key", key, allowed));
        }
    }
    return true;
}

bool JsonPlace::has(std::string_view key) const
{
    return m_value->contains(key);
}

std::optional<JsonPlace> JsonPlace::member(std::string_view key) const
{
    const auto found = m_value->find(key);
    if (found == m_value->end()) {
        complain(fmt::format("the key '{}' is missing", key));
        return std::nullopt;
    }
    return JsonPlace(*found, m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key),
                     *m_problems);
}

std::optional<std::string> JsonPlace::text() const
{
    if (!m_value->is_string()) {
        complain(fmt::format("must be a text, not {}", described(*m_value)));
        return std::nullopt;
    }
    return m_value->get<std::string>();
}

std::optional<double> JsonPlace::number(double min, double max) const
{
    if (m_value->is_number()) {
        const double number = m_value->get<double>();
        if (number >= min && number <= max) {
            return number;
        }
    }
    complain(fmt::format("must be a number from {} to {}, not {}", numberText(min), numberText(max),
                         described(*m_value)));
    return std::nullopt;
}

std::optional<std::int64_t> JsonPlace::whole(std::int64_t min, std::int64_t max) const
{
    if (m_value->is_number()) {
        const double number = m_value->get<double>();
        if (number >= static_cast<double>(min) && number <= static_cast<double>(max) &&
            std::floor(number) == number) {
            return m_value->get<std::int64_t>();
        }
    }
    complain(
        fmt::format("must be a whole number from {} to {}, not {}", min, max, described(*m_value)));
    return std::nullopt;
}

bool JsonPlace::list(std::optional<std::size_t> count) const
{
    if (!m_value->is_array()) {
        complain(fmt::format("must be a list, not {}", described(*m_value)));
        return false;
    }
    if (count && m_value->size() != *count) {
        complain(fmt::format("must have {} elements, one for each of its layers or bins, not {}",
                             *count, m_value->size()));
        return false;
    }
    return true;
}

std::optional<std::vector<double>> JsonPlace::numbers(std::optional<std::size_t> count,
                                                      double missing) const
{
    if (!list(count)) {
        return std::nullopt;
    }
    std::vector<double> all;
    all.reserve(m_value->size());
    for (const auto& element : *m_value) {
        if (!element.is_number() && !element.is_null()) {
            at(all.size())
                .complain(fmt::format("must be a number or null, not {}", described(element)));
            return std::nullopt;
        }
        all.push_back(element.is_null() ? missing : element.get<double>());
    }
    return all;
}

JsonPlace JsonPlace::at(std::size_t index) const
{
    return {(*m_value)[index], elementPath(index), *m_problems};
}

std::string JsonPlace::elementPath(std::size_t index) const
{
    return fmt::format("{}[{}]", m_path, index);
}

} // namespace initlens::io
