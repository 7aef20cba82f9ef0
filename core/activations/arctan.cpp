#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Arctan {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        return {std::atan(h), T(1) / (T(1) + h * h)};
    }
};

} // namespace

constinit const Activation arctanRow = elementwise<Arctan>(
    {.id = "arctan",
     .label = "arctangent",
     .group = "saturating",
     .formula = "arctan(h)",
     .source = "Abramowitz and Stegun 1964, section 4.4",
     .help = "Saturates slowly, at +-pi/2: its slope falls as 1/h^2 where that of tanh falls "
             "exponentially."},
    &constantSlope<1>);

} // namespace initlens::activations
