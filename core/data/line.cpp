#include "core/data/columns.h"
#include "core/data/rows.h"

namespace initlens::data {

namespace {

/// Element `sample` of `batch` equally spaced numbers from -1 to 1, symmetric about 0 to the bit.
double position(Index sample, Index batch)
{
    if (batch == 1) {
        return 0;
    }
    return static_cast<double>(2 * sample - (batch - 1)) / static_cast<double>(batch - 1);
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
            x.col(column) = position(column, x.cols()) * direction;
        }
    });
}

} // namespace

constinit const Input lineRow = {
    .head = {.id = "line",
             .label = "Line",
             .formula = "x_b = t_b u, |u| = sqrt(n), t_b equally spaced from -1 to 1",
             .source = "Balduzzi et al. 2017, figure 1",
             .help = "Equally spaced points on a straight line in a random direction; with one "
                     "input simply the numbers from -1 to 1. An odd batch has the zero vector in "
                     "the middle. For how a gradient varies along a path."},
    .fill = &fill};

} // namespace initlens::data
