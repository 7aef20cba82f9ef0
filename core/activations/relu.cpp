#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Relu {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        return {positivePart(h), stepAtZero(h)};
    }
};

} // namespace

constinit const Activation reluRow = elementwise<Relu>(
    {.id = "relu",
     .label = "ReLU",
     .group = "rectified",
     .formula = "max(0, h)",
     .source = "Nair and Hinton 2010, section 2; initialization: He, Zhang, Ren and Sun 2015",
     .help = "Halves the second moment, so weights need fan-in x variance = 2 to keep it. A unit "
             "that is negative on every sample is dead: no gradient passes it. The slope at zero "
             "is 0."},
    &constantSlope<1>, kinkAtZero);

} // namespace initlens::activations
