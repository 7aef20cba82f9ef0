#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Mish {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // With e = exp(-|h|), tanh(softplus(h)) is a ratio of polynomials in e that neither
        // overflows nor cancels.
        const T x = clamped(h, T(-800), T(800));
        const T e = std::exp(-std::abs(x));
        const bool negative = x < T(0);
        const T top = negative ? e * (e + T(2)) : T(1) + T(2) * e;
        const T bottom = T(1) / (negative ? top + T(2) : top + T(2) * e * e);
        const T gate = top * bottom;
        const T change = T(4) * (negative ? e : e * e) * (T(1) + e) * bottom * bottom;
        return {(h < T(-800) ? x : h) * gate, gate + x * change};
    }
};

double steepest(const double* /*params*/)
{
    return 1.0884981612517278612; // at h = 1.4905711794854285
}

} // namespace

constinit const Activation mishRow = elementwise<Mish>(
    {.id = "mish",
     .label = "Mish",
     .group = "smooth gates",
     .formula = "h tanh(log(1 + exp(h)))",
     .source = "Misra 2020",
     .help = "Like SiLU with a slope of 0.6 at zero. Frameworks have no gain for it: weights need "
             "fan-in x variance = 2.211 to keep a second moment of 1."},
    &steepest);

} // namespace initlens::activations
