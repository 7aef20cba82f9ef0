#include "core/propagation/forward.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/moments.h"
#include "core/propagation/pixels.h"
#include "core/propagation/weight_gradient.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace initlens::propagation {

namespace {

constexpr double saturatedShare = 0.05;

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

bool gramsAreKept(const network::NetworkSpec& spec, Index batch, Keep keep)
{
    return keep.forBackward() && gradientsByGram(spec, batch);
}

Index activationSlots(const network::NetworkSpec& spec, Index batch, Keep keep)
{
    return gramsAreKept(spec, batch, keep) ? std::min<Index>(2, spec.depth)
                                           : keep.layers(spec.depth);
}

/// Gram matrices belong to x^{l-1}, one layer before the slopes.
Index gramSlots(const network::NetworkSpec& spec, Keep keep)
{
    return keep.recomputes() ? keep.layers(spec.depth) + 1 : spec.depth;
}

Index columnCount(const network::NetworkSpec& spec, Index batch)
{
    return network::structureOf(spec).geometry.pixels() * batch;
}

/// Layers whose h is kept: those that a sum over two layers reaches back to.
Index preactivationSlots(const network::Structure& structure)
{
    return structure.skip.kind == network::Skip::Kind::AroundTwoLayers ? 3 : 1;
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
    : m_source(source), m_keep(keep), m_structure(network::structureOf(source.draw().spec)),
      m_input(toPixelColumns(std::move(input), pixels())), m_pairs(pairs),
      m_outputs(network::outputChannels(source.draw().spec)),
      m_tiling(layerTiling(source.draw().spec.width, m_input.cols())),
      m_activationSlots(activationSlots(source.draw().spec, batch(), keep)),
      m_slopeSlots(keep.layers(source.depth())),
      m_activations(m_activationSlots * m_outputs * columns()),
      m_slopes(m_slopeSlots * m_outputs * columns()), m_gramLayout(batch()),
      m_gramScales(static_cast<std::size_t>(source.depth() + 1), 1.0),
      m_preactivationSlots(preactivationSlots(m_structure)),
      m_preactivations(m_preactivationSlots * units() * columns()),
      m_normaliser(m_structure.normalisation, m_tiling, m_slopeSlots),
      m_saturation(saturatedShare * activations::largestSlope(source.draw().spec.activation))
{
    if (gramsAreKept(source.draw().spec, batch(), keep)) {
        m_grams = Buffer<T>(gramSlots(source.draw().spec, keep) * m_gramLayout.elements());
    }
    m_checkpoints = Buffer<T>(keep.checkpointCount(source.depth()) * checkpointSize());
    m_log10Squares.resize(static_cast<std::size_t>(source.depth() + 1));
    m_alive.resize(static_cast<std::size_t>(m_tiling.columnTiles() * units()));
    double squares = 0;
    for (Index column = 0; column < columns(); ++column) {
        squares += sumOfSquares(&m_input(0, column), m_input.rows(), 1.0) /
                   static_cast<double>(m_input.size());
    }
    setScales(0, std::log10(squares));
}

template <class T>
double ForwardPass<T>::bytes(const network::NetworkSpec& spec, Index batch, Keep keep)
{
    const double perLayer =
        static_cast<double>(network::outputSize(spec)) * static_cast<double>(batch) * sizeof(T);
    const auto structure = network::structureOf(spec);
    const auto slots = static_cast<double>(activationSlots(spec, batch, keep) +
                                           keep.layers(spec.depth) + preactivationSlots(structure));
    const double normalised = Normaliser<T>::bytes(
        structure.normalisation, spec.width, columnCount(spec, batch), keep.layers(spec.depth));
    const double grams = gramsAreKept(spec, batch, keep)
                             ? static_cast<double>(GramLayout(batch).elements()) * sizeof(T)
                             : 0;
    // A checkpoint holds x, and where a sum reaches over two layers h of two.
    const double saved =
        static_cast<double>(keep.checkpointCount(spec.depth)) *
        (perLayer + (preactivationSlots(structure) > 1 ? 2 * sizeof(T) : 0) *
                        static_cast<double>(spec.width * columnCount(spec, batch)));
    return slots * perLayer + normalised + saved +
           grams * static_cast<double>(gramSlots(spec, keep));
}

template <class T>
Index ForwardPass<T>::activationSlot(Index layer) const
{
    return (layer - 1) % m_activationSlots * m_outputs * columns();
}

template <class T>
Index ForwardPass<T>::slopeSlot(Index layer) const
{
    return (layer - 1) % m_slopeSlots * m_outputs * columns();
}

template <class T>
ConstMatrixView<T> ForwardPass<T>::activations(Index layer) const
{
    if (layer == 0) {
        return {m_input.data(), m_input.rows(), m_input.cols()};
    }
    return {m_activations.data() + activationSlot(layer), m_outputs, columns()};
}

template <class T>
ConstMatrixView<T> ForwardPass<T>::slopes(Index layer) const
{
    return {m_slopes.data() + slopeSlot(layer), m_outputs, columns()};
}

template <class T>
T* ForwardPass<T>::gramMemory(Index layer, Index block) const
{
    const Index slot = layer % gramSlots(m_source.draw().spec, m_keep);
    return m_grams.data() + slot * m_gramLayout.elements() + block * m_gramLayout.blockElements();
}

template <class T>
void ForwardPass<T>::setScales(Index layer, double log10MeanSquare)
{
    // Sums of squares are in double precision, Gram matrices in T.
    constexpr double safeInDouble = 200;
    constexpr double safeInT = std::is_same_v<T, float> ? 24 : safeInDouble;
    m_log10Squares[static_cast<std::size_t>(layer)] = log10MeanSquare;
    m_scale = scaleForSquares<double>(log10MeanSquare, safeInDouble);
    m_gramScales[static_cast<std::size_t>(layer)] = scaleForSquares<T>(log10MeanSquare, safeInT);
}

template <class T>
Vector<double> ForwardPass<T>::slopesAt(Index layer, Index sample) const
{
    return fromPixelColumns(slopes(layer), pixels(), sample);
}

template <class T>
T* ForwardPass<T>::preactivationMemory(Index layer) const
{
    return m_preactivations.data() + layer % m_preactivationSlots * units() * columns();
}

template <class T>
std::span<const T> ForwardPass<T>::preactivations() const
{
    return {preactivationMemory(m_current), static_cast<std::size_t>(units() * columns())};
}

template <class T>
void ForwardPass<T>::multiplyTile(Index layer, const Tiling::Tile& tile, T* h) const
{
    const auto weights = m_source.weights(layer);
    const auto x = activations(layer - 1);
    const Index taps = m_source.storedShape(layer).taps;
    const T* right = x.data() + tile.column * x.rows();
    std::unique_ptr<T[]> gathered;
    if (taps > 1) {
        gathered = std::make_unique_for_overwrite<T[]>(
            static_cast<std::size_t>(weights.cols() * tile.columns));
        for (Index tap = 0; tap < taps; ++tap) {
            gatherTap(m_structure.geometry, batch(), Way::Forward, tap, x, tile.column,
                      tile.columns, gathered.get() + tap * x.rows(), weights.cols());
        }
        right = gathered.get();
    }
    gemm(Op::None, Op::None, tile.rows, tile.columns, weights.cols(), T(1),
         weights.data() + tile.row, weights.rows(), right, weights.cols(), T(0), h, tile.rows);
    if (m_source.hasBiases()) {
        const auto biases = m_source.biases(layer);
        MatrixView<T>(h, tile.rows, tile.columns).colwise() +=
            biases.col(0).segment(tile.row, tile.rows);
    }
}

/// Adds what comes past two layers.
template <class T>
void ForwardPass<T>::joinTile(Index layer, const Tiling::Tile& tile, T* h) const
{
    const auto skip = static_cast<T>(m_structure.skip.skip);
    const auto branch = static_cast<T>(m_structure.skip.branch);
    const T* before = preactivationMemory(layer - 2) + tile.offset;
    for (Index i = 0; i < tile.rows * tile.columns; ++i) {
        h[i] = skip * before[i] + branch * h[i];
    }
}

/// Columns of a tile that lie without gaps in every array and may be summed as one: short ones, as
/// the pixels of a few channels are, cost more to begin than to go through.
template <class T>
Index ForwardPass<T>::columnsTogether(const Tiling::Tile& tile) const
{
    constexpr Index enough = 1024;
    const bool gapless = tile.rows == m_outputs && !m_pairs && !m_normaliser.isOn();
    return gapless ? std::max<Index>(1, enough / tile.rows) : 1;
}

template <class T>
void ForwardPass<T>::finishTile(Index layer, const Tiling::Tile& tile, T* h, TileSums& sums)
{
    const auto& activation = m_source.draw().spec.activation;
    const auto evaluate = activation->template evaluate<T>();
    const int parts = activation->outputsPerUnit;
    const Index stride = units();
    T* x = m_activations.data() + activationSlot(layer) + tile.column * m_outputs + tile.row;
    T* slope = m_slopes.data() + slopeSlot(layer) + tile.column * m_outputs + tile.row;
    std::uint8_t* alive = m_alive.data() + tile.columnTile * units() + tile.row;
    const T* below = activations(layer - 1).data() + tile.column * m_outputs + tile.row;
    const auto skip = static_cast<T>(m_structure.skip.skip);
    const auto branch = static_cast<T>(m_structure.skip.branch);
    if (m_pairs) {
        sums.columnSquares.assign(static_cast<std::size_t>(tile.columns), 0.0);
        sums.pairProducts.assign(static_cast<std::size_t>(tile.columns / 2), 0.0);
    }
    const Index together = columnsTogether(tile);
    for (Index c = 0; c < tile.columns; c += together) {
        const Index count = tile.rows * std::min(together, tile.columns - c);
        const T* hColumn = h + c * tile.rows;
        T* xColumn = x + c * m_outputs;
        T* slopeColumn = slope + c * m_outputs;
        const double squares = sumOfSquares(hColumn, count, m_scale);
        sums.preactivationSquares += squares;
        if (m_pairs) {
            sums.columnSquares[static_cast<std::size_t>(c)] = squares;
            if (c % 2 == 1) {
                sums.pairProducts[static_cast<std::size_t>(c / 2)] =
                    scaledDot(hColumn - tile.rows, hColumn, tile.rows, m_scale);
            }
        }
        const T* in =
            m_normaliser.isOn() ? m_normaliser.normalise(layer, tile, c, hColumn) : hColumn;
        evaluate(in, xColumn, slopeColumn, count, stride, activation.values.data());
        for (int p = 0; p < parts; ++p) {
            T* part = xColumn + p * stride;
            if (addsInput(layer)) {
                const T* belowPart = below + c * m_outputs + p * stride;
                for (Index i = 0; i < count; ++i) {
                    part[i] = skip * belowPart[i] + branch * part[i];
                }
            }
            sums.activationSquares += sumOfSquares(part, count, m_scale);
            sums.activations.merge(momentsOf(part, count, m_scale));
        }
        for (Index at = 0; at < count; at += tile.rows) {
            sums.saturated += inspectSlopes(slopeColumn + at, tile.rows, stride, parts,
                                            static_cast<T>(m_saturation), alive);
        }
    }
}

template <class T>
void ForwardPass<T>::calibrate(Index layer, const Execution& execution)
{
    const auto& initializer = m_source.draw().spec.initializer;
    const auto [tolerance, iterations] = initializer->calibration(initializer.values);
    for (int i = 0; i < iterations && !execution.stopRequested(); ++i) {
        std::vector<RunningMoments> tiles(static_cast<std::size_t>(m_tiling.count()));
        parallelFor(tiles.size(), execution, [&](std::size_t t) {
            const auto tile = m_tiling.tile(static_cast<Index>(t));
            T* h = preactivationMemory(layer) + tile.offset;
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
        m_source.rescale(layer, 1 / std::sqrt(variance), execution);
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
        // The pixels of a sample belong to one cosine.
        for (std::size_t c = 0; c < tile.columnSquares.size(); ++c) {
            squares[(first + c) % squares.size()] += tile.columnSquares[c];
        }
        for (std::size_t k = 0; k < tile.pairProducts.size(); ++k) {
            products[(first / 2 + k) % products.size()] += tile.pairProducts[k];
        }
    }
    const double pairsOfUnits = static_cast<double>(units()) * static_cast<double>(columns());
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
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    const bool finite = std::isfinite(all.preactivationSquares);
    s.deadFraction = finite ? static_cast<double>(dead) / static_cast<double>(units()) : unknown;
    s.saturatedFraction = finite ? static_cast<double>(all.saturated) / pairsOfUnits : unknown;
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
    if (m_source.draw().spec.initializer->calibration != nullptr && !m_replays) {
        calibrate(layer, execution);
    }
    m_current = layer;
    std::fill(m_alive.begin(), m_alive.end(), std::uint8_t{0});
    std::vector<TileSums> tiles(static_cast<std::size_t>(m_tiling.count()));
    const auto multiply = [&](const Tiling::Tile& tile) {
        T* h = preactivationMemory(layer) + tile.offset;
        multiplyTile(layer, tile, h);
        if (m_structure.joinsPreactivations(layer)) {
            joinTile(layer, tile, h);
        }
        return h;
    };
    if (m_normaliser.isOn()) {
        parallelFor(tiles.size(), execution,
                    [&](std::size_t t) { multiply(m_tiling.tile(static_cast<Index>(t))); });
        m_normaliser.measure(layer, preactivationMemory(layer), execution);
    }
    const auto grams = static_cast<std::size_t>(keepsGrams() ? m_gramLayout.blocks() : 0);
    // The small tasks last: they even out the ends.
    parallelFor(tiles.size() + grams, execution, [&](std::size_t t) {
        if (t >= tiles.size()) {
            const auto block = static_cast<Index>(t - tiles.size());
            gramBlock(activations(layer - 1), static_cast<T>(gramScale(layer - 1)),
                      m_gramLayout.block(block), gramMemory(layer - 1, block));
            return;
        }
        const auto tile = m_tiling.tile(static_cast<Index>(t));
        T* h = m_normaliser.isOn() ? preactivationMemory(layer) + tile.offset : multiply(tile);
        finishTile(layer, tile, h, tiles[t]);
    });
    const LayerStatistics statistics = fold(layer, tiles);
    setScales(layer, statistics.log10ActivationMeanSquare);
    m_firstLoaded = std::max(m_firstLoaded, layer + 1 - m_slopeSlots);
    if (m_keep.recomputes() && layer % m_keep.every == 0 && layer < m_source.depth() &&
        !m_replays) {
        saveCheckpoint(layer);
    }
    return statistics;
}

template class ForwardPass<float>;
template class ForwardPass<double>;

} // namespace initlens::propagation
