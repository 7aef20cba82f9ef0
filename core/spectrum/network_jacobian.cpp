#include "core/spectrum/network_jacobian.h"

#include "core/base/buffer.h"
#include "core/base/parallel.h"

#include <algorithm>

namespace initlens::spectrum {

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
void NetworkJacobian<T>::apply(Index layer, const Matrix<double>& x, Matrix<double>& y) const
{
    const Matrix<double> h = m_source.weights(layer).template cast<double>() * x;
    const auto& slope = slopes(layer);
    y.resize(slope.size(), x.cols());
    for (Index row = 0; row < slope.size(); row += m_units) {
        y.middleRows(row, m_units) = slope.segment(row, m_units).asDiagonal() * h;
    }
}

template <class T>
void NetworkJacobian<T>::applyTransposed(Index layer, const Matrix<double>& x,
                                         Matrix<double>& y) const
{
    const auto& slope = slopes(layer);
    Matrix<double> h = Matrix<double>::Zero(m_units, x.cols());
    for (Index row = 0; row < slope.size(); row += m_units) {
        h += slope.segment(row, m_units).asDiagonal() * x.middleRows(row, m_units);
    }
    y = m_source.weights(layer).template cast<double>().transpose() * h;
}

template <class T>
void NetworkJacobian<T>::dense(Index layer, const std::vector<Index>& rows,
                               const std::vector<Index>& columns, Matrix<double>& out,
                               const Execution& execution) const
{
    const auto weights = m_source.weights(layer);
    const auto count = static_cast<Index>(rows.size());
    const Vector<double> slope = slopes(layer)(rows);
    std::vector<Index> units(rows);
    for (Index& unit : units) {
        unit %= m_units;
    }
    out = uninitialisedMatrix<double>(count, static_cast<Index>(columns.size()));
    constexpr std::size_t stretch = 16;
    parallelFor((columns.size() + stretch - 1) / stretch, execution, [&](std::size_t part) {
        const std::size_t end = std::min(columns.size(), (part + 1) * stretch);
        for (std::size_t j = part * stretch; j < end; ++j) {
            const T* column = weights.data() + columns[j] * weights.rows();
            double* target = out.data() + static_cast<Index>(j) * out.rows();
            for (Index i = 0; i < count; ++i) {
                target[i] =
                    slope[i] * static_cast<double>(column[units[static_cast<std::size_t>(i)]]);
            }
        }
    });
}

template class NetworkJacobian<float>;
template class NetworkJacobian<double>;

} // namespace initlens::spectrum
