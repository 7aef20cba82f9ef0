#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Abs {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T below = h < T(0) ? T(-1) : h;
        return {std::abs(h), h > T(0) ? T(1) : below};
    }
};

} // namespace

constinit const Activation absRow = elementwise<Abs>(
    {.id = "abs",
     .label = "absolute value",
     .group = "rectified",
     .formula = "|h|",
     .source = "Jarrett, Kavukcuoglu, Ranzato and LeCun 2009",
     .help =
         "With fan-in x variance = 1 it keeps the second moment and the gradients, as the linear "
         "network does, yet every output is positive. The slope at zero is 0."},
    &constantSlope<1>, kinkAtZero);

} // namespace initlens::activations
