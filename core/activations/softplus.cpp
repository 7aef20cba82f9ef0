#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Softplus {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T small = std::log1p(std::exp(-std::abs(h)));
        return {positivePart(h) + small, logistic(h).value};
    }
};

} // namespace

constinit const Activation softplusRow = elementwise<Softplus>(
    {.id = "softplus",
     .label = "softplus",
     .group = "exponential",
     .formula = "log(1 + exp(h))",
     .source = "Dugas, Bengio, Bélisle, Nadeau and Garcia 2001",
     .help = "A smooth ReLU whose outputs are all positive. Their mean dominates deep networks: "
             "softplus has no edge of chaos."},
    &constantSlope<1>);

} // namespace initlens::activations
