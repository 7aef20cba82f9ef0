#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// One row of a table, or a preset, in words.
struct ListedRow {
    std::string id;
    std::string label;
    std::string text;                         ///< its formula; of a preset, what it shows
    std::vector<std::string> parameters = {}; ///< `key=value` with the initial values
};

/// One kind of thing that there is to choose from.
struct Listing {
    std::string_view name;
    std::vector<ListedRow> (*rows)() = nullptr;
    std::string (*json)() = nullptr; ///< all there is to know of each
};

/// What `initlens list` lists. The manual page has the same.
std::span<const Listing> listings();

} // namespace initlens::app
