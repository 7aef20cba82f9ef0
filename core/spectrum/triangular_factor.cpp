#include "core/spectrum/triangular_factor.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace initlens::spectrum {

Matrix<double> triangularFactor(Matrix<double> matrix, const Execution& execution)
{
    constexpr Index panelWidth = 64;
    constexpr Index tile = 128;
    const Index rows = matrix.rows();
    const Index columns = matrix.cols();
    assert(rows >= columns);
    std::vector<double> tau(panelWidth);
    for (Index k = 0; k < columns && !execution.stopRequested(); k += panelWidth) {
        const Index width = std::min(panelWidth, columns - k);
        const Index rest = columns - k - width;
        double* panel = matrix.data() + k + k * rows;
        qr(rows - k, width, panel, rows, tau.data());
        parallelFor(
            static_cast<std::size_t>((rest + tile - 1) / tile), execution, [&](std::size_t t) {
                const Index column = static_cast<Index>(t) * tile;
                multiplyByQTransposed(rows - k, std::min(tile, rest - column), width, panel, rows,
                                      tau.data(), panel + (width + column) * rows, rows);
            });
    }
    Matrix<double> triangle = Matrix<double>::Zero(columns, columns);
    triangle.triangularView<Eigen::Upper>() =
        matrix.topRows(columns).triangularView<Eigen::Upper>();
    return triangle;
}

} // namespace initlens::spectrum
