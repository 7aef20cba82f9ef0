#include "core/theory/formula_curve.h"

#include "core/base/registry.h"

#include <algorithm>
#include <cmath>

namespace initlens::theory {

namespace {

constexpr std::size_t mostKinks = 200;

bool isFinite(const Dual& dual)
{
    return std::isfinite(dual.value) && std::isfinite(dual.slope);
}

/// From 0 to 1e8: evenly where activations bend, then in proportion.
std::vector<double> scanPoints()
{
    constexpr int perUnit = 32;
    constexpr int even = 32;
    constexpr double growth = 1.05;
    constexpr double end = 1e8;
    std::vector<double> points = {0};
    for (int i = 1; i <= even * perUnit; ++i) {
        points.push_back(static_cast<double>(i) / perUnit);
    }
    for (double x = even * growth; x < end; x *= growth) {
        points.push_back(x);
    }
    return points;
}

} // namespace

FormulaCurve::FormulaCurve(FormulaSteps steps) : m_steps(std::move(steps))
{
    m_tails = {tail(-1), tail(1)};
    findKinks();
    mendOrigin();
}

Dual FormulaCurve::computed(double x, Scratch& scratch) const
{
    scratch.resize(m_steps.size());
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const FormulaStep& step = m_steps[i];
        if (step.operation != nullptr) {
            const auto& from = step.operands;
            scratch[i] =
                step.operation->apply({scratch[from[0]], scratch[from[1]], scratch[from[2]]});
        } else {
            scratch[i] = step.isX ? Dual{x, 1} : Dual{step.number, 0};
        }
    }
    return scratch.back();
}

Dual FormulaCurve::corrected(double x, Scratch& scratch) const
{
    const auto& line = m_tails[x > 0 ? 1 : 0];
    if (line && std::abs(x) > std::abs(line->from)) {
        return {line->start.value + line->start.slope * (x - line->from), line->start.slope};
    }
    Dual dual = computed(x, scratch);
    if (std::abs(x) < m_mended) {
        dual.value = integrated(x, scratch);
    }
    return dual;
}

Dual FormulaCurve::at(double x) const
{
    Scratch scratch;
    return corrected(x, scratch);
}

void FormulaCurve::evaluate(std::span<const double> h, std::span<double> value,
                            std::span<double> slope) const
{
    Scratch scratch;
    for (std::size_t i = 0; i < h.size(); ++i) {
        const Dual dual = corrected(h[i], scratch);
        value[i] = dual.value;
        slope[i] = dual.slope;
    }
}

// x times the mean slope on the way from 0 (Gauss-Legendre, three nodes).
double FormulaCurve::integrated(double x, Scratch& scratch) const
{
    const double offset = std::sqrt(0.6) / 2;
    const double sum = 5 * computed(x * (0.5 - offset), scratch).slope +
                       8 * computed(x * 0.5, scratch).slope +
                       5 * computed(x * (0.5 + offset), scratch).slope;
    return x * sum / 18;
}

FormulaCurve::Sides FormulaCurve::sides(double x) const
{
    Scratch scratch;
    computed(x, scratch);
    Sides sides;
    for (const FormulaStep& step : m_steps) {
        if (step.operation != nullptr && step.operation->piece != nullptr) {
            const auto& from = step.operands;
            sides.push_back(
                step.operation->piece({scratch[from[0]], scratch[from[1]], scratch[from[2]]}));
        }
    }
    return sides;
}

void FormulaCurve::findKinks()
{
    const bool chooses = std::any_of(m_steps.begin(), m_steps.end(), [](const FormulaStep& step) {
        return step.operation != nullptr && step.operation->piece != nullptr;
    });
    if (!chooses) {
        return;
    }
    // From 0 outward: where there are more than can be kept, the near ones count.
    const auto points = scanPoints();
    for (const double direction : {-1.0, 1.0}) {
        Sides before = sides(0);
        const std::size_t most = m_kinks.size() + mostKinks / 2;
        for (std::size_t i = 1; i < points.size() && m_kinks.size() < most; ++i) {
            const double from = direction * points[i - 1];
            const double to = direction * points[i];
            Sides here = sides(to);
            if (here != before) {
                kinksBetween(std::min(from, to), std::max(from, to));
            }
            before = std::move(here);
        }
    }
    std::sort(m_kinks.begin(), m_kinks.end());
    m_kinks.erase(std::unique(m_kinks.begin(), m_kinks.end()), m_kinks.end());
}

void FormulaCurve::kinksBetween(double from, double to)
{
    constexpr int mostInside = 8;
    const Sides end = sides(to);
    Sides start = sides(from);
    for (int found = 0; found < mostInside && start != end; ++found) {
        double left = from;
        double right = to;
        while (true) {
            const double middle = left + (right - left) / 2;
            if (middle == left || middle == right) {
                break;
            }
            (sides(middle) == start ? left : right) = middle;
        }
        // Of the two neighbours the round one is meant: 0.5, not 0.49999999999999994.
        const bool leftRounder = numberText(left).size() < numberText(right).size();
        m_kinks.push_back(leftRounder ? left : right);
        from = right;
        start = sides(from);
    }
}

std::optional<FormulaCurve::Line> FormulaCurve::tail(double direction) const
{
    constexpr double nearest = 8;
    constexpr double farthest = 1e12;
    Scratch scratch;
    double good = nearest;
    double bad = nearest;
    while (bad < farthest && isFinite(computed(direction * bad, scratch))) {
        good = bad;
        bad *= 2;
    }
    if (bad >= farthest || bad == nearest) {
        return std::nullopt;
    }
    while (bad - good > 1e-3 * good) {
        const double middle = (good + bad) / 2;
        (isFinite(computed(direction * middle, scratch)) ? good : bad) = middle;
    }
    // Well within: the last digits go before the number itself does.
    const double from = 0.9 * good;
    const Dual start = computed(direction * from, scratch);
    const Dual before = computed(direction * 0.9 * from, scratch);
    const bool straight =
        std::abs(start.slope - before.slope) <= 1e-13 * std::max(1.0, std::abs(start.slope));
    return straight ? std::optional(Line{direction * from, start}) : std::nullopt;
}

// exp(x) - exp(-x) is 0 at x = 1e-30, where it should be 2e-30: everything about small q hangs on
// such values.
void FormulaCurve::mendOrigin()
{
    constexpr double probe = 1e-30;
    constexpr double rounding = 1e-14;
    constexpr double farthest = 1e-3;
    Scratch scratch;
    if (!(std::abs(computed(0, scratch).value) < rounding)) {
        return;
    }
    for (const double x : {probe, -probe}) {
        const Dual dual = computed(x, scratch);
        const double expected = std::abs(dual.slope * x);
        const double actual = std::abs(dual.value);
        if (expected > 0 && (actual < 1e-3 * expected || actual > 1e3 * expected)) {
            m_mended = farthest;
        }
    }
    for (const double kink : m_kinks) {
        if (kink != 0) {
            m_mended = std::min(m_mended, std::abs(kink) / 2);
        }
    }
}

} // namespace initlens::theory
