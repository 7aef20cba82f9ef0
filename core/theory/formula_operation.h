#pragma once

#include <array>
#include <span>
#include <string_view>

namespace initlens::theory {

/// A number and how fast it changes with x: what forward differentiation carries.
struct Dual {
    double value = 0;
    double slope = 0;
};

using Operands = std::array<Dual, 3>;

/// One thing that a formula can do with up to three numbers. The slope follows the chain rule
/// exactly; at a kink it is that of frameworks: relu'(0) = 0, abs'(0) = 0.
struct FormulaOperation {
    std::string_view name;
    int operands = 1;
    Dual (*apply)(const Operands& operands) = nullptr;
    /// Which smooth piece is used: a number that changes where the operation has a kink or a step.
    /// Null for an operation that is smooth wherever it is defined.
    double (*piece)(const Operands& operands) = nullptr;
};

/// Those called by name, `exp(x)`, in the order in which help lists them.
std::span<const FormulaOperation> formulaFunctions();

/// Those written between or before their operands, by the spelling ("-1" is the minus of a sign,
/// "?" the choice between two).
const FormulaOperation& formulaOperator(std::string_view spelling);

} // namespace initlens::theory
