#include "core/data/columns.h"
#include "core/data/rows.h"

namespace initlens::data {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "radius",
                                     .label = "radius",
                                     .help = "Euclidean length of every sample.",
                                     .initial = 1,
                                     .min = 1e-30,
                                     .max = 1e6}};

void fill(MatrixView<double> x, const InputRequest& request, const Execution& execution)
{
    fillGaussian(x, request.stream, 1.0, execution);
    forColumnTiles(x, 1, execution, [&](Index first, Index count) {
        for (Index column = first; column < first + count; ++column) {
            setLength(x.col(column), request.params[0]);
        }
    });
}

} // namespace

constinit const Input sphereRow = {
    .head = {.id = "sphere",
             .label = "Sphere",
             .formula = "uniform on |x| = radius",
             .source = "Muller 1959 (a Gaussian vector divided by its length)",
             .help = "Every sample has the same length, so nothing varies but the direction. The "
                     "second moment of an input is radius^2 / n: the radius sqrt(n) makes it 1.",
             .params = paramSpecs},
    .fill = &fill};

} // namespace initlens::data
