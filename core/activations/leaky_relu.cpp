#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

#include <algorithm>

namespace initlens::activations {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "slope",
                                     .label = "slope",
                                     .help = "Slope for negative pre-activations.",
                                     .initial = 0.01,
                                     .min = -10,
                                     .max = 10}};

struct LeakyRelu {
    static constexpr int paramCount = 1;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* params)
    {
        const T slope = params[0];
        // A slope of exactly zero keeps minus infinity from becoming 0 x infinity.
        const T below = slope == T(0) ? T(0) : slope * h;
        const T slopeAbove = h > T(0) ? T(1) : h;
        return {h <= T(0) ? below : h, h <= T(0) ? slope : slopeAbove};
    }
};

double steepest(const double* params)
{
    return std::max(1.0, std::abs(params[0]));
}

} // namespace

constinit const Activation leakyReluRow = elementwise<LeakyRelu>(
    {.id = "leaky_relu",
     .label = "leaky ReLU",
     .group = "rectified",
     .formula = "h if h > 0, else slope h",
     .source = "Maas, Hannun and Ng 2013, section 2; PyTorch 2 nn.LeakyReLU",
     .help = "A ReLU whose units cannot die. Frameworks disagree on the slope: 0.01 in PyTorch, "
             "0.2 in Keras 3, 0.25 in MXNet, 1/3 in Lasagne's very leaky one. Weights need fan-in "
             "x variance = 2 / (1 + slope^2).",
     .params = paramSpecs},
    &steepest, kinkAtZero);

} // namespace initlens::activations
