#pragma once

#include <string_view>

namespace initlens {

/// What one member of a spec says of itself. A spec names its members once, in a function
/// `fields(spec, visitor)` that calls `visitor(info, member)` for each in turn. The JSON reader and
/// writer, the command line's flags, the window's form, the help and the difference between two
/// runs are such visitors. Members are `std::int64_t`, `double` or `Choice<Row>`.
struct FieldInfo {
    std::string_view key;   ///< snake_case: the JSON key; with '-' for '_' the command line's flag
    std::string_view label; ///< for a person
    std::string_view help;  ///< one sentence: meaning, unit, special values
    std::string_view section; ///< heading under which the form and the help group it
    double min = 0;           ///< smallest value allowed, for numbers
    double max = 0;           ///< largest value allowed, for numbers
    bool slider = false;      ///< worth dragging: the form shows a slider on a log scale
};

} // namespace initlens
