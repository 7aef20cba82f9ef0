#include "core/theory/formula_operation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace initlens::theory {

namespace {

/// The chain rule. What does not change stays so, even where the outer slope is infinite.
double chain(double outer, double inner)
{
    return inner == 0 ? 0 : outer * inner;
}

double sign(double x)
{
    return static_cast<double>(x > 0) - static_cast<double>(x < 0);
}

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

double normalDensity(double x)
{
    return std::exp(-x * x / 2) * std::numbers::inv_sqrtpi_v<double> /
           std::numbers::sqrt2_v<double>;
}

double normalShare(double x)
{
    return std::erfc(-x / std::numbers::sqrt2_v<double>) / 2;
}

double softplus(double x)
{
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

/// A smooth function of one number from its value and its slope.
template <auto value, auto slope>
Dual smooth(const Operands& a)
{
    return {value(a[0].value), chain(slope(a[0].value), a[0].slope)};
}

template <auto value>
Dual level(const Operands& a)
{
    return {value(a[0].value), 0};
}

Dual power(const Operands& a)
{
    const double base = a[0].value;
    const double exponent = a[1].value;
    const double value = std::pow(base, exponent);
    const double byBase =
        exponent == 0 ? 0 : chain(exponent * std::pow(base, exponent - 1), a[0].slope);
    return {value, byBase + chain(value * std::log(base), a[1].slope)};
}

Dual quotient(const Operands& a)
{
    const double value = a[0].value / a[1].value;
    const double top = a[0].slope == 0 ? 0 : a[0].slope / a[1].value;
    return {value, top - chain(value / a[1].value, a[1].slope)};
}

Dual larger(const Operands& a)
{
    return a[1].value > a[0].value ? a[1] : a[0];
}

Dual smaller(const Operands& a)
{
    return a[1].value < a[0].value ? a[1] : a[0];
}

Dual clamped(const Operands& a)
{
    return a[0].value < a[1].value ? a[1] : a[0].value > a[2].value ? a[2] : a[0];
}

double order(const Operands& a)
{
    return sign(a[0].value - a[1].value);
}

double side(const Operands& a)
{
    return sign(a[0].value);
}

template <class Compare>
Dual compared(const Operands& a)
{
    return {Compare{}(a[0].value, a[1].value) ? 1.0 : 0.0, 0};
}

template <double (*value)(double)>
double stepOf(const Operands& a)
{
    return value(a[0].value);
}

double roundedDown(double x)
{
    return std::floor(x);
}
double roundedUp(double x)
{
    return std::ceil(x);
}
double nearestWhole(double x)
{
    return std::round(x);
}

constexpr auto functions = std::to_array<FormulaOperation>({
    {"exp", 1, smooth<[](double x) { return std::exp(x); }, [](double x) { return std::exp(x); }>},
    {"log", 1, smooth<[](double x) { return std::log(x); }, [](double x) { return 1 / x; }>},
    {"ln", 1, smooth<[](double x) { return std::log(x); }, [](double x) { return 1 / x; }>},
    {"log1p", 1,
     smooth<[](double x) { return std::log1p(x); }, [](double x) { return 1 / (1 + x); }>},
    {"expm1", 1,
     smooth<[](double x) { return std::expm1(x); }, [](double x) { return std::exp(x); }>},
    {"sqrt", 1,
     smooth<[](double x) { return std::sqrt(x); }, [](double x) { return 0.5 / std::sqrt(x); }>},
    {"abs", 1,
     [](const Operands& a) {
         return Dual{std::abs(a[0].value), sign(a[0].value) * a[0].slope};
     },
     side},
    {"sign", 1, level<sign>, side},
    {"sin", 1, smooth<[](double x) { return std::sin(x); }, [](double x) { return std::cos(x); }>},
    {"cos", 1, smooth<[](double x) { return std::cos(x); }, [](double x) { return -std::sin(x); }>},
    {"tan", 1,
     smooth<[](double x) { return std::tan(x); },
            [](double x) { return 1 + std::tan(x) * std::tan(x); }>},
    {"asin", 1,
     smooth<[](double x) { return std::asin(x); },
            [](double x) { return 1 / std::sqrt(1 - x * x); }>},
    {"acos", 1,
     smooth<[](double x) { return std::acos(x); },
            [](double x) { return -1 / std::sqrt(1 - x * x); }>},
    {"atan", 1,
     smooth<[](double x) { return std::atan(x); }, [](double x) { return 1 / (1 + x * x); }>},
    {"arctan", 1,
     smooth<[](double x) { return std::atan(x); }, [](double x) { return 1 / (1 + x * x); }>},
    {"sinh", 1,
     smooth<[](double x) { return std::sinh(x); }, [](double x) { return std::cosh(x); }>},
    {"cosh", 1,
     smooth<[](double x) { return std::cosh(x); }, [](double x) { return std::sinh(x); }>},
    {"tanh", 1,
     smooth<[](double x) { return std::tanh(x); },
            [](double x) { return 1 / (std::cosh(x) * std::cosh(x)); }>},
    {"asinh", 1,
     smooth<[](double x) { return std::asinh(x); },
            [](double x) { return 1 / std::hypot(1.0, x); }>},
    {"erf", 1,
     smooth<[](double x) { return std::erf(x); },
            [](double x) { return 2 * std::numbers::inv_sqrtpi_v<double> * std::exp(-x * x); }>},
    {"erfc", 1,
     smooth<[](double x) { return std::erfc(x); },
            [](double x) { return -2 * std::numbers::inv_sqrtpi_v<double> * std::exp(-x * x); }>},
    {"normcdf", 1, smooth<normalShare, normalDensity>},
    {"normpdf", 1, smooth<normalDensity, [](double x) { return -x * normalDensity(x); }>},
    {"sigmoid", 1, smooth<logistic, [](double x) { return logistic(x) * logistic(-x); }>},
    {"softplus", 1, smooth<softplus, logistic>},
    {"relu", 1,
     [](const Operands& a) { return a[0].value <= 0 ? Dual{} : a[0]; }, side},
    {"floor", 1, level<roundedDown>, stepOf<roundedDown>},
    {"ceil", 1, level<roundedUp>, stepOf<roundedUp>},
    {"round", 1, level<nearestWhole>, stepOf<nearestWhole>},
    {"min", 2, smaller, order},
    {"max", 2, larger, order},
    {"pow", 2, power},
    {"clamp", 3, clamped,
     [](const Operands& a) {
         return static_cast<double>(a[0].value > a[2].value) -
                static_cast<double>(a[0].value < a[1].value);
     }},
});

constexpr auto operators = std::to_array<FormulaOperation>({
    {"+", 2,
     [](const Operands& a) {
         return Dual{a[0].value + a[1].value, a[0].slope + a[1].slope};
     }},
    {"-", 2,
     [](const Operands& a) {
         return Dual{a[0].value - a[1].value, a[0].slope - a[1].slope};
     }},
    {"*", 2,
     [](const Operands& a) {
         return Dual{a[0].value * a[1].value,
                     chain(a[1].value, a[0].slope) + chain(a[0].value, a[1].slope)};
     }},
    {"/", 2, quotient},
    {"^", 2, power},
    {"-1", 1,
     [](const Operands& a) {
         return Dual{-a[0].value, -a[0].slope};
     }},
    {"<", 2, compared<std::less<>>, order},
    {">", 2, compared<std::greater<>>, order},
    {"<=", 2, compared<std::less_equal<>>, order},
    {">=", 2, compared<std::greater_equal<>>, order},
    {"==", 2, compared<std::equal_to<>>, order},
    {"!=", 2, compared<std::not_equal_to<>>, order},
    {"&&", 2,
     [](const Operands& a) {
         return Dual{a[0].value != 0 && a[1].value != 0 ? 1.0 : 0.0, 0};
     }},
    {"||", 2,
     [](const Operands& a) {
         return Dual{a[0].value != 0 || a[1].value != 0 ? 1.0 : 0.0, 0};
     }},
    {"?", 3, [](const Operands& a) { return a[0].value != 0 ? a[1] : a[2]; },
     [](const Operands& a) {
         return a[0].value != 0 ? 1.0 : 0.0;
     }},
});

} // namespace

std::span<const FormulaOperation> formulaFunctions()
{
    return functions;
}

const FormulaOperation& formulaOperator(std::string_view spelling)
{
    return *std::find_if(operators.begin(), operators.end(),
                         [&](const FormulaOperation& one) { return one.name == spelling; });
}

} // namespace initlens::theory
