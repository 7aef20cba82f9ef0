#pragma once

#include "core/base/result.h"
#include "core/io/json_document.h"

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::io {

/// One place of a document, with its path ("spec.depth"). What is asked of it and is not so is
/// added to the list of problems; the answer is then empty.
class JsonPlace {
public:
    JsonPlace(const Json& value, std::string path, Error& problems)
        : m_value(&value), m_path(std::move(path)), m_problems(&problems)
    {}

    [[nodiscard]] const Json& value() const { return *m_value; }
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// "path: what", added to the problems.
    void complain(std::string_view what) const;

    /// True for an object; every key must be one of `allowed`.
    [[nodiscard]] bool object(std::span<const std::string_view> allowed) const;
    [[nodiscard]] bool has(std::string_view key) const;
    /// A member of an object; its absence is a problem.
    [[nodiscard]] std::optional<JsonPlace> member(std::string_view key) const;

    [[nodiscard]] std::optional<std::string> text() const;
    [[nodiscard]] std::optional<double> number(double min, double max) const;
    [[nodiscard]] std::optional<std::int64_t> whole(std::int64_t min, std::int64_t max) const;

    /// A list of numbers; null stands for `missing`. Exactly `count` of them, unless it is empty.
    [[nodiscard]] std::optional<std::vector<double>>
    numbers(std::optional<std::size_t> count = {},
            double missing = std::numeric_limits<double>::quiet_NaN()) const;

    template <std::integral Whole>
    [[nodiscard]] std::optional<std::vector<Whole>>
    wholes(std::int64_t min, std::int64_t max, std::optional<std::size_t> count = {}) const
    {
        if (!list(count)) {
            return std::nullopt;
        }
        std::vector<Whole> all;
        all.reserve(m_value->size());
        for (const auto& element : *m_value) {
            const auto one =
                JsonPlace(element, elementPath(all.size()), *m_problems).whole(min, max);
            if (!one) {
                return std::nullopt;
            }
            all.push_back(static_cast<Whole>(*one));
        }
        return all;
    }

    /// True for a list, of `count` elements where that is given.
    [[nodiscard]] bool list(std::optional<std::size_t> count = {}) const;
    [[nodiscard]] JsonPlace at(std::size_t index) const;

private:
    [[nodiscard]] std::string elementPath(std::size_t index) const;

    const Json* m_value;
    std::string m_path;
    Error* m_problems;
};

} // namespace initlens::io
