#include "core/spectrum/bidiagonalisation.h"

#include "core/base/linear_algebra.h"
#include "core/random/stream.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {

namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// Orthonormal columns, in a matrix with room for more.
class Basis {
public:
    Basis(Index rows, Index most) : m_columns(rows, most) {}

    [[nodiscard]] Index count() const { return m_count; }
    [[nodiscard]] Index room() const { return m_columns.cols() - m_count; }
    [[nodiscard]] Matrix<double> last(Index columns) const
    {
        return m_columns.middleCols(m_count - columns, columns);
    }

    /// Takes in what is new in the columns of w. Afterwards w = basis * result, up to `dropped`.
    Matrix<double> absorb(Matrix<double> w, double dropped, const Execution& execution)
    {
        const Index before = m_count;
        Matrix<double> coefficients = project(w, execution);
        coefficients += project(w, execution);
        Matrix<double> fresh = orthonormal(w, dropped);
        if (fresh.cols() > 0) {
            // What was small has grown, and so has what it held of the basis.
            project(fresh, execution);
            fresh = orthonormal(fresh, 0.5);
        }
        m_columns.middleCols(m_count, fresh.cols()) = fresh;
        m_count += fresh.cols();
        Matrix<double> all(m_count, w.cols());
        all.topRows(before) = coefficients;
        all.bottomRows(fresh.cols()).noalias() = fresh.transpose() * w;
        return all;
    }

private:
    /// Takes the basis out of w and returns how much of it there was.
    Matrix<double> project(Matrix<double>& w, const Execution& execution) const
    {
        const Index rows = m_columns.rows();
        Matrix<double> coefficients = Matrix<double>::Zero(m_count, w.cols());
        if (m_count > 0) {
            multiply(Op::Transpose, Op::None, m_count, w.cols(), rows, 1.0, m_columns.data(), rows,
                     w.data(), rows, 0.0, coefficients.data(), m_count, execution);
            multiply(Op::None, Op::None, rows, w.cols(), m_count, -1.0, m_columns.data(), rows,
                     coefficients.data(), m_count, 1.0, w.data(), rows, execution);
        }
        return coefficients;
    }

    /// Gram-Schmidt, the longest column first, until the rest is shorter than `dropped`.
    [[nodiscard]] Matrix<double> orthonormal(Matrix<double> w, double dropped) const
    {
        Matrix<double> columns(w.rows(), std::min(w.cols(), room()));
        Index count = 0;
        while (count < columns.cols()) {
            Index longest = 0;
            const double length = std::sqrt(w.colwise().squaredNorm().maxCoeff(&longest));
            if (!(length > dropped)) {
                break;
            }
            Vector<double> column = w.col(longest) / length;
            for (int again = 0; again < 2; ++again) {
                column -= columns.leftCols(count) * (columns.leftCols(count).transpose() * column);
            }
            column.normalize();
            columns.col(count++) = column;
            w.col(longest).setZero();
            w -= column * (column.transpose() * w);
        }
        return columns.leftCols(count);
    }

    Matrix<double> m_columns;
    Index m_count = 0;
};

Matrix<double> startVectors(const LayerProduct& product, LayerProduct::Side side, Index count,
                            Index stream)
{
    Matrix<double> x(product.size(side), count);
    const random::Stream numbers{.purpose = random::Purpose::Probe,
                                 .layer = static_cast<std::uint32_t>(stream)};
    random::fillNormal<double>(numbers, 0, {x.data(), static_cast<std::size_t>(x.size())});
    product.restrict(side, x);
    return x;
}

} // namespace

Bidiagonalisation bidiagonalise(LayerProduct& product, const SketchSize& size, Index stream,
                                const Execution& execution)
{
    using Side = LayerProduct::Side;
    const bool right = product.activeSize(Side::Right) <= product.activeSize(Side::Left);
    const Side vSide = right ? Side::Right : Side::Left;
    const Side uSide = right ? Side::Left : Side::Right;
    Bidiagonalisation result;
    result.space = product.activeSize(vSide);
    const Index most = std::min(result.space, size.vectors * size.steps);
    Basis v(product.size(vSide), std::min(result.space, most + size.vectors));
    Basis u(product.size(uSide), most);
    v.absorb(startVectors(product, vSide, std::min(size.vectors, result.space), stream), 0,
             execution);
    result.start = v.count();
    Matrix<double> b = Matrix<double>::Zero(most, v.count() + v.room());
    double largest = 0;
    // The first products are known to be no better than this; then rounding is measured.
    const auto dropped = [&] {
        return std::max(64 * epsilon * largest, 4 * result.noise);
    };
    Index fresh = result.start;
    for (Index step = 1;; ++step) {
        Matrix<double> x = v.last(fresh);
        result.finite = product.apply(vSide, x);
        if (!result.finite || execution.stopRequested()) {
            return result;
        }
        largest = std::max(largest, std::sqrt(x.colwise().squaredNorm().maxCoeff()));
        const Index rowsBefore = u.count();
        Matrix<double> part = u.absorb(std::move(x), dropped(), execution);
        b.block(0, v.count() - fresh, u.count(), fresh) = part;
        if (2 * step <= size.steps) {
            result.halfRows = u.count();
            result.halfColumns = v.count();
        }
        const Index rows = u.count() - rowsBefore;
        if (rows == 0) {
            break;
        }
        const Index columnsBefore = v.count();
        Matrix<double> y = u.last(rows);
        result.finite = product.apply(uSide, y);
        if (!result.finite || execution.stopRequested()) {
            return result;
        }
        part = v.absorb(std::move(y), dropped(), execution);
        // The same numbers came from the other side: they differ by the rounding of the products.
        const Matrix<double> difference =
            part.topRows(columnsBefore) - b.block(rowsBefore, 0, rows, columnsBefore).transpose();
        result.noise = std::max(result.noise, difference.norm());
        fresh = v.count() - columnsBefore;
        if (fresh == 0) {
            break;
        }
        if (step == size.steps || u.room() == 0) {
            result.coupling = part.bottomRows(fresh);
            result.b = b.topLeftCorner(u.count(), columnsBefore);
            result.noise = std::max(result.noise, 16 * epsilon * largest);
            return result;
        }
    }
    result.noise = std::max(dropped(), 16 * epsilon * largest);
    result.b = b.topLeftCorner(u.count(), v.count());
    return result;
}

} // namespace initlens::spectrum
