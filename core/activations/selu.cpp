#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

// The fixed point of mean 0 and variance 1 (Klambauer et al. 2017, equation 14).
constexpr double alpha = 1.6732632423543772848;
constexpr double scale = 1.0507009873554804934;

struct Selu {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T below = h > T(0) ? T(0) : h;
        const T value = T(scale * alpha) * std::expm1(below);
        const T slope = T(scale * alpha) * std::exp(below);
        return {h > T(0) ? T(scale) * h : value, h > T(0) ? T(scale) : slope};
    }
};

double steepest(const double* /*params*/)
{
    return scale * alpha;
}

} // namespace

constinit const Activation seluRow = elementwise<Selu>(
    {.id = "selu",
     .label = "SELU",
     .group = "exponential",
     .formula = "1.0507 h if h > 0, else 1.7581 (exp(h) - 1)",
     .source = "Klambauer, Unterthiner, Mayr and Hochreiter 2017, equation 2",
     .help = "Normalises itself to mean 0 and variance 1, but only with fan-in x variance = 1 (the "
             "lecun initializers). PyTorch's calculate_gain('selu') is 3/4 and breaks this; use "
             "its gain for 'linear'."},
    &steepest, kinkAtZero);

} // namespace initlens::activations
