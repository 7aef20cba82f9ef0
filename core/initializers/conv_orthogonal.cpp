#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/initializers/common_params.h"
#include "core/initializers/isometric_kernel.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

#include <cmath>

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

/// An orthonormal basis of the range of projector number `index`: Q S Q^T with Q Haar and each
/// number on the diagonal of S zero or one with equal chance. Only the columns that S keeps are
/// drawn, which are a uniformly distributed frame.
template <class T>
Matrix<T> drawRange(const random::Stream& stream, Index index, Index size,
                    const Execution& execution)
{
    random::Stream coins = stream;
    coins.purpose = random::Purpose::Pattern;
    Index rank = 0;
    for (Index i = 0; i < size; ++i) {
        rank += static_cast<Index>(random::uniformIndex(coins, index * size + i, 2));
    }
    // Frame 0 is that of the centre tap, which the kernel starts from.
    constexpr Index block = random::blockSize;
    const Index stride = (size * size + block - 1) / block * block;
    Matrix<T> range(size, rank);
    if (rank > 0) {
        random::fillOrthogonal<T>(stream, 1.0, MatrixView<T>(range.data(), size, rank), execution,
                                  (index + 1) * stride);
    }
    return range;
}

/// P K for the projector P on the columns of `range`.
template <class T>
Matrix<T> projected(const Matrix<T>& range, const Matrix<T>& kernel, const Execution& execution)
{
    const Index size = kernel.rows();
    const Index rank = range.cols();
    Matrix<T> result = Matrix<T>::Zero(size, kernel.cols());
    if (rank == 0) {
        return result;
    }
    constexpr Index tile = 256;
    parallelFor(static_cast<std::size_t>((kernel.cols() + tile - 1) / tile), execution,
                [&](std::size_t t) {
                    const Index first = static_cast<Index>(t) * tile;
                    const Index count = std::min(tile, kernel.cols() - first);
                    Matrix<T> along(rank, count);
                    gemm(Op::Transpose, Op::None, rank, count, size, T(1), range.data(), size,
                         kernel.data() + first * size, size, T(0), along.data(), rank);
                    gemm(Op::None, Op::None, size, count, rank, T(1), range.data(), size,
                         along.data(), rank, T(0), result.data() + first * size, size);
                });
    return result;
}

/// The convolution of [P, I - P] with a kernel, along one axis: groups of `group` columns grow by
/// `shift`, the columns of one step along that axis. P and I - P project on orthogonal spaces, so
/// what is sent one pixel apart can be added without loss of length.
template <class T>
Matrix<T> spread(const Matrix<T>& range, const Matrix<T>& kernel, Index group, Index shift,
                 const Execution& execution)
{
    const Matrix<T> kept = projected(range, kernel, execution);
    const Index grown = group + shift;
    Matrix<T> result(kernel.rows(), kernel.cols() / group * grown);
    parallelFor(static_cast<std::size_t>(result.cols()), execution, [&](std::size_t c) {
        const auto column = static_cast<Index>(c);
        const Index first = column / grown * group;
        const Index within = column % grown;
        auto target = result.col(column);
        target.setZero();
        if (within < group) {
            target = kept.col(first + within);
        }
        if (within >= shift) {
            const Index moved = first + within - shift;
            target += kernel.col(moved) - kept.col(moved);
        }
    });
    return result;
}

template <class T>
void fill(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    const Index outputs = request.shape.outputs;
    const Index channels = request.shape.channels();
    const auto side = std::lround(std::sqrt(static_cast<double>(request.shape.taps)));
    Matrix<T> kernel(outputs, channels);
    fillScaledOrthogonal(MatrixView<T>(kernel.data(), outputs, channels), request, execution);
    for (Index step = 1; step < side && !execution.stopRequested(); ++step) {
        const Index row = step * channels;
        const auto down = drawRange<T>(request.stream, 2 * step, outputs, execution);
        kernel = spread(down, kernel, step * row, row, execution);
        const auto across = drawRange<T>(request.stream, 2 * step + 1, outputs, execution);
        kernel = spread(across, kernel, row, channels, execution);
    }
    if (!execution.stopRequested()) {
        weights = kernel;
    }
}

WeightLaw law(const WeightShape& shape, std::span<const double> params)
{
    if (shape.taps == 1) {
        return OrthogonalMatrix{params[0]};
    }
    return OrthogonalKernel{params[0]};
}

constexpr Initializer makeRow()
{
    Initializer row = scaledOrthogonal(
        {.id = "conv_orthogonal",
         .label = "orthogonal convolution",
         .group = "isometric",
         .formula = "gain [P_1, I - P_1] * [P_2, I - P_2]^T * ... * Q, P_i random projectors, the "
                    "columns of Q orthonormal",
         .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, algorithm 2",
         .help = "Kernels of any size whose convolution keeps every length, times the gain, with "
                 "circular padding; with zeros the edges lose. An orthogonal matrix laid out as "
                 "a kernel does not do that. Dense layers are orthogonal.",
         .params = paramSpecs});
    row.fillFloat = &fill<float>;
    row.fillDouble = &fill<double>;
    // Every step keeps the sum of squares, so it is that of Q spread over all taps.
    row.moments = &centreTapMoments<&scaledOrthogonalMoments>;
    row.law = &law;
    row.refusal = &narrowingRefusal;
    row.isometricKernel = true;
    row.workingCopies = 2 * orthogonalWorkingCopies;
    return row;
}

} // namespace

constinit const Initializer convOrthogonalRow = makeRow();

} // namespace initlens::initializers
