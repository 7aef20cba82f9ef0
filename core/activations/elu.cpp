#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

#include <algorithm>

namespace initlens::activations {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "alpha",
                                     .label = "alpha",
                                     .help = "The value at minus infinity is -alpha.",
                                     .initial = 1,
                                     .min = 0,
                                     .max = 100}};

struct Elu {
    static constexpr int paramCount = 1;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* params)
    {
        const T alpha = params[0];
        const T below = h > T(0) ? T(0) : h;
        const T value = alpha * std::expm1(below);
        const T slope = alpha * std::exp(below);
        return {h > T(0) ? h : value, h > T(0) ? T(1) : slope};
    }
};

double steepest(const double* params)
{
    return std::max(1.0, params[0]);
}

} // namespace

constinit const Activation eluRow = elementwise<Elu>(
    {.id = "elu",
     .label = "ELU",
     .group = "exponential",
     .formula = "h if h > 0, else alpha (exp(h) - 1)",
     .source = "Clevert, Unterthiner and Hochreiter 2016, equation 15",
     .help = "Saturates at -alpha, which pushes the mean of the units toward zero. The slope jumps "
             "at zero unless alpha is 1.",
     .params = paramSpecs},
    &steepest, kinkAtZero);

} // namespace initlens::activations
