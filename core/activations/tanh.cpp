#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Tanh {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // 1 - tanh^2 would be zero from |h| = 19 on (9 in single precision), and the unit look
        // dead; this form keeps its digits until the slope itself underflows.
        const T e = std::exp(T(-2) * std::abs(h));
        const T q = T(1) / (T(1) + e);
        return {std::tanh(h), T(4) * e * q * q};
    }
};

} // namespace

constinit const Activation tanhRow = elementwise<Tanh>(
    {.id = "tanh",
     .label = "tanh",
     .group = "saturating",
     .formula = "tanh(h)",
     .source = "LeCun, Bottou, Orr and Müller 1998, section 4.4",
     .help = "Odd and smooth with slope 1 at zero; its edge of chaos is the best studied of all."},
    &constantSlope<1>);

} // namespace initlens::activations
