#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Silu {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // Beyond 800 the exponential is zero in either precision.
        const T x = clamped(h, T(-800), T(800));
        const auto gate = logistic(x);
        return {(h < T(-800) ? x : h) * gate.value, gate.value * (T(1) + x * gate.complement)};
    }
};

double steepest(const double* /*params*/)
{
    return 1.0998393201288669170; // at h = 2.3993572805154677
}

} // namespace

constinit const Activation siluRow = elementwise<Silu>(
    {.id = "silu",
     .label = "SiLU (swish)",
     .group = "smooth gates",
     .formula = "h / (1 + exp(-h))",
     .source = "Elfwing, Uchibe and Doya 2018, section 2; Ramachandran, Zoph and Le 2017",
     .help = "Close to linear, h/2, for small pre-activations: a signal that starts small keeps "
             "shrinking by half a layer unless the weights make up for it."},
    &steepest);

} // namespace initlens::activations
