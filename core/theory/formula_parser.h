#pragma once

#include "core/base/result.h"
#include "core/theory/formula_operation.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::theory {

/// A step of a formula: x (no operation, `isX`), a number, or an operation on earlier steps.
struct FormulaStep {
    const FormulaOperation* operation = nullptr;
    std::array<std::uint16_t, 3> operands{};
    double number = 0;
    bool isX = false;
};

/// A formula as the list of its steps; the last one is its value.
using FormulaSteps = std::vector<FormulaStep>;

/// Reads an expression in x: numbers, + - * / ^, comparisons, `&& ||`, `condition ? a : b`,
/// brackets, the constants pi and e and the functions of formulaFunctions(). `^` binds from the
/// right and closer than a sign before it: -x^2 = -(x^2). The error is one sentence with the
/// character (from 1) at which reading failed. At most 1000 characters and 100 brackets deep.
Result<FormulaSteps> parseFormula(std::string_view text);

/// What a formula may be made of, for help and error messages.
std::string formulaVocabulary();

} // namespace initlens::theory
