#include "core/propagation/pixels.h"

#include <algorithm>

namespace initlens::propagation {

namespace {

constexpr Index beyond = -1;

/// Where coordinate `at` of an image of `side` rows or columns is, or `beyond`.
Index inside(Index at, const network::Geometry& geometry)
{
    if (geometry.padding == network::Geometry::Padding::Circular) {
        const Index rest = at % geometry.side;
        return rest < 0 ? rest + geometry.side : rest;
    }
    return at >= 0 && at < geometry.side ? at : beyond;
}

/// The pixel at the other end of a tap, or `beyond`.
Index neighbour(const network::Geometry& geometry, Way way, Index tap, Index pixel)
{
    const Index middle = (geometry.kernel - 1) / 2;
    const Index sign = way == Way::Forward ? 1 : -1;
    const Index row =
        inside(pixel / geometry.side + sign * (tap / geometry.kernel - middle), geometry);
    const Index column =
        inside(pixel % geometry.side + sign * (tap % geometry.kernel - middle), geometry);
    return row == beyond || column == beyond ? beyond : row * geometry.side + column;
}

/// Columns one after the other, or zeros where there is no source, to columns `stride` apart.
template <class T>
void copyColumns(const T* source, Index rows, Index count, T* out, Index stride)
{
    if (source != nullptr && stride == rows) {
        std::copy_n(source, rows * count, out);
        return;
    }
    // Below it a call takes longer than what it copies.
    constexpr Index worthACall = 64;
    for (Index column = 0; column < count; ++column, out += stride) {
        if (source == nullptr) {
            std::fill_n(out, rows, T(0));
            continue;
        }
        if (rows >= worthACall) {
            std::copy_n(source, rows, out);
        } else {
#pragma omp simd
            for (Index i = 0; i < rows; ++i) {
                out[i] = source[i];
            }
        }
        source += rows;
    }
}

} // namespace

template <class T>
Matrix<T> toPixelColumns(const Matrix<T>& outer, Index pixels)
{
    if (pixels == 1) {
        return outer;
    }
    const Index samples = outer.cols();
    Matrix<T> inner(outer.rows() / pixels, pixels * samples);
    for (Index s = 0; s < samples; ++s) {
        for (Index p = 0; p < pixels; ++p) {
            for (Index c = 0; c < inner.rows(); ++c) {
                inner(c, p * samples + s) = outer(c * pixels + p, s);
            }
        }
    }
    return inner;
}

template <class T>
Vector<double> fromPixelColumns(ConstMatrixView<T> inner, Index pixels, Index sample)
{
    const Index samples = inner.cols() / pixels;
    Vector<double> outer(inner.rows() * pixels);
    for (Index p = 0; p < pixels; ++p) {
        for (Index c = 0; c < inner.rows(); ++c) {
            outer[c * pixels + p] = static_cast<double>(inner(c, p * samples + sample));
        }
    }
    return outer;
}

Index centreTap(const network::Geometry& geometry)
{
    const Index middle = (geometry.kernel - 1) / 2;
    return middle * geometry.kernel + middle;
}

template <class T>
void gatherTap(const network::Geometry& geometry, Index samples, Way way, Index tap,
               ConstMatrixView<T> x, Index first, Index count, T* out, Index stride)
{
    const Index rows = x.rows();
    for (Index column = first; column < first + count;) {
        const Index pixel = column / samples;
        const Index end = std::min((pixel + 1) * samples, first + count);
        const Index from = neighbour(geometry, way, tap, pixel);
        const T* source =
            from == beyond ? nullptr : x.data() + (from * samples + column % samples) * rows;
        copyColumns(source, rows, end - column, out + (column - first) * stride, stride);
        column = end;
    }
}

template Matrix<float> toPixelColumns(const Matrix<float>&, Index);
template Matrix<double> toPixelColumns(const Matrix<double>&, Index);
template Vector<double> fromPixelColumns(ConstMatrixView<float>, Index, Index);
template Vector<double> fromPixelColumns(ConstMatrixView<double>, Index, Index);
template void gatherTap(const network::Geometry&, Index, Way, Index, ConstMatrixView<float>, Index,
                        Index, float*, Index);
template void gatherTap(const network::Geometry&, Index, Way, Index, ConstMatrixView<double>, Index,
                        Index, double*, Index);

} // namespace initlens::propagation
