#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

template <class T>
[[gnu::noinline]] void sinLoop(const T* h, T* value, T* slope, Index count)
{
    // Two loops: one with both becomes calls of sincos, which has no vector variant. The slope goes
    // first because `value` may be the memory of `h`.
#pragma GCC ivdep
    for (Index i = 0; i < count; ++i) {
        slope[i] = std::cos(h[i]);
    }
#pragma GCC ivdep
    for (Index i = 0; i < count; ++i) {
        value[i] = std::sin(h[i]);
    }
}

template <class T>
void evaluateSin(const T* h, T* value, T* slope, Index count, Index /*stride*/,
                 const double* /*params*/)
{
    inWholeVectors(h, value, slope, count, &sinLoop<T>);
}

constexpr Activation makeRow()
{
    Activation row;
    row.head = {
        .id = "sin",
        .label = "sine",
        .group = "linear and periodic",
        .formula = "sin(h)",
        .source = "Sitzmann, Martel, Bergman, Lindell and Wetzstein 2020, section 3",
        .help = "Periodic: it does not saturate, and with large weights its outputs look like "
                "random numbers. It has no limit at infinity, where the result is not a number."};
    row.evaluateFloat = &evaluateSin<float>;
    row.evaluateDouble = &evaluateSin<double>;
    row.largestSlope = &constantSlope<1>;
    return row;
}

} // namespace

constinit const Activation sinRow = makeRow();

} // namespace initlens::activations
