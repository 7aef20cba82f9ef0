#include "core/theory/formula.h"

#include "core/theory/formula_curve.h"
#include "core/theory/formula_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace initlens::theory {

namespace {

/// Gaussian means at q = 1 see so far.
constexpr double domain = 12;
constexpr int pointsPerUnit = 32;

Error refusal(std::string why)
{
    return Error("formula: " + std::move(why));
}

/// |x| ascending, so that the first bad point is the one that a person would look at.
std::vector<double> pointsOutward()
{
    std::vector<double> points = {0};
    for (int i = 1; i <= domain * pointsPerUnit; ++i) {
        const double x = static_cast<double>(i) / pointsPerUnit;
        points.insert(points.end(), {x, -x});
    }
    return points;
}

/// The largest |part| near a local maximum of it between `from` and `to`, and where.
template <class Part>
std::pair<double, double> climb(const Part& part, double from, double to)
{
    constexpr double golden = 0.6180339887498949;
    for (int step = 0; step < 80; ++step) {
        const double first = to - golden * (to - from);
        const double second = from + golden * (to - from);
        if (!(part(first) < part(second))) {
            to = second;
        } else {
            from = first;
        }
    }
    const double middle = (from + to) / 2;
    return {part(middle), middle};
}

struct Peak {
    double height = 0;
    double at = 0;
    bool pole = false;
};

/// The highest peak of |part| within the domain; it is a pole where it towers over its surroundings
/// by more than anything finite would.
template <class Part>
Peak highest(const Part& part)
{
    constexpr double step = 1.0 / pointsPerUnit;
    constexpr double towering = 1e6;
    Peak peak;
    for (double x = -domain; x <= domain; x += step) {
        const double left = part(x - step);
        const double here = part(x);
        const double right = part(x + step);
        if (!(here > peak.height * 1e-3) || here < left || here < right || here == left) {
            peak.height = std::max(peak.height, here);
            continue;
        }
        const auto [height, at] = climb(part, x - step, x + step);
        if (!(height <= towering * (1 + std::max(left, right)))) {
            return {height, at, true};
        }
        if (height > peak.height) {
            peak = {height, at, false};
        }
    }
    return peak;
}

std::string growthRefusal(const FormulaCurve& curve)
{
    // phi^2 exp(-h^2 / 2) must be over at 11 deviations, or the means are not what they seem.
    constexpr double far = 11;
    constexpr double largestLogarithm = 25;
    for (const double x : {far, -far}) {
        if (std::log(std::abs(curve.at(x).value)) > largestLogarithm) {
            return fmt::format("it grows too fast: at x = {:g} it is {:.3g}, and means over normal "
                               "numbers are not finite",
                               x, curve.at(x).value);
        }
    }
    return {};
}

/// Quadrature starts from panels as wide as a deviation: it would find a narrow step late.
void announceBend(const Peak& steepest, double range, ActivationFunction& function)
{
    constexpr double steep = 4;
    const double width = range / steepest.height;
    if (width * steep > 1) {
        return;
    }
    for (const double distance : {0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0}) {
        function.kinks.insert(function.kinks.end(),
                              {steepest.at - distance * width, steepest.at + distance * width});
    }
}

/// Why this is no activation; empty when it is one. Fills in the largest slope and the panels of
/// its bends.
std::string whyNot(const FormulaCurve& curve, ActivationFunction& function)
{
    double low = curve.at(0).value;
    double high = low;
    for (const double x : pointsOutward()) {
        const Dual dual = curve.at(x);
        if (!std::isfinite(dual.value)) {
            return fmt::format("it is not a finite number at x = {:g}; an activation must be one "
                               "everywhere",
                               x);
        }
        if (!std::isfinite(dual.slope)) {
            return fmt::format("its slope is not a finite number at x = {:g}", x);
        }
        low = std::min(low, dual.value);
        high = std::max(high, dual.value);
    }
    if (!(high - low > 1e-12 * std::max(std::abs(low), std::abs(high)))) {
        return fmt::format("it is constant, {:.6g} for every x tried", low);
    }
    const Peak value = highest([&](double x) { return std::abs(curve.at(x).value); });
    if (value.pole) {
        return fmt::format("it grows without bound near x = {:.4g}", value.at);
    }
    const Peak slope = highest([&](double x) { return std::abs(curve.at(x).slope); });
    if (slope.pole) {
        return fmt::format("its slope grows without bound near x = {:.4g}", slope.at);
    }
    constexpr double sharpest = 1e4;
    if (slope.height > sharpest * (high - low)) {
        return fmt::format("it changes too fast for accurate means: its slope reaches {:.3g} near "
                           "x = {:.4g}",
                           slope.height, slope.at);
    }
    function.largestSlope = slope.height;
    announceBend(slope, high - low, function);
    return growthRefusal(curve);
}

} // namespace

Result<ActivationFunction> functionOfFormula(std::string_view text)
{
    auto steps = parseFormula(text);
    if (!steps) {
        return steps.error();
    }
    if (std::none_of(steps->begin(), steps->end(),
                     [](const FormulaStep& step) { return step.isX; })) {
        return refusal("there is no x in it; write an expression in x, such as x*tanh(x)");
    }
    const auto curve = std::make_shared<const FormulaCurve>(*std::move(steps));
    ActivationFunction function;
    if (std::string why = whyNot(*curve, function); !why.empty()) {
        return refusal(std::move(why));
    }
    function.kinks.insert(function.kinks.end(), curve->kinks().begin(), curve->kinks().end());
    std::sort(function.kinks.begin(), function.kinks.end());
    function.evaluate = [curve](std::span<const double> h, std::span<double> value,
                                std::span<double> slope) {
        curve->evaluate(h, value, slope);
    };
    return function;
}

} // namespace initlens::theory
