#include "core/propagation/backward.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/moments.h"
#include "core/propagation/pixels.h"
#include "core/propagation/weight_gradient.h"

#include <algorithm>
#include <cmath>
#include <memory>
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

using network::Skip;

/// Numbers of m_past: per unit around two layers, per output around one.
Index pastSize(const Skip& skip, Index units, Index outputs, Index columns)
{
    switch (skip.kind) {
    case Skip::Kind::AroundActivation:
        return outputs * columns;
    case Skip::Kind::AroundTwoLayers:
        return units * columns;
    case Skip::Kind::None:
        break;
    }
    return 0;
}

} // namespace

template <class T>
BackwardPass<T>::BackwardPass(NetworkSource<T>& source, const ForwardPass<T>& forward,
                              const Matrix<T>& cotangent, const Execution& execution)
    : m_source(source), m_forward(forward),
      m_tiling(layerTiling(forward.units(), forward.columns())),
      m_delta(forward.units() * forward.columns()), m_next(forward.units() * forward.columns()),
      m_product(forward.outputs() * forward.columns()),
      m_past(pastSize(forward.structure().skip, forward.units(), forward.outputs(),
                      forward.columns())),
      m_squares(static_cast<std::size_t>(m_tiling.count()), 0.0)
{
    const Matrix<T> v = toPixelColumns(cotangent, forward.pixels());
    const Index parts = forward.outputs() / forward.units();
    parallelFor(m_squares.size(), execution, [&](std::size_t t) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        T* product = m_product.data() + tile.offset * parts;
        for (Index part = 0; part < parts; ++part) {
            MatrixView<T>(product + part * tile.rows * tile.columns, tile.rows, tile.columns) =
                v.block(part * forward.units() + tile.row, tile.column, tile.rows, tile.columns);
        }
        gate(source.depth(), tile, product, m_delta);
    });
    finish(source.depth(), m_delta, execution);
    if (forward.structure().skip.kind == Skip::Kind::AroundActivation) {
        std::swap(m_product, m_past);
    }
    if (forward.structure().skip.kind == Skip::Kind::AroundTwoLayers) {
        std::fill_n(m_past.data(), m_past.size(), T(0));
    }
    settle(execution);
}

template <class T>
double BackwardPass<T>::bytes(const network::NetworkSpec& spec, Index batch)
{
    const auto structure = network::structureOf(spec);
    const Index columns = structure.geometry.pixels() * batch;
    const Index outputs = network::outputChannels(spec);
    // The cotangent is turned into the inner order of pixels first.
    const Index turned = structure.geometry.pixels() > 1 ? outputs * columns : 0;
    return sizeof(T) * static_cast<double>(2 * (spec.width + outputs) * columns + turned +
                                           pastSize(structure.skip, spec.width, outputs, columns));
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
    m_pastScale *= std::exp2(exponent);
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

/// What a layer's product is multiplied by on its way into h.
template <class T>
double BackwardPass<T>::branchOf(Index layer) const
{
    const auto& structure = m_forward.structure();
    return structure.joinsPreactivations(layer) ? structure.skip.branch : 1;
}

/// Derivatives with respect to one tile of x^{layer-1}, as far as they go through layer `layer`.
template <class T>
void BackwardPass<T>::multiplyBack(Index layer, const Tiling::Tile& tile, T* product) const
{
    const Index units = m_forward.units();
    const Index parts = m_forward.outputs() / units;
    const auto weights = m_source.weights(layer);
    const Index taps = m_source.storedShape(layer).taps;
    const Index channels = weights.cols() / taps;
    const T scale = static_cast<T>(m_rescale * branchOf(layer));
    const ConstMatrixView<T> delta(m_delta.data(), units, m_forward.columns());
    if (taps == 1) {
        for (Index part = 0; part < parts; ++part) {
            gemm(Op::Transpose, Op::None, tile.rows, tile.columns, units, scale,
                 weights.data() + (part * units + tile.row) * units, units,
                 delta.data() + tile.column * units, units, T(0),
                 product + part * tile.rows * tile.columns, tile.rows);
        }
        return;
    }
    // One product over all taps: each alone would be too small to be quick.
    const Index stacked = taps * units;
    const auto gathered =
        std::make_unique_for_overwrite<T[]>(static_cast<std::size_t>(stacked * tile.columns));
    for (Index tap = 0; tap < taps; ++tap) {
        gatherTap(m_forward.structure().geometry, m_forward.batch(), Way::Backward, tap, delta,
                  tile.column, tile.columns, gathered.get() + tap * units, stacked);
    }
    Matrix<T> kernel(stacked, tile.rows);
    for (Index part = 0; part < parts; ++part) {
        for (Index tap = 0; tap < taps; ++tap) {
            kernel.middleRows(tap * units, units) =
                weights.middleCols(tap * channels + part * units + tile.row, tile.rows);
        }
        gemm(Op::Transpose, Op::None, tile.rows, tile.columns, stacked, scale, kernel.data(),
             stacked, gathered.get(), stacked, T(0), product + part * tile.rows * tile.columns,
             tile.rows);
    }
}

/// From the derivatives with respect to one tile of x^l to those of what went into the activation.
template <class T>
void BackwardPass<T>::gate(Index layer, const Tiling::Tile& tile, const T* product,
                           Buffer<T>& delta)
{
    const Index units = m_forward.units();
    const Index parts = m_forward.outputs() / units;
    const auto slopes = m_forward.slopes(layer);
    const bool branches = m_forward.addsInput(layer);
    const auto branch = static_cast<T>(m_forward.structure().skip.branch);
    double squares = 0;
    for (Index c = 0; c < tile.columns; ++c) {
        T* next = delta.data() + (tile.column + c) * units + tile.row;
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
        if (branches) {
            for (Index i = 0; i < tile.rows; ++i) {
                next[i] *= branch;
            }
        }
        squares += sumOfSquares(next, tile.rows, 1.0);
    }
    m_squares[static_cast<std::size_t>(tile.index)] = squares;
}

template <class T>
void BackwardPass<T>::sendBack(Index layer, Index tileIndex)
{
    const auto tile = m_tiling.tile(tileIndex);
    const Index parts = m_forward.outputs() / m_forward.units();
    T* product = m_product.data() + tile.offset * parts;
    multiplyBack(layer, tile, product);
    if (m_forward.addsInput(layer)) {
        const auto skip = static_cast<T>(m_forward.structure().skip.skip * m_pastScale * m_rescale);
        const T* past = m_past.data() + tile.offset * parts;
        for (Index i = 0; i < tile.rows * tile.columns * parts; ++i) {
            product[i] += skip * past[i];
        }
    }
    gate(layer - 1, tile, product, m_next);
}

/// What cannot be done tile by tile on the way to delta^layer: the normalisation, and what comes
/// back past two layers.
template <class T>
void BackwardPass<T>::finish(Index layer, Buffer<T>& delta, const Execution& execution)
{
    const auto& structure = m_forward.structure();
    const bool joined = layer + 2 <= m_source.depth() && structure.joinsPreactivations(layer + 2);
    if (!m_forward.normaliser().isOn() && !joined) {
        return;
    }
    if (m_forward.normaliser().isOn()) {
        m_forward.normaliser().sendBack(layer, delta.data(), execution);
    }
    const auto skip = static_cast<T>(structure.skip.skip * m_pastScale * m_rescale);
    parallelFor(m_squares.size(), execution, [&](std::size_t t) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        double squares = 0;
        for (Index c = tile.column; c < tile.column + tile.columns; ++c) {
            T* column = delta.data() + c * m_forward.units() + tile.row;
            const T* past = joined ? m_past.data() + c * m_forward.units() + tile.row : nullptr;
            for (Index i = 0; joined && i < tile.rows; ++i) {
                column[i] += skip * past[i];
            }
            squares += sumOfSquares(column, tile.rows, 1.0);
        }
        m_squares[t] = squares;
    });
}

template <class T>
typename BackwardPass<T>::WeightGradient BackwardPass<T>::weightGradient(Index layer) const
{
    const ConstMatrixView<T> delta(m_delta.data(), m_forward.units(), m_forward.columns());
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
    const FormedGradient<T> formed(delta, m_forward.activations(layer - 1), static_cast<T>(scale),
                                   m_forward.structure().geometry);
    return {.tasks = formed.tasks(),
            .task = [formed](Index index) { return formed.task(index); },
            .scale = scale};
}

/// Mean over the pairs of samples of the cosine of their delta, over all units and pixels.
template <class T>
double BackwardPass<T>::pairCosine(const Execution& execution) const
{
    const Index units = m_forward.units();
    std::vector<double> cosines(static_cast<std::size_t>(m_forward.batch() / 2));
    parallelFor(cosines.size(), execution, [&](std::size_t pair) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (Index pixel = 0; pixel < m_forward.pixels(); ++pixel) {
            const Index column = pixel * m_forward.batch() + 2 * static_cast<Index>(pair);
            const T* a = m_delta.data() + column * units;
            const T* b = a + units;
            product += scaledDot(a, b, units, 1.0);
            first += sumOfSquares(a, units, 1.0);
            second += sumOfSquares(b, units, 1.0);
        }
        cosines[pair] = product / (std::sqrt(first) * std::sqrt(second));
    });
    return std::accumulate(cosines.begin(), cosines.end(), 0.0) /
           static_cast<double>(cosines.size());
}

template <class T>
Matrix<double> BackwardPass<T>::inputGradients(const Execution& execution) const
{
    const auto weights = m_source.weights(1);
    const Index taps = m_source.storedShape(1).taps;
    const Index inputs = weights.cols() / taps;
    const Index columns = m_forward.columns();
    const Index batch = m_forward.batch();
    const ConstMatrixView<T> delta(m_delta.data(), weights.rows(), columns);
    Matrix<T> gradients(inputs, columns);
    constexpr Index stretch = 256;
    parallelFor(static_cast<std::size_t>((columns + stretch - 1) / stretch), execution,
                [&](std::size_t task) {
                    const Index first = static_cast<Index>(task) * stretch;
                    const Index count = std::min(stretch, columns - first);
                    const T* right = delta.data() + first * delta.rows();
                    std::vector<T> gathered;
                    for (Index tap = 0; tap < taps; ++tap) {
                        if (taps > 1) {
                            gathered.resize(static_cast<std::size_t>(delta.rows() * count));
                            gatherTap(m_forward.structure().geometry, batch, Way::Backward, tap,
                                      delta, first, count, gathered.data(), delta.rows());
                            right = gathered.data();
                        }
                        gemm(Op::Transpose, Op::None, inputs, count, delta.rows(), T(1),
                             weights.data() + tap * inputs * delta.rows(), delta.rows(), right,
                             delta.rows(), T(tap == 0 ? 0 : 1), &gradients(0, first), inputs);
                    }
                });
    if (m_forward.addsInput(1)) {
        const auto skip = static_cast<T>(m_forward.structure().skip.skip * m_pastScale);
        const Index parts = m_forward.outputs() / m_forward.units();
        for (Index t = 0; t < m_tiling.count(); ++t) {
            const auto tile = m_tiling.tile(t);
            for (Index part = 0; part < parts; ++part) {
                const ConstMatrixView<T> past(m_past.data() + tile.offset * parts +
                                                  part * tile.rows * tile.columns,
                                              tile.rows, tile.columns);
                gradients.block(part * m_forward.units() + tile.row, tile.column, tile.rows,
                                tile.columns) += skip * past;
            }
        }
    }
    Matrix<double> outer(inputs * m_forward.pixels(), batch);
    parallelFor(static_cast<std::size_t>(batch), execution, [&](std::size_t sample) {
        const auto column = static_cast<Index>(sample);
        outer.col(column) = fromPixelColumns(ConstMatrixView<T>(gradients.data(), inputs, columns),
                                             m_forward.pixels(), column);
    });
    return outer;
}

template <class T>
void BackwardPass<T>::step(Index layer, LayerStatistics& statistics, const Execution& execution)
{
    const auto batch = static_cast<double>(m_forward.batch());
    const double log10Scale = m_log2Scale * std::log10(2.0);
    statistics.log10GradientNorm = std::log10(m_meanSquare) / 2 + log10Scale;

    if (m_forward.hasPairs()) {
        statistics.pairGradientCosine = pairCosine(execution);
    }
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
                                         std::log10(gradient.scale) + log10Scale +
                                         std::log10(std::abs(branchOf(layer)));
    if (layer > 1) {
        finish(layer - 1, m_next, execution);
        m_log2Scale -= std::log2(m_rescale);
        std::swap(m_delta, m_next);
        switch (m_forward.structure().skip.kind) {
        case Skip::Kind::AroundActivation:
            std::swap(m_product, m_past);
            m_pastScale = 1;
            break;
        case Skip::Kind::AroundTwoLayers:
            std::swap(m_next, m_past);
            m_pastScale = m_rescale;
            break;
        case Skip::Kind::None:
            break;
        }
        settle(execution);
    }
}

template class BackwardPass<float>;
template class BackwardPass<double>;

} // namespace initlens::propagation
