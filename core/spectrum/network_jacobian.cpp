#include "core/spectrum/network_jacobian.h"

#include "core/base/buffer.h"
#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>

namespace initlens::spectrum {

namespace {

/// Side of the parts of a weight matrix that are made double at a time.
constexpr Index tile = 256;

std::size_t tiles(Index size)
{
    return static_cast<std::size_t>((size + tile - 1) / tile);
}

} // namespace

template <class T>
NetworkJacobian<T>::NetworkJacobian(propagation::NetworkSource<T>& source,
                                    const propagation::ForwardPass<T>& forward, Index sample)
    : m_source(source), m_units(forward.units())
{
    m_slopes.reserve(static_cast<std::size_t>(source.depth()));
    for (Index layer = 1; layer <= source.depth(); ++layer) {
        m_slopes.push_back(forward.slopesAt(layer, sample));
    }
}

template <class T>
Index NetworkJacobian<T>::size(Index layer) const
{
    return layer == 0 ? m_source.draw().inputSize : slopes(layer).size();
}

template <class T>
void NetworkJacobian<T>::prepare(Index first, Index last, const Execution& execution)
{
    const Index block = m_source.blockLayers();
    for (Index layer = first; layer <= last && !execution.stopRequested(); layer += block) {
        m_source.prepare(layer, std::min(layer + block - 1, last), execution);
    }
}

template <class T>
const Vector<double>& NetworkJacobian<T>::slopes(Index layer) const
{
    return m_slopes[static_cast<std::size_t>(layer - 1)];
}

template <class T>
Index NetworkJacobian<T>::weightRank(Index layer) const
{
    const auto shape = m_source.shape(layer);
    const auto& initializer = m_source.draw().spec.initializer;
    const Index full = std::min(shape.outputs, shape.inputs);
    return initializer->rank == nullptr
               ? full
               : std::min(full, initializer->rank(shape, initializer.values));
}

template <class T>
void NetworkJacobian<T>::apply(Index layer, const Matrix<double>& x, Matrix<double>& y,
                               const Execution& execution) const
{
    const auto weights = m_source.weights(layer);
    const auto& slope = slopes(layer);
    y.resize(slope.size(), x.cols());
    parallelFor(tiles(m_units), execution, [&](std::size_t t) {
        const Index row = static_cast<Index>(t) * tile;
        const Index rows = std::min(tile, m_units - row);
        Matrix<double> h = Matrix<double>::Zero(rows, x.cols());
        Matrix<double> part;
        for (Index column = 0; column < weights.cols(); column += tile) {
            const Index columns = std::min(tile, weights.cols() - column);
            part = weights.block(row, column, rows, columns).template cast<double>();
            gemm(Op::None, Op::None, rows, x.cols(), columns, 1.0, part.data(), rows,
                 x.data() + column, x.rows(), 1.0, h.data(), rows);
        }
        for (Index first = 0; first < slope.size(); first += m_units) {
            y.middleRows(first + row, rows) = slope.segment(first + row, rows).asDiagonal() * h;
        }
    });
}

template <class T>
void NetworkJacobian<T>::applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y,
                                         const Execution& execution) const
{
    const auto weights = m_source.weights(layer);
    const auto& slope = slopes(layer);
    Matrix<double> h = Matrix<double>::Zero(m_units, x.cols());
    for (Index row = 0; row < slope.size(); row += m_units) {
        h += slope.segment(row, m_units).asDiagonal() * x.middleRows(row, m_units);
    }
    y.setZero(weights.cols(), x.cols());
    parallelFor(tiles(weights.cols()), execution, [&](std::size_t t) {
        const Index column = static_cast<Index>(t) * tile;
        const Index columns = std::min(tile, weights.cols() - column);
        Matrix<double> part;
        for (Index row = 0; row < m_units; row += tile) {
            const Index rows = std::min(tile, m_units - row);
            part = weights.block(row, column, rows, columns).template cast<double>();
            gemm(Op::Transpose, Op::None, columns, x.cols(), rows, 1.0, part.data(), rows,
                 h.data() + row, m_units, 1.0, y.data() + column, y.rows());
        }
    });
}

template <class T>
void NetworkJacobian<T>::dense(Index layer, const std::vector<Index>& rows,
                               const std::vector<Index>& columns, Matrix<double>& out,
                               const Execution& execution) const
{
    writeDense(layer, rows, columns, out, execution);
}

template <class T>
void NetworkJacobian<T>::dense(Index layer, const std::vector<Index>& rows,
                               const std::vector<Index>& columns, Matrix<float>& out,
                               const Execution& execution) const
{
    writeDense(layer, rows, columns, out, execution);
}

template <class T>
template <class To>
void NetworkJacobian<T>::writeDense(Index layer, const std::vector<Index>& rows,
                                    const std::vector<Index>& columns, Matrix<To>& out,
                                    const Execution& execution) const
{
    const auto weights = m_source.weights(layer);
    const auto count = static_cast<Index>(rows.size());
    const Vector<double> slope = slopes(layer)(rows);
    std::vector<Index> units(rows);
    for (Index& unit : units) {
        unit %= m_units;
    }
    out = uninitialisedMatrix<To>(count, static_cast<Index>(columns.size()));
    constexpr std::size_t stretch = 16;
    parallelFor((columns.size() + stretch - 1) / stretch, execution, [&](std::size_t part) {
        const std::size_t end = std::min(columns.size(), (part + 1) * stretch);
        for (std::size_t j = part * stretch; j < end; ++j) {
            const T* column = weights.data() + columns[j] * weights.rows();
            To* target = out.data() + static_cast<Index>(j) * out.rows();
            for (Index i = 0; i < count; ++i) {
                const auto weight = static_cast<double>(column[units[static_cast<std::size_t>(i)]]);
                target[i] = static_cast<To>(slope[i] * weight);
            }
        }
    });
}

template class NetworkJacobian<float>;
template class NetworkJacobian<double>;

} // namespace initlens::spectrum
