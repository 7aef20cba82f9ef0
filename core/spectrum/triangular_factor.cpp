#include "core/spectrum/triangular_factor.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cassert>

namespace initlens::spectrum {

namespace {

constexpr Index panelWidth = 64;
constexpr Index tile = 128;

/// Calls body(first column, number of columns) for tiles of `columns` columns.
template <class Body>
void forEachTile(Index columns, const Execution& execution, const Body& body)
{
    parallelFor(static_cast<std::size_t>((columns + tile - 1) / tile), execution,
                [&](std::size_t t) {
                    const Index first = static_cast<Index>(t) * tile;
                    body(first, std::min(tile, columns - first));
                });
}

} // namespace

template <class T>
QrDecomposition<T>::QrDecomposition(Matrix<T> matrix, const Execution& execution)
    : m_vectors(std::move(matrix)),
      m_tau(static_cast<std::size_t>(std::min(m_vectors.rows(), m_vectors.cols())))
{
    const Index rows = m_vectors.rows();
    const Index columns = m_vectors.cols();
    const Index smaller = std::min(rows, columns);
    for (Index k = 0; k < smaller && !execution.stopRequested(); k += panelWidth) {
        const Index width = std::min(panelWidth, smaller - k);
        const Index rest = columns - k - width;
        T* panel = m_vectors.data() + k + k * rows;
        T* tau = m_tau.data() + k;
        qr(rows - k, width, panel, rows, tau);
        forEachTile(rest, execution, [&](Index first, Index count) {
            multiplyByQTransposed(rows - k, count, width, panel, rows, tau,
                                  panel + (width + first) * rows, rows);
        });
    }
}

template <class T>
Matrix<T> QrDecomposition<T>::triangle() const
{
    const Index smaller = std::min(m_vectors.rows(), m_vectors.cols());
    Matrix<T> triangle = Matrix<T>::Zero(smaller, m_vectors.cols());
    triangle.template triangularView<Eigen::Upper>() =
        m_vectors.topRows(smaller).template triangularView<Eigen::Upper>();
    return triangle;
}

template <class T>
Matrix<T> QrDecomposition<T>::orthonormal(const Execution& execution) const
{
    const Index rows = m_vectors.rows();
    const Index smaller = std::min(rows, m_vectors.cols());
    Matrix<T> q = Matrix<T>::Identity(rows, smaller);
    const Index panels = (smaller + panelWidth - 1) / panelWidth;
    for (Index panel = panels - 1; panel >= 0 && !execution.stopRequested(); --panel) {
        const Index k = panel * panelWidth;
        const Index width = std::min(panelWidth, smaller - k);
        // Columns before the panel are still those of the identity, and stay so.
        forEachTile(smaller - k, execution, [&](Index first, Index count) {
            multiplyByQ(rows - k, count, width, m_vectors.data() + k + k * rows, rows,
                        m_tau.data() + k, q.data() + k + (k + first) * rows, rows);
        });
    }
    return q;
}

template <class T>
Matrix<T> triangularFactor(Matrix<T> matrix, const Execution& execution)
{
    assert(matrix.rows() >= matrix.cols());
    return QrDecomposition<T>(std::move(matrix), execution).triangle();
}

template class QrDecomposition<float>;
template class QrDecomposition<double>;
template Matrix<float> triangularFactor(Matrix<float>, const Execution&);
template Matrix<double> triangularFactor(Matrix<double>, const Execution&);

} // namespace initlens::spectrum
