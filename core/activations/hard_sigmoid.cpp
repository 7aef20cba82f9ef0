#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

constexpr double kinks[] = {-3.0, 3.0};

struct HardSigmoid {
    static constexpr int paramCount = 0;
    template <class T>
    static ValueAndSlope<T> at(T h, const T* /*params*/)
    {
        const T inside = std::abs(h) < T(3) ? T(1) / T(6) : h;
        return {(clamped(h, T(-3), T(3)) + T(3)) / T(6), std::abs(h) >= T(3) ? T(0) : inside};
    }
};

} // namespace

constinit const Activation hardSigmoidRow = elementwise<HardSigmoid>(
    {.id = "hard_sigmoid",
     .label = "hard sigmoid",
     .group = "saturating",
     .formula = "max(0, min(1, h/6 + 1/2))",
     .source = "PyTorch 2 nn.Hardsigmoid; Keras 3; JAX; Howard and others 2019, section 5.2",
     .help = "The form of PyTorch, JAX and Keras 3 with slope 1/6. TensorFlow 1, Keras 2 and "
             "Theano take 0.2 h + 1/2 instead, which reaches 0 and 1 at +-2.5."},
    &constantSlope<1, 6>, kinks);

} // namespace initlens::activations
