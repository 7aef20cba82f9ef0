#pragma once

#include "core/base/matrix.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::code {

using Lines = std::vector<std::string>;

/// A float of Python with ten significant digits: "0.0625", "1.0", "1e-30".
std::string number(double value);

/// "0.5 * ", or nothing for 1.
std::string factor(double value);

/// "0.5 + ", or nothing for 0.
std::string summand(double value);

/// "(3, 3, 64, 128)".
std::string tuple(std::initializer_list<Index> sizes);

/// A comment of all sentences, broken into lines of at most 88 characters.
Lines comment(const std::vector<std::string>& sentences);

/// The same lines one level further in.
Lines indented(const Lines& lines);

/// Ends with a line break.
std::string text(const Lines& lines);

/// Puts `more` at the end of `lines`.
void append(Lines& lines, const Lines& more);

/// A body whose last line is "NAME = VALUE" with "return VALUE" in its place; else "return NAME"
/// comes after it.
Lines returning(Lines body, std::string_view name);

} // namespace initlens::code
