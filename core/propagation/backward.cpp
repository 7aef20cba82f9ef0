#include "core/propagation/backward.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/moments.h"
#include "core/propagation/weight_gradient.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace initlens::propagation {

namespace {

/// The power of two nearest to 1 / sqrt(squares), or one where there is nothing to scale.
double powerOfTwoScale(double squares)
{
    if (!(squares > 0) || !std::isfinite(squares)) {
        return 1;
    }
    return std::exp2(-std::round(std::log2(squares) / 2));
}

/// Largest |element| of a tile.
template <class T>
double largestOf(const T* values, Index count)
{
    T largest = 0;
#pragma omp simd reduction(max : largest)
    for (Index i = 0; i < count; ++i) {
        largest = std::max(largest, std::abs(values[i]));
    }
    return static_cast<double>(largest);
}

} // namespace

template <class T>
BackwardPass<T>::BackwardPass(NetworkSource<T>& source, const ForwardPass<T>& forward,
                              const Matrix<T>& cotangent, const Execution& execution)
    : m_source(source), m_forward(forward), m_tiling(layerTiling(forward.units(), forward.batch())),
      m_delta(forward.units() * forward.batch()), m_next(forward.units() * forward.batch()),
      m_product(forward.outputs() * forward.batch()),
      m_squares(static_cast<std::size_t>(m_tiling.count()), 0.0)
{
    const Index units = forward.units();
    const auto slopes = forward.slopes(source.depth());
    parallelFor(m_squares.size(), execution, [&](std::size_t t) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        for (Index c = tile.column; c < tile.column + tile.columns; ++c) {
            T* delta = m_delta.data() + c * units + tile.row;
            std::fill_n(delta, tile.rows, T(0));
            for (Index row = tile.row; row < forward.outputs(); row += units) {
                for (Index i = 0; i < tile.rows; ++i) {
                    delta[i] += slopes(row + i, c) * cotangent(row + i, c);
                }
            }
        }
        sumSquares(static_cast<Index>(t));
    });
    settle(execution);
}

template <class T>
double BackwardPass<T>::bytes(const network::NetworkSpec& spec, Index batch)
{
    const double perUnit = static_cast<double>(batch) * sizeof(T);
    return perUnit * (2 * static_cast<double>(spec.width) +
                      2 * static_cast<double>(network::outputSize(spec)));
}

template <class T>
void BackwardPass<T>::sumSquares(Index tileIndex)
{
    const auto tile = m_tiling.tile(tileIndex);
    double squares = 0;
    for (Index c = tile.column; c < tile.column + tile.columns; ++c) {
        squares += sumOfSquares(m_delta.data() + c * m_forward.units() + tile.row, tile.rows, 1.0);
    }
    m_squares[static_cast<std::size_t>(tileIndex)] = squares;
}

/// Multiplies delta by the power of two that brings its largest element near one.
template <class T>
void BackwardPass<T>::normalise(const Execution& execution)
{
    const auto forEachColumn = [&](std::size_t t, auto&& body) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        for (Index c = tile.column; c < tile.column + tile.columns; ++c) {
            body(m_delta.data() + c * m_forward.units() + tile.row, tile.rows);
        }
    };
    std::vector<double> largest(m_squares.size(), 0.0);
    parallelFor(largest.size(), execution, [&](std::size_t t) {
        forEachColumn(t, [&](const T* column, Index rows) {
            largest[t] = std::max(largest[t], largestOf(column, rows));
        });
    });
    const double size = *std::max_element(largest.begin(), largest.end());
    if (!(size > 0) || !std::isfinite(size)) {
        return;
    }
    // In two steps: a single factor could itself leave the range of T.
    const double exponent = -std::round(std::log2(size));
    const T half = static_cast<T>(std::exp2(std::trunc(exponent / 2)));
    const T rest = static_cast<T>(std::exp2(exponent - std::trunc(exponent / 2)));
    parallelFor(m_squares.size(), execution, [&](std::size_t t) {
        forEachColumn(t, [&](T* column, Index rows) {
            for (Index i = 0; i < rows; ++i) {
                column[i] = column[i] * half * rest;
            }
        });
        sumSquares(static_cast<Index>(t));
    });
    m_log2Scale -= exponent;
}

/// Sums up the squares of delta and chooses the scale of the layer before.
template <class T>
void BackwardPass<T>::settle(const Execution& execution)
{
    // Squares leave the range of a double before delta does, and products with small or large
    // weights the range of T.
    constexpr double largestSafe = std::is_same_v<T, float> ? 1e16 : 1e200;
    constexpr double smallestSafe = 1 / largestSafe;
    const auto total = [this] {
        return std::accumulate(m_squares.begin(), m_squares.end(), 0.0);
    };
    if (const double squares = total(); !(squares > smallestSafe && squares < largestSafe)) {
        normalise(execution);
    }
    m_meanSquare = total() / static_cast<double>(m_forward.batch());
    m_rescale = powerOfTwoScale(m_meanSquare);
}

template <class T>
void BackwardPass<T>::sendBack(Index layer, Index tileIndex)
{
    const auto tile = m_tiling.tile(tileIndex);
    const Index units = m_forward.units();
    const Index parts = m_forward.outputs() / units;
    const auto weights = m_source.weights(layer);
    const auto slopes = m_forward.slopes(layer - 1);
    const T scale = static_cast<T>(m_rescale);
    T* product = m_product.data() + tile.offset * parts;
    for (Index part = 0; part < parts; ++part) {
        gemm(Op::Transpose, Op::None, tile.rows, tile.columns, weights.rows(), scale,
             weights.data() + (part * units + tile.row) * weights.rows(), weights.rows(),
             m_delta.data() + tile.column * units, units, T(0),
             product + part * tile.rows * tile.columns, tile.rows);
    }
    double squares = 0;
    for (Index c = 0; c < tile.columns; ++c) {
        T* next = m_next.data() + (tile.column + c) * units + tile.row;
        for (Index part = 0; part < parts; ++part) {
            const T* p = product + (part * tile.columns + c) * tile.rows;
            const T* s =
                slopes.data() + (tile.column + c) * slopes.rows() + part * units + tile.row;
            if (part == 0) {
                for (Index i = 0; i < tile.rows; ++i) {
                    next[i] = s[i] * p[i];
                }
            } else {
                for (Index i = 0; i < tile.rows; ++i) {
                    next[i] += s[i] * p[i];
                }
            }
        }
        squares += sumOfSquares(next, tile.rows, 1.0);
    }
    m_squares[static_cast<std::size_t>(tileIndex)] = squares;
}

template <class T>
typename BackwardPass<T>::WeightGradient BackwardPass<T>::weightGradient(Index layer) const
{
    const ConstMatrixView<T> delta(m_delta.data(), m_forward.units(), m_forward.batch());
    constexpr double safe = std::is_same_v<T, float> ? 24 : 200;
    const double deltaScale = scaleForSquares<T>(std::log10(m_meanSquare), safe);
    const double scale = deltaScale * m_forward.gramScale(layer - 1);
    if (m_forward.keepsGrams()) {
        const auto& layout = m_forward.gramLayout();
        return {.tasks = layout.blocks(),
                .task =
                    [this, layer, delta, deltaScale, &layout](Index index) {
                        std::vector<T> gram(static_cast<std::size_t>(layout.blockElements()));
                        gramBlock(delta, static_cast<T>(deltaScale), layout.block(index),
                                  gram.data());
                        return gramProduct(gram.data(), m_forward.gram(layer - 1, index),
                                           layout.block(index));
                    },
                .scale = scale};
    }
    const FormedGradient<T> formed(delta, m_forward.activations(layer - 1), static_cast<T>(scale));
    return {.tasks = formed.tasks(),
            .task = [formed](Index index) { return formed.task(index); },
            .scale = scale};
}

template <class T>
void BackwardPass<T>::step(Index layer, LayerStatistics& statistics, const Execution& execution)
{
    const auto batch = static_cast<double>(m_forward.batch());
    const double log10Scale = m_log2Scale * std::log10(2.0);
    statistics.log10GradientNorm = std::log10(m_meanSquare) / 2 + log10Scale;

    const auto gradient = weightGradient(layer);
    std::vector<double> parts(static_cast<std::size_t>(gradient.tasks));
    const std::size_t tiles = layer > 1 ? static_cast<std::size_t>(m_tiling.count()) : 0;
    // The small tasks last: they even out the ends.
    parallelFor(tiles + parts.size(), execution, [&](std::size_t t) {
        if (t < tiles) {
            sendBack(layer, static_cast<Index>(t));
        } else {
            parts[t - tiles] = gradient.task(static_cast<Index>(t - tiles));
        }
    });
    const double norm = std::accumulate(parts.begin(), parts.end(), 0.0);
    // Rounding can leave a sum of squares a little below zero where everything cancels.
    statistics.log10WeightGradientNorm = std::log10(norm < 0 ? 0.0 : norm) / 2 - std::log10(batch) -
                                         std::log10(gradient.scale) + log10Scale;
    if (layer > 1) {
        m_log2Scale -= std::log2(m_rescale);
        std::swap(m_delta, m_next);
        settle(execution);
    }
}

template class BackwardPass<float>;
template class BackwardPass<double>;

} // namespace initlens::propagation
