#include "core/random/orthogonal.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace initlens::random {

namespace {

/// Householder vectors that are factored together.
constexpr Index panelWidth = 64;

/// The vectors of one QR decomposition of a Gaussian matrix: column k of `vectors` holds v_k below
/// and at row k (v_k itself is not scaled), H_k = I - v_k v_k^T / halfSquare[k].
template <class T>
struct Householder {
    Matrix<T> vectors;         // long x short
    std::vector<T> halfSquare; // |v_k|^2 / 2; 0 means H_k = I
    std::vector<T> signs;      // sign of R_kk
};

template <class Body>
void forEachColumn(Index columns, const Execution& execution, const Body& body)
{
    constexpr Index chunk = 64;
    parallelFor(static_cast<std::size_t>((columns + chunk - 1) / chunk), execution,
                [&](std::size_t c) {
                    const Index begin = static_cast<Index>(c) * chunk;
                    for (Index k = begin; k < std::min(columns, begin + chunk); ++k) {
                        body(k);
                    }
                });
}

template <class T>
Householder<T> drawVectors(const Stream& stream, std::int64_t first, Index longSide,
                           Index shortSide, const Execution& execution)
{
    Householder<T> result;
    result.vectors.resize(longSide, shortSide);
    result.halfSquare.assign(static_cast<std::size_t>(shortSide), T(0));
    result.signs.assign(static_cast<std::size_t>(shortSide), T(1));
    constexpr Index piece = 16 * blockSize;
    const Index size = result.vectors.size();
    parallelFor(
        static_cast<std::size_t>((size + piece - 1) / piece), execution, [&](std::size_t p) {
            const Index begin = static_cast<Index>(p) * piece;
            const auto count = static_cast<std::size_t>(std::min(piece, size - begin));
            fillNormal<T>(stream, first + begin, std::span(result.vectors.data() + begin, count));
        });
    forEachColumn(shortSide, execution, [&](Index k) {
        auto column = result.vectors.col(k);
        column.head(k).setZero();
        auto tail = column.tail(longSide - k);
        const auto index = static_cast<std::size_t>(k);
        const T leading = tail[0];
        if (tail.size() == 1) {
            // Nothing to reflect: R_kk is the number itself.
            result.signs[index] = leading < 0 ? T(-1) : T(1);
            tail[0] = 0;
            return;
        }
        const T norm = tail.norm();
        const T sign = leading < 0 ? T(-1) : T(1);
        tail[0] = leading + sign * norm;
        result.halfSquare[index] = norm * (norm + std::abs(leading));
        result.signs[index] = -sign;
    });
    return result;
}

/// Q = H_0 ... H_{short-1} restricted to its first `shortSide` columns, panel by panel from the
/// last: each panel's product is I - V S^-1 V^T with S the upper triangle of V^T V, its diagonal
/// halved (Puglisi 1992; Joffrain, Low, Quintana-Orti, van de Geijn and Van Zee 2006).
template <class T>
void formQ(const Householder<T>& h, Matrix<T>& q, const Execution& execution)
{
    const Index longSide = h.vectors.rows();
    const Index shortSide = h.vectors.cols();
    q.resize(longSide, shortSide);
    forEachColumn(shortSide, execution, [&](Index k) { q.col(k).setZero(); });
    Matrix<T> s(panelWidth, panelWidth);
    Matrix<T> product(panelWidth, shortSide);
    const Index panels = (shortSide + panelWidth - 1) / panelWidth;
    for (Index p = panels - 1; p >= 0 && !execution.stopRequested(); --p) {
        const Index begin = p * panelWidth;
        const Index width = std::min(panelWidth, shortSide - begin);
        const Index rows = longSide - begin;
        const Index columns = shortSide - begin;
        const T* v = h.vectors.data() + begin + begin * longSide;
        gemm(Op::Transpose, Op::None, width, width, rows, T(1), v, longSide, v, longSide, T(0),
             s.data(), panelWidth);
        for (Index k = 0; k < width; ++k) {
            const T half = h.halfSquare[static_cast<std::size_t>(begin + k)];
            s(k, k) = half > 0 ? half : T(1);
            q(begin + k, begin + k) = T(1);
        }
        constexpr Index tile = 256;
        parallelFor(static_cast<std::size_t>((columns + tile - 1) / tile), execution,
                    [&](std::size_t t) {
                        const Index c = static_cast<Index>(t) * tile;
                        const Index count = std::min(tile, columns - c);
                        T* target = q.data() + begin + (begin + c) * longSide;
                        T* w = product.data() + c * panelWidth;
                        gemm(Op::Transpose, Op::None, width, count, rows, T(1), v, longSide, target,
                             longSide, T(0), w, panelWidth);
                        solveUpper(Op::None, width, count, s.data(), panelWidth, w, panelWidth);
                        gemm(Op::None, Op::None, rows, count, width, T(-1), v, longSide, w,
                             panelWidth, T(1), target, longSide);
                    });
    }
}

} // namespace

template <class T>
void fillOrthogonal(const Stream& stream, double gain, MatrixView<T> out,
                    const Execution& execution, std::int64_t first)
{
    const bool tall = out.rows() >= out.cols();
    const Index longSide = std::max(out.rows(), out.cols());
    const Index shortSide = std::min(out.rows(), out.cols());
    const Householder<T> vectors = drawVectors<T>(stream, first, longSide, shortSide, execution);
    Matrix<T> q;
    formQ(vectors, q, execution);
    const auto factor = [&](Index k) {
        return static_cast<T>(gain) * vectors.signs[static_cast<std::size_t>(k)];
    };
    forEachColumn(out.cols(), execution, [&](Index column) {
        if (tall) {
            out.col(column) = q.col(column) * factor(column);
            return;
        }
        for (Index k = 0; k < shortSide; ++k) {
            out(k, column) = q(column, k) * factor(k);
        }
    });
}

template void fillOrthogonal<float>(const Stream&, double, MatrixView<float>, const Execution&,
                                    std::int64_t);
template void fillOrthogonal<double>(const Stream&, double, MatrixView<double>, const Execution&,
                                     std::int64_t);

} // namespace initlens::random
