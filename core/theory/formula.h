#pragma once

#include "core/base/result.h"
#include "core/theory/activation_function.h"

#include <string_view>

namespace initlens::theory {

/// The activation that an expression in x spells, `x*tanh(log(1+exp(x)))` or `x<0 ? 0.1*x : x`
/// (parseFormula in formula_parser.h says what it may be made of).
///
/// The slope comes from forward differentiation (Wengert 1964), not from differences: it has the
/// digits of the value, so every mean is as accurate as for a row of the table, some 1e-13, and a
/// formula for relu is homogeneous to the bit. Kinks and steps are looked for where max, abs, a
/// comparison and their like change sides, within |x| <= 1e8 and at most 200 of them.
///
/// Where the formula overflows on its way (mish as above at x = 710) it goes on along its last
/// straight line; near x = 0 a value that its own cancellation has lost, exp(x) - exp(-x), is
/// integrated from the slope.
///
/// Refused, with one sentence: what cannot be read; what is constant; what is not a finite number,
/// has a pole or an infinite slope within |x| <= 12; what grows so fast that Gaussian means are
/// not finite. Takes about a millisecond; the function may be used by any number of threads.
Result<ActivationFunction> functionOfFormula(std::string_view text);

} // namespace initlens::theory
