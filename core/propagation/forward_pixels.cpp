#include "core/propagation/forward.h"
#include "core/propagation/moments.h"

namespace initlens::propagation {

/// Calls `sum` with the pixel, the sample, the column and its length of every part of a column of h
/// of the first samples.
template <class T>
template <class Sum>
void ForwardPass<T>::forPixelColumns(Index samples, const Sum& sum) const
{
    for (Index t = 0; t < m_tiling.count(); ++t) {
        const auto tile = m_tiling.tile(t);
        const T* h = preactivationMemory(m_current) + tile.offset;
        for (Index c = 0; c < tile.columns; ++c) {
            const Index sample = (tile.column + c) % batch();
            if (sample < samples) {
                sum((tile.column + c) / batch(), sample, h + c * tile.rows, tile.rows);
            }
        }
    }
}

template <class T>
Matrix<double> ForwardPass<T>::pixelSquares(Index samples) const
{
    Matrix<double> squares = Matrix<double>::Zero(pixels(), samples);
    forPixelColumns(samples, [&](Index pixel, Index sample, const T* h, Index rows) {
        squares(pixel, sample) += sumOfSquares(h, rows, 1.0) / static_cast<double>(units());
    });
    return squares;
}

template <class T>
Matrix<double> ForwardPass<T>::pixelProducts(Index samples) const
{
    Matrix<double> products = Matrix<double>::Zero(pixels(), samples / 2);
    forPixelColumns(samples, [&](Index pixel, Index sample, const T* h, Index rows) {
        if (sample % 2 == 1) {
            // Tiles hold even numbers of columns, so that both of a pair are in one.
            products(pixel, sample / 2) +=
                scaledDot(h - rows, h, rows, 1.0) / static_cast<double>(units());
        }
    });
    return products;
}

template Matrix<double> ForwardPass<float>::pixelSquares(Index) const;
template Matrix<double> ForwardPass<double>::pixelSquares(Index) const;
template Matrix<double> ForwardPass<float>::pixelProducts(Index) const;
template Matrix<double> ForwardPass<double>::pixelProducts(Index) const;

} // namespace initlens::propagation
