#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace initlens::io {

using Json = nlohmann::json;

/// Deepest nesting of objects and lists that is read.
inline constexpr std::size_t deepestNesting = 64;
/// Most objects and lists, and most values in all, that are read: more than any result has.
inline constexpr std::size_t mostContainers = 1'000'000;
inline constexpr std::size_t mostValues = std::size_t{1} << 28;

/// Parses JSON that nobody vouches for. Refused, with the place: bad syntax, invalid UTF-8, nesting
/// too deep, a key given twice in one object, numbers beyond the range of a double, more values
/// than the limits above, and anything after the end.
Result<Json> parseDocument(std::string_view text);

} // namespace initlens::io
