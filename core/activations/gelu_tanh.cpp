#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct GeluTanh {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // (1 + tanh u) / 2 is the logistic function of 2u, which has no cancellation in its tails.
        constexpr T factor = T(1.5957691216057307117); // 2 sqrt(2 / pi)
        constexpr T cubic = T(0.044715);
        const T x = clamped(h, T(-40), T(40));
        const T square = x * x;
        const auto gate = logistic(factor * x * (T(1) + cubic * square));
        const T inner = factor * (T(1) + T(3) * cubic * square);
        const T slope = gate.value * (T(1) + x * gate.complement * inner);
        return {(h < T(-40) ? x : h) * gate.value, slope};
    }
};

double steepest(const double* /*params*/)
{
    return 1.1289930686587717655; // at h = 1.4185040087908284
}

} // namespace

constinit const Activation geluTanhRow = elementwise<GeluTanh>(
    {.id = "gelu_tanh",
     .label = "GELU (tanh form)",
     .group = "smooth gates",
     .formula = "h (1 + tanh(sqrt(2/pi) (h + 0.044715 h^3))) / 2",
     .source = "Hendrycks and Gimpel 2016, section 2; PyTorch 2 nn.GELU('tanh'); JAX's default",
     .help = "The approximation that GPT-2 and JAX's gelu use; within 0.0005 of the exact form, "
             "but not the same numbers."},
    &steepest);

} // namespace initlens::activations
