#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Sigmoid {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const auto gate = logistic(h);
        return {gate.value, gate.value * gate.complement};
    }
};

} // namespace

constinit const Activation sigmoidRow = elementwise<Sigmoid>(
    {.id = "sigmoid",
     .label = "sigmoid",
     .group = "saturating",
     .formula = "1 / (1 + exp(-h))",
     .source = "Rumelhart, Hinton and Williams 1986, equation 2",
     .help = "Its slope is at most 1/4, so gradients lose at least a factor of 4 a layer unless "
             "the weights are large: the first cause of vanishing gradients."},
    &constantSlope<1, 4>);

} // namespace initlens::activations
