#include "core/theory/lyapunov.h"

#include <cmath>
#include <cstddef>

namespace initlens::theory {

double digamma(double x)
{
    // Upwards by psi(x) = psi(x + 1) - 1 / x to where the asymptotic series has all digits
    // (Abramowitz and Stegun 1964, 6.3.18).
    long double shift = 0;
    long double y = x;
    while (y < 20) {
        shift += 1 / y;
        y += 1;
    }
    const long double r = 1 / (y * y);
    const long double series =
        r * (1.0L / 12 -
             r * (1.0L / 120 -
                  r * (1.0L / 252 -
                       r * (1.0L / 240 - r * (1.0L / 132 - r * (691.0L / 32760 - r / 12))))));
    return static_cast<double>(std::log(y) - 1 / (2 * y) - series - shift);
}

std::vector<double> lyapunovExponents(int width, double sigmaW2)
{
    std::vector<double> exponents;
    exponents.reserve(static_cast<std::size_t>(width));
    for (int i = 1; i <= width; ++i) {
        const double gammaMean = digamma((width - i + 1) / 2.0);
        exponents.push_back((std::log(sigmaW2) + std::log(2.0 / width) + gammaMean) / 2);
    }
    return exponents;
}

} // namespace initlens::theory
