#include "core/activations/elementwise.h"
#include "core/activations/rows.h"

namespace initlens::activations {

namespace {

template <class T>
void evaluateCrelu(const T* h, T* value, T* slope, Index count, Index stride,
                   const double* /*params*/)
{
#pragma GCC ivdep
    for (Index i = 0; i < count; ++i) {
        const T x = h[i];
        const T below = x < T(0) ? T(-1) : x;
        value[i] = positivePart(x);
        slope[i] = stepAtZero(x);
        value[stride + i] = positivePart(-x);
        slope[stride + i] = x >= T(0) ? T(0) : below;
    }
}

constexpr Activation makeRow()
{
    Activation row;
    row.head = {
        .id = "crelu",
        .label = "CReLU",
        .group = "rectified",
        .formula = "[max(0, h); max(0, -h)]",
        .source = "Shang, Sohn, Almeida and Lee 2016, definition 2.1",
        .help = "Two outputs per unit: the positive part and the negative part. Nothing is lost, "
                "so with looks-linear weights the network starts as an exact linear map. The next "
                "layer has twice the fan-in."};
    row.evaluateFloat = &evaluateCrelu<float>;
    row.evaluateDouble = &evaluateCrelu<double>;
    row.largestSlope = &constantSlope<1>;
    row.kinks = kinkAtZero;
    row.outputsPerUnit = 2;
    return row;
}

} // namespace

constinit const Activation creluRow = makeRow();

} // namespace initlens::activations
