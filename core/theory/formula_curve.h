#pragma once

#include "core/theory/formula_parser.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

namespace initlens::theory {

/// A formula as a curve: its value and slope anywhere, and its kinks. Where the steps overflow or
/// cancel, the curve is what they would give in exact arithmetic, as far as that can be known.
/// Any number of threads may use it.
class FormulaCurve {
public:
    explicit FormulaCurve(FormulaSteps steps);

    [[nodiscard]] Dual at(double x) const;
    void evaluate(std::span<const double> h, std::span<double> value,
                  std::span<double> slope) const;
    /// Where the formula changes sides, ascending.
    [[nodiscard]] const std::vector<double>& kinks() const { return m_kinks; }

private:
    /// The straight line along which the curve goes on beyond `from`.
    struct Line {
        double from = 0;
        Dual start;
    };
    using Scratch = std::vector<Dual>;
    /// Which side every choice in the formula takes.
    using Sides = std::vector<double>;

    Dual computed(double x, Scratch& scratch) const;
    Dual corrected(double x, Scratch& scratch) const;
    double integrated(double x, Scratch& scratch) const;
    [[nodiscard]] Sides sides(double x) const;
    void findKinks();
    void kinksBetween(double from, double to);
    [[nodiscard]] std::optional<Line> tail(double direction) const;
    void mendOrigin();

    FormulaSteps m_steps;
    std::vector<double> m_kinks;
    std::array<std::optional<Line>, 2> m_tails; ///< to the left, to the right
    double m_mended = 0; ///< up to this |x| the value is integrated from the slope
};

} // namespace initlens::theory
