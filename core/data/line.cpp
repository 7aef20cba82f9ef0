#include "core/data/columns.h"
#include "core/data/rows.h"

namespace initlens::data {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "reach",
                                     .label = "reach",
                                     .help = "The largest t; the smallest is its opposite.",
                                     .initial = 1,
                                     .min = 1e-6,
                                     .max = 1e6}};

/// Element `sample` of `batch` equally spaced numbers, symmetric about 0 to the bit.
double position(Index sample, Index batch, std::span<const double> params)
{
    if (batch == 1) {
        return 0;
    }
    return params[0] *
           (static_cast<double>(2 * sample - (batch - 1)) / static_cast<double>(batch - 1));
}

void fill(MatrixView<double> x, const InputRequest& request, const Execution& execution)
{
    Vector<double> direction = Vector<double>::Ones(x.rows());
    if (x.rows() > 1) {
        fillGaussian(MatrixView<double>(direction.data(), x.rows(), 1), request.stream, 1.0,
                     execution);
        setLength(direction, std::sqrt(static_cast<double>(x.rows())));
    }
    forColumnTiles(x, 1, execution, [&](Index first, Index count) {
        for (Index column = first; column < first + count; ++column) {
            x.col(column) = position(column, x.cols(), request.params) * direction;
        }
    });
}

} // namespace

constinit const Input lineRow = {
    .head = {.id = "line",
             .label = "Line",
             .formula = "x_b = t_b u, |u| = sqrt(n), t_b equally spaced from -reach to reach",
             .source = "Balduzzi et al. 2017, figure 1",
             .help = "Equally spaced points on a straight line in a random direction; with one "
                     "input simply the numbers from -reach to reach. An odd batch has the zero "
                     "vector in the middle. All samples are sent back with one direction v, so "
                     "that the gradient of one function is followed along the line.",
             .params = paramSpecs},
    .fill = &fill,
    .position = &position};

} // namespace initlens::data
