#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

struct Softsign {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // From 2^60 on the value is 1 in either precision.
        constexpr T far = T(1152921504606846976.0);
        const T x = clamped(h, -far, far);
        const T q = T(1) / (T(1) + std::abs(h));
        return {x / (T(1) + std::abs(x)), q * q};
    }
};

} // namespace

constinit const Activation softsignRow = elementwise<Softsign>(
    {.id = "softsign",
     .label = "softsign",
     .group = "saturating",
     .formula = "h / (1 + |h|)",
     .source = "Bergstra, Desjardins, Lamblin and Bengio 2009; Glorot and Bengio 2010, section 3",
     .help = "Saturates like 1/h, slower than tanh; Glorot and Bengio found its units less prone "
             "to get stuck in saturation."},
    &constantSlope<1>);

} // namespace initlens::activations
