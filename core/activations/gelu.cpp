#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

#include <numbers>

namespace initlens::activations {

namespace {

struct Gelu {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // Beyond 40 deviations both the distribution function and the density underflow.
        const T x = clamped(h, T(-40), T(40));
        const T density = T(0.39894228040143267794) * expOfSquare(x, T(0.5));
        // P(z < x) = erfc(y) / 2 with y = -x / sqrt(2). In the tail erfc magnifies the rounding
        // error of y, so that is added back: the slope of P in y is -sqrt(2) density.
        constexpr long double root = 0.70710678118654752440L;
        constexpr T scale = T(-root);
        constexpr T scaleRest = T(-root - static_cast<long double>(scale));
        const T y = x * scale;
        const T rest = productError(x, scale, y) + x * scaleRest;
        const T probability = T(0.5) * std::erfc(y) - T(1.4142135623730950488) * density * rest;
        return {(h < T(-40) ? x : h) * probability, probability + x * density};
    }
};

// The slope is steepest where the second derivative (2 - h^2) pdf(h) vanishes: at sqrt(2).
double steepest(const double* /*params*/)
{
    return 0.5 * std::erfc(-1.0) + std::exp(-1.0) / std::sqrt(std::numbers::pi);
}

} // namespace

constinit const Activation geluRow = elementwise<Gelu>(
    {.id = "gelu",
     .label = "GELU",
     .group = "smooth gates",
     .formula = "h P(z < h), z standard normal",
     .source = "Hendrycks and Gimpel 2016, section 2; PyTorch 2 nn.GELU()",
     .help = "The exact form with the error function. No framework has a gain for it: weights need "
             "fan-in x variance = 2.352 to keep a second moment of 1."},
    &steepest);

} // namespace initlens::activations
