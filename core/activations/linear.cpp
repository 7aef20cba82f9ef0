#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Linear {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // A slope that NaN reaches, as in every other row.
        return {h, h == h ? T(1) : h};
    }
};

} // namespace

constinit const Activation linearRow = elementwise<Linear>(
    {.id = "linear",
     .label = "linear",
     .group = "linear and periodic",
     .formula = "h",
     .source = "Saxe, McClelland and Ganguli 2014",
     .help = "No activation at all: the network is a product of matrices, and everything about its "
             "signals is known exactly."},
    &constantSlope<1>);

} // namespace initlens::activations
