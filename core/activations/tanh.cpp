#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Tanh {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T t = std::tanh(h);
        return {t, (T(1) - t) * (T(1) + t)};
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
