#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct ErfScaled {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // Beyond 40 the slope underflows; the square must not overflow before.
        const T x = clamped(h, T(-40), T(40));
        constexpr T scale = T(0.88622692545275801365L); // sqrt(pi) / 2
        constexpr T quarterPi = T(0.78539816339744830962L);
        return {std::erf(scale * h), expOfSquare(x, quarterPi)};
    }
};

} // namespace

constinit const Activation erfScaledRow = elementwise<ErfScaled>(
    {.id = "erf_scaled",
     .label = "scaled error function",
     .group = "saturating",
     .formula = "erf(sqrt(pi) h / 2)",
     .source = "Pennington, Schoenholz and Ganguli 2018, section 3.2",
     .help = "The error function with slope 1 at zero: like tanh it is the identity for small h, "
             "and orthogonal weights near the edge of chaos bring all singular values of the "
             "Jacobian near 1."},
    &constantSlope<1>);

} // namespace initlens::activations
