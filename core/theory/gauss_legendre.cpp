#include "core/theory/gauss_legendre.h"

#include <cmath>
#include <numbers>

namespace initlens::theory {

namespace {

/// Newton's method on the Legendre polynomial, in long double so that nodes and weights are right
/// to the last bit of a double.
GaussLegendre<panelNodes> makeRule()
{
    constexpr std::size_t n = panelNodes;
    GaussLegendre<n> rule;
    for (std::size_t i = 0; i < n; ++i) {
        long double x = -std::cos(std::numbers::pi_v<long double> *
                                  (static_cast<long double>(i) + 0.75L) / (n + 0.5L));
        long double slope = 1;
        for (int step = 0; step < 20; ++step) {
            long double before = 1;
            long double value = x;
            for (std::size_t k = 2; k <= n; ++k) {
                const auto degree = static_cast<long double>(k);
                const long double next =
                    ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
                before = value;
                value = next;
            }
            slope = n * (before - x * value) / (1 - x * x);
            x -= value / slope;
        }
        rule.nodes[i] = static_cast<double>(x);
        rule.weights[i] = static_cast<double>(2 / ((1 - x * x) * slope * slope));
    }
    return rule;
}

} // namespace

const GaussLegendre<panelNodes>& panelRule()
{
    static const GaussLegendre<panelNodes> rule = makeRule();
    return rule;
}

} // namespace initlens::theory
