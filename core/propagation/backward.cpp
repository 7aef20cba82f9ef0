#include "core/propagation/backward.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/moments.h"
#include "core/propagation/weight_gradient.h"

#include <cmath>
#include <limits>
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

/// A power of two for x that keeps sums of products of x in the range of T; one where they are.
template <class T>
double activationScale(ConstMatrixView<T> x)
{
    constexpr double safe = std::is_same_v<T, float> ? 1e10 : 1e100;
    const auto largest = static_cast<double>(x.cwiseAbs().maxCoeff());
    if (!(largest > 0) || !std::isfinite(largest) || (largest < safe && largest > 1 / safe)) {
        return 1;
    }
    // At most the largest exponent of T, so that the factor itself is a number of T.
    const double limit = std::numeric_limits<T>::max_exponent - 2;
    return std::exp2(std::clamp(-std::round(std::log2(largest)), -limit, limit));
}

} // namespace

template <class T>
BackwardPass<T>::BackwardPass(NetworkSource<T>& source, const ForwardPass<T>& forward,
                              const Matrix<T>& cotangent)
    : m_source(source), m_forward(forward), m_tiling(layerTiling(forward.units(), forward.batch())),
      m_delta(forward.units() * forward.batch()), m_next(forward.units() * forward.batch()),
      m_product(forward.outputs() * forward.batch()),
      m_squares(static_cast<std::size_t>(m_tiling.count()), 0.0)
{
    const Index units = forward.units();
    const auto slopes = forward.slopes(source.depth());
    MatrixView<T> delta(m_delta.data(), units, forward.batch());
    delta.setZero();
    for (Index part = 0; part < forward.outputs() / units; ++part) {
        delta.array() += slopes.middleRows(part * units, units).array() *
                         cotangent.middleRows(part * units, units).array();
    }
    for (std::size_t t = 0; t < m_squares.size(); ++t) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        for (Index c = tile.column; c < tile.column + tile.columns; ++c) {
            m_squares[t] += sumOfSquares(&delta(tile.row, c), tile.rows, 1.0);
        }
    }
}

template <class T>
double BackwardPass<T>::bytes(const network::NetworkSpec& spec, Index batch)
{
    const double perUnit = static_cast<double>(batch) * sizeof(T);
    return perUnit * (2 * static_cast<double>(spec.width) +
                      2 * static_cast<double>(network::outputSize(spec)));
}

template <class T>
double BackwardPass<T>::foldSquares() const
{
    return std::accumulate(m_squares.begin(), m_squares.end(), 0.0);
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
    if (m_forward.keepsGrams()) {
        const auto& layout = m_forward.gramLayout();
        return {.tasks = layout.blocks(),
                .task =
                    [this, layer, delta, &layout](Index index) {
                        std::vector<T> gram(static_cast<std::size_t>(layout.blockElements()));
                        gramBlock(delta, T(1), layout.block(index), gram.data());
                        return gramProduct(gram.data(), m_forward.gram(layer - 1, index),
                                           layout.block(index));
                    },
                .scale = m_forward.gramScale(layer - 1)};
    }
    const auto x = m_forward.activations(layer - 1);
    const double scale = activationScale(x);
    const FormedGradient<T> formed(delta, x, static_cast<T>(scale));
    return {.tasks = formed.tasks(),
            .task = [formed](Index index) { return formed.task(index); },
            .scale = scale};
}

template <class T>
void BackwardPass<T>::step(Index layer, LayerStatistics& statistics, const Execution& execution)
{
    const auto batch = static_cast<double>(m_forward.batch());
    const double squares = foldSquares();
    const double log10Scale = m_log2Scale * std::log10(2.0);
    statistics.log10GradientNorm = std::log10(squares / batch) / 2 + log10Scale;

    const auto gradient = weightGradient(layer);
    std::vector<double> parts(static_cast<std::size_t>(gradient.tasks));
    m_rescale = powerOfTwoScale(squares / batch);
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
    }
}

template class BackwardPass<float>;
template class BackwardPass<double>;

} // namespace initlens::propagation
