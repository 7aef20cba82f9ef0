#include "core/propagation/forward.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/moments.h"

#include <algorithm>
#include <cmath>

namespace initlens::propagation {

namespace {

constexpr double saturatedShare = 0.05;

/// The power of two that brings numbers of this root mean square near one, or one where squares are
/// safe in double precision anyway.
double safeScale(double log10MeanSquare)
{
    constexpr double safe = 200;
    if (!std::isfinite(log10MeanSquare) || std::abs(log10MeanSquare) < safe) {
        return 1;
    }
    return std::exp2(-std::round(log10MeanSquare / 2 * std::log2(10.0)));
}

/// Counts small slopes and notes which units are alive. `parts` slopes belong to one unit.
template <class T>
std::int64_t inspectSlopes(const T* slopes, Index count, Index stride, int parts, T threshold,
                           std::uint8_t* alive)
{
    std::int32_t saturated = 0;
    if (parts == 1) {
#pragma omp simd reduction(+ : saturated)
        for (Index i = 0; i < count; ++i) {
            saturated += std::abs(slopes[i]) < threshold ? 1 : 0;
            alive[i] = static_cast<std::uint8_t>(alive[i] | (slopes[i] != T(0) ? 1 : 0));
        }
        return saturated;
    }
    for (Index i = 0; i < count; ++i) {
        T largest = 0;
        for (int p = 0; p < parts; ++p) {
            largest = std::max(largest, std::abs(slopes[p * stride + i]));
        }
        saturated += largest < threshold ? 1 : 0;
        alive[i] = static_cast<std::uint8_t>(alive[i] | (largest != T(0) ? 1 : 0));
    }
    return saturated;
}

} // namespace

template <class T>
struct ForwardPass<T>::TileSums {
    double preactivationSquares = 0; ///< of scaled numbers
    double activationSquares = 0;    ///< of scaled numbers
    RunningMoments activations;      ///< of scaled numbers
    std::int64_t saturated = 0;
    std::vector<double> columnSquares; ///< of h, with pairs only
    std::vector<double> pairProducts;  ///< of h, with pairs only
};

template <class T>
ForwardPass<T>::ForwardPass(NetworkSource<T>& source, Matrix<T> input, Keep keep, bool pairs)
    : m_source(source), m_input(std::move(input)), m_keep(keep), m_pairs(pairs),
      m_outputs(network::outputSize(source.draw().spec)),
      m_tiling(layerTiling(source.draw().spec.width, m_input.cols()))
{
    const Index layers = keep == Keep::All ? source.depth() : std::min<Index>(2, source.depth());
    m_activations = Buffer<T>(layers * m_outputs * batch());
    m_slopes = Buffer<T>(layers * m_outputs * batch());
    m_preactivations = Buffer<T>(units() * batch());
    m_alive.resize(static_cast<std::size_t>(m_tiling.columnTiles() * units()));
    m_saturation = saturatedShare * activations::largestSlope(source.draw().spec.activation);
}

template <class T>
double ForwardPass<T>::bytes(const network::NetworkSpec& spec, Index batch, Keep keep)
{
    const double layers =
        keep == Keep::All ? static_cast<double>(spec.depth) : std::min(2.0, static_cast<double>(spec.depth));
    const double perLayer = static_cast<double>(network::outputSize(spec)) *
                            static_cast<double>(batch) * sizeof(T);
    return 2 * layers * perLayer + 2 * perLayer;
}

template <class T>
Index ForwardPass<T>::slot(Index layer) const
{
    return (m_keep == Keep::All ? layer - 1 : (layer - 1) % 2) * m_outputs * batch();
}

template <class T>
ConstMatrixView<T> ForwardPass<T>::activations(Index layer) const
{
    if (layer == 0) {
        return {m_input.data(), m_input.rows(), m_input.cols()};
    }
    return {m_activations.data() + slot(layer), m_outputs, batch()};
}

template <class T>
ConstMatrixView<T> ForwardPass<T>::slopes(Index layer) const
{
    return {m_slopes.data() + slot(layer), m_outputs, batch()};
}

template <class T>
Vector<double> ForwardPass<T>::slopesAt(Index layer, Index sample) const
{
    return slopes(layer).col(sample).template cast<double>();
}

template <class T>
std::span<const T> ForwardPass<T>::preactivations() const
{
    return {m_preactivations.data(), static_cast<std::size_t>(m_preactivations.size())};
}

template <class T>
void ForwardPass<T>::multiplyTile(Index layer, const Tiling::Tile& tile, T* h) const
{
    const auto weights = m_source.weights(layer);
    const auto x = activations(layer - 1);
    gemm(Op::None, Op::None, tile.rows, tile.columns, weights.cols(), T(1),
         weights.data() + tile.row, weights.rows(), x.data() + tile.column * x.rows(), x.rows(),
         T(0), h, tile.rows);
    if (m_source.hasBiases()) {
        const auto biases = m_source.biases(layer);
        MatrixView<T>(h, tile.rows, tile.columns).colwise() +=
            biases.col(0).segment(tile.row, tile.rows);
    }
}

template <class T>
void ForwardPass<T>::finishTile(Index layer, const Tiling::Tile& tile, T* h, TileSums& sums)
{
    const auto& activation = m_source.draw().spec.activation;
    const auto evaluate = activation->template evaluate<T>();
    const int parts = activation->outputsPerUnit;
    const Index stride = units();
    T* x = m_activations.data() + slot(layer) + tile.column * m_outputs + tile.row;
    T* slope = m_slopes.data() + slot(layer) + tile.column * m_outputs + tile.row;
    std::uint8_t* alive = m_alive.data() + tile.columnTile * units() + tile.row;
    if (m_pairs) {
        sums.columnSquares.assign(static_cast<std::size_t>(tile.columns), 0.0);
        sums.pairProducts.assign(static_cast<std::size_t>(tile.columns / 2), 0.0);
    }
    for (Index c = 0; c < tile.columns; ++c) {
        const T* hColumn = h + c * tile.rows;
        T* xColumn = x + c * m_outputs;
        T* slopeColumn = slope + c * m_outputs;
        const double squares = sumOfSquares(hColumn, tile.rows, m_scale);
        sums.preactivationSquares += squares;
        if (m_pairs) {
            sums.columnSquares[static_cast<std::size_t>(c)] = squares;
            if (c % 2 == 1) {
                sums.pairProducts[static_cast<std::size_t>(c / 2)] =
                    scaledDot(hColumn - tile.rows, hColumn, tile.rows, m_scale);
            }
        }
        evaluate(hColumn, xColumn, slopeColumn, tile.rows, stride, activation.values.data());
        for (int p = 0; p < parts; ++p) {
            const T* part = xColumn + p * stride;
            sums.activationSquares += sumOfSquares(part, tile.rows, m_scale);
            sums.activations.merge(momentsOf(part, tile.rows, m_scale));
        }
        sums.saturated += inspectSlopes(slopeColumn, tile.rows, stride, parts,
                                        static_cast<T>(m_saturation), alive);
    }
}

template <class T>
void ForwardPass<T>::calibrate(Index layer, const Execution& execution)
{
    const auto& initializer = m_source.draw().spec.initializer;
    const double tolerance = initializer.values[0];
    const auto iterations = static_cast<int>(initializer.values[1]);
    for (int i = 0; i < iterations && !execution.stopRequested(); ++i) {
        std::vector<RunningMoments> tiles(static_cast<std::size_t>(m_tiling.count()));
        parallelFor(tiles.size(), execution, [&](std::size_t t) {
            const auto tile = m_tiling.tile(static_cast<Index>(t));
            T* h = m_preactivations.data() + tile.offset;
            multiplyTile(layer, tile, h);
            tiles[t] = momentsOf(h, tile.rows * tile.columns, 1.0);
        });
        RunningMoments all;
        for (const auto& tile : tiles) {
            all.merge(tile);
        }
        const double variance = all.squaredDeviations / all.count;
        if (!(variance > 0) || !std::isfinite(variance) || std::abs(variance - 1) < tolerance) {
            return;
        }
        m_source.rescale(layer, 1 / std::sqrt(variance));
    }
}

template <class T>
LayerStatistics ForwardPass<T>::fold(Index layer, const std::vector<TileSums>& tiles) const
{
    TileSums all;
    std::vector<double> squares(m_pairs ? static_cast<std::size_t>(batch()) : 0, 0.0);
    std::vector<double> products(squares.size() / 2, 0.0);
    for (std::size_t t = 0; t < tiles.size(); ++t) {
        const TileSums& tile = tiles[t];
        all.preactivationSquares += tile.preactivationSquares;
        all.activationSquares += tile.activationSquares;
        all.activations.merge(tile.activations);
        all.saturated += tile.saturated;
        const auto first = static_cast<std::size_t>(m_tiling.tile(static_cast<Index>(t)).column);
        for (std::size_t c = 0; c < tile.columnSquares.size(); ++c) {
            squares[first + c] += tile.columnSquares[c];
        }
        for (std::size_t k = 0; k < tile.pairProducts.size(); ++k) {
            products[first / 2 + k] += tile.pairProducts[k];
        }
    }
    const double pairsOfUnits = static_cast<double>(units()) * static_cast<double>(batch());
    const double unscale = 2 * std::log10(m_scale);
    Index dead = 0;
    for (Index u = 0; u < units(); ++u) {
        bool alive = false;
        for (Index c = 0; c < m_tiling.columnTiles(); ++c) {
            alive = alive || m_alive[static_cast<std::size_t>(c * units() + u)] != 0;
        }
        dead += alive ? 0 : 1;
    }
    LayerStatistics s;
    s.layer = layer;
    s.log10PreactivationMeanSquare = std::log10(all.preactivationSquares / pairsOfUnits) - unscale;
    s.activationMean = all.activations.mean / m_scale;
    s.log10ActivationMeanSquare =
        std::log10(all.activationSquares / all.activations.count) - unscale;
    s.log10ActivationVariance =
        std::log10(all.activations.squaredDeviations / all.activations.count) - unscale;
    s.deadFraction = static_cast<double>(dead) / static_cast<double>(units());
    s.saturatedFraction = static_cast<double>(all.saturated) / pairsOfUnits;
    if (m_pairs) {
        double cosines = 0;
        for (std::size_t k = 0; k < products.size(); ++k) {
            cosines += products[k] / (std::sqrt(squares[2 * k]) * std::sqrt(squares[2 * k + 1]));
        }
        s.pairCosine = cosines / static_cast<double>(products.size());
    }
    return s;
}

template <class T>
LayerStatistics ForwardPass<T>::step(Index layer, const Execution& execution)
{
    if (m_source.draw().spec.initializer->unitVarianceOnBatch) {
        calibrate(layer, execution);
    }
    std::fill(m_alive.begin(), m_alive.end(), std::uint8_t{0});
    std::vector<TileSums> tiles(static_cast<std::size_t>(m_tiling.count()));
    parallelFor(tiles.size(), execution, [&](std::size_t t) {
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        T* h = m_preactivations.data() + tile.offset;
        multiplyTile(layer, tile, h);
        finishTile(layer, tile, h, tiles[t]);
    });
    const LayerStatistics statistics = fold(layer, tiles);
    m_scale = safeScale(statistics.log10ActivationMeanSquare);
    return statistics;
}

template class ForwardPass<float>;
template class ForwardPass<double>;

} // namespace initlens::propagation
