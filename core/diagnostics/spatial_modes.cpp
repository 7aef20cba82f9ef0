#include "core/diagnostics/spatial_modes.h"

#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::diagnostics {

ModeRegression::ModeRegression(Index side)
    : m_side(side), m_cosines(side / 2 * 2, side * side), m_sines(side / 2 * 2, side * side),
      m_products(Vector<double>::Zero(side / 2 * 2)), m_squares(Vector<double>::Zero(side / 2 * 2))
{
    const Index waves = side / 2;
    for (Index wave = 0; wave < waves; ++wave) {
        for (Index pixel = 0; pixel < side * side; ++pixel) {
            const auto angle = [&](Index place) {
                return 2 * std::numbers::pi * static_cast<double>((wave + 1) * place % side) /
                       static_cast<double>(side);
            };
            m_cosines(wave, pixel) = std::cos(angle(pixel / side));
            m_sines(wave, pixel) = std::sin(angle(pixel / side));
            m_cosines(waves + wave, pixel) = std::cos(angle(pixel % side));
            m_sines(waves + wave, pixel) = std::sin(angle(pixel % side));
        }
    }
}

ModeRegression::Modes ModeRegression::modesOf(const Matrix<double>& patterns) const
{
    return {m_cosines * patterns, m_sines * patterns};
}

void ModeRegression::add(const Matrix<double>& patterns, double scale)
{
    Modes modes = modesOf(patterns);
    if (m_before.real.size() > 0) {
        const double unit = 1 / (m_scaleBefore * m_scaleBefore);
        m_products += unit * (modes.real.cwiseProduct(m_before.real) +
                              modes.imaginary.cwiseProduct(m_before.imaginary))
                                 .rowwise()
                                 .sum();
        m_squares +=
            unit * (m_before.real.cwiseAbs2() + m_before.imaginary.cwiseAbs2()).rowwise().sum();
    }
    m_before = std::move(modes);
    m_scaleBefore = scale;
}

std::vector<double> ModeRegression::factors() const
{
    const Index waves = m_side / 2;
    std::vector<double> factors;
    for (Index wave = 0; wave < waves; ++wave) {
        const double squares = m_squares[wave] + m_squares[waves + wave];
        factors.push_back(squares > 0 ? (m_products[wave] + m_products[waves + wave]) / squares
                                      : std::numeric_limits<double>::quiet_NaN());
    }
    return factors;
}

std::vector<double> waveNumbers(Index side)
{
    std::vector<double> numbers;
    for (Index wave = 1; wave <= side / 2; ++wave) {
        numbers.push_back(2 * static_cast<double>(wave) / static_cast<double>(side));
    }
    return numbers;
}

} // namespace initlens::diagnostics
