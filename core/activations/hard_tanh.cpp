#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

constexpr double kinks[] = {-1.0, 1.0};

struct HardTanh {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T inside = std::abs(h) < T(1) ? T(1) : h;
        return {clamped(h, T(-1), T(1)), std::abs(h) >= T(1) ? T(0) : inside};
    }
};

} // namespace

constinit const Activation hardTanhRow = elementwise<HardTanh>(
    {.id = "hard_tanh",
     .label = "hard tanh",
     .group = "saturating",
     .formula = "max(-1, min(1, h))",
     .source = "Collobert 2004; PyTorch 2 nn.Hardtanh()",
     .help = "Slope exactly 1 or exactly 0. With orthogonal weights near the edge of chaos almost "
             "every singular value of the Jacobian is 1. The slope at -1 and 1 is 0."},
    &constantSlope<1>, kinks);

} // namespace initlens::activations
