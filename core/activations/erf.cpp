#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

#include <numbers>

namespace initlens::activations {

namespace {

struct Erf {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        // Beyond 40 the slope underflows; the square must not overflow before.
        const T x = clamped(h, T(-40), T(40));
        return {std::erf(h), T(1.1283791670955125739) * expOfSquare(x, T(1))};
    }
};

double steepest(const double* /*params*/)
{
    return 2.0 * std::numbers::inv_sqrtpi;
}

} // namespace

constinit const Activation erfRow = elementwise<Erf>(
    {.id = "erf",
     .label = "error function",
     .group = "saturating",
     .formula = "erf(h)",
     .source = "Williams 1997",
     .help = "Like tanh, with closed forms for everything that theory asks. Its slope at zero is "
             "2/sqrt(pi) = 1.128, not 1."},
    &steepest);

} // namespace initlens::activations
