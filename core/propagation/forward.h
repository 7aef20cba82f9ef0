#pragma once

#include "core/base/buffer.h"
#include "core/propagation/gram.h"
#include "core/propagation/keep.h"
#include "core/propagation/network_source.h"
#include "core/propagation/normalisation.h"
#include "core/propagation/statistics.h"
#include "core/propagation/tiles.h"

#include <functional>
#include <vector>

namespace initlens::propagation {

/// The forward pass of one network over a batch, with everything that the backward pass and the
/// Jacobian need from it:
///
///     h^l = W^l x^{l-1} + b^l,   x^l = phi(h^l),   slopes phi'(h^l),   l = 1 .. L.
///
/// and what the architecture puts around it: skip connections, normalisation, a kernel in place of
/// the matrix. A column of the matrices is one pixel of one sample (pixels.h); a dense network has
/// one pixel.
///
/// A layer is computed in tiles by the current workers: matrix product, bias, activation and all
/// sums in one visit of the cache. With a data-dependent initializer the layer's weights are scaled
/// to unit output variance first (Mishkin and Matas 2016). T is float or double.
template <class T>
class ForwardPass {
public:
    /// `input` is x^0, inputSize x batch, in the outer order of pixels. `pairs` asks for the cosine
    /// of columns 2k and 2k+1.
    ForwardPass(NetworkSource<T>& source, Matrix<T> input, Keep keep, bool pairs);

    /// Computes layer `layer`; layers come in the order 1, 2, ... and must be prepared in the
    /// source. After a stop request the result is undefined.
    LayerStatistics step(Index layer, const Execution& execution);

    /// Makes slopes(l), and of the layers before them activations and Gram matrices, valid for
    /// first <= l <= last once the pass has reached the last layer; with checkpoints at most
    /// keep.together + 1 of them. Other layers may become invalid, in the source too. What is not
    /// kept is computed again from a checkpoint. Returns early, with undefined contents, once a
    /// stop is requested.
    void load(Index first, Index last, const Execution& execution);

    /// Samples B.
    [[nodiscard]] Index batch() const { return m_input.cols() / pixels(); }
    /// Pixels times samples.
    [[nodiscard]] Index columns() const { return m_input.cols(); }
    [[nodiscard]] Index pixels() const { return m_structure.geometry.pixels(); }
    [[nodiscard]] const network::Structure& structure() const { return m_structure; }
    /// Rows of h^l in the inner order of pixels: channels of a convolution.
    [[nodiscard]] Index units() const { return m_tiling.rows; }
    /// Rows of x^l for l >= 1, likewise.
    [[nodiscard]] Index outputs() const { return m_outputs; }
    /// Whether x^{l-1} is added to the outcome of layer `layer`.
    [[nodiscard]] bool addsInput(Index layer) const
    {
        return m_structure.skip.kind == network::Skip::Kind::AroundActivation &&
               (layer > 1 || m_input.rows() == m_outputs);
    }
    /// Whether samples 2k and 2k+1 are a pair.
    [[nodiscard]] bool hasPairs() const { return m_pairs; }
    [[nodiscard]] const Normaliser<T>& normaliser() const { return m_normaliser; }

    /// x^l, l = 0 .. L, outputs x columns: the input and the last two layers; every layer where the
    /// backward pass needs them and not their Gram matrices.
    [[nodiscard]] ConstMatrixView<T> activations(Index layer) const;
    /// Whether the Gram matrices are there (gradientsByGram), and with them less of all else.
    [[nodiscard]] bool keepsGrams() const { return m_grams.size() > 0; }
    [[nodiscard]] const GramLayout& gramLayout() const { return m_gramLayout; }
    /// One block of the Gram matrix of gramScale(l) x^l, 0 <= l < L, once layer l+1 is computed.
    [[nodiscard]] const T* gram(Index layer, Index block) const { return gramMemory(layer, block); }
    [[nodiscard]] double gramScale(Index layer) const
    {
        return m_gramScales[static_cast<std::size_t>(layer)];
    }
    /// phi' of what goes into the activation, of a layer that is still kept: outputs x columns, a
    /// part above the other.
    [[nodiscard]] ConstMatrixView<T> slopes(Index layer) const;
    /// The same of one sample, in the outer order of pixels.
    [[nodiscard]] Vector<double> slopesAt(Index layer, Index sample) const;
    /// Of the layer that was computed last, at every pixel (rows) of the first `samples` samples
    /// (columns): the mean over the units of h^2, and of h of sample 2k times h of sample 2k + 1.
    /// Infinite where squares leave the range of a double.
    [[nodiscard]] Matrix<double> pixelSquares(Index samples) const;
    [[nodiscard]] Matrix<double> pixelProducts(Index samples) const;
    /// h of the layer that was computed last, element order unspecified: units x columns numbers.
    [[nodiscard]] std::span<const T> preactivations() const;

    /// Bytes that a pass of this shape allocates.
    static double bytes(const network::NetworkSpec& spec, Index batch, Keep keep);

private:
    struct TileSums;
    [[nodiscard]] T* preactivationMemory(Index layer) const;
    template <class Sum>
    void forPixelColumns(Index samples, const Sum& sum) const;
    void multiplyTile(Index layer, const Tiling::Tile& tile, T* h) const;
    void joinTile(Index layer, const Tiling::Tile& tile, T* h) const;
    [[nodiscard]] Index columnsTogether(const Tiling::Tile& tile) const;
    void finishTile(Index layer, const Tiling::Tile& tile, T* h, TileSums& sums);
    void calibrate(Index layer, const Execution& execution);
    [[nodiscard]] LayerStatistics fold(Index layer, const std::vector<TileSums>& tiles) const;
    [[nodiscard]] Index activationSlot(Index layer) const;
    [[nodiscard]] Index slopeSlot(Index layer) const;
    [[nodiscard]] T* gramMemory(Index layer, Index block) const;
    [[nodiscard]] Index checkpointSize() const;
    void saveCheckpoint(Index layer);
    void restoreCheckpoint(Index layer);
    void setScales(Index layer, double log10MeanSquare);

    NetworkSource<T>& m_source;
    Keep m_keep;
    network::Structure m_structure;
    Matrix<T> m_input; ///< in the inner order
    bool m_pairs;
    Index m_outputs;
    Tiling m_tiling;
    Index m_activationSlots; ///< layers whose x is kept, cyclically
    Index m_slopeSlots;
    Buffer<T> m_activations;
    Buffer<T> m_slopes;
    GramLayout m_gramLayout;
    Buffer<T> m_grams; ///< empty unless they are kept
    std::vector<double> m_gramScales;
    Index m_preactivationSlots;
    Buffer<T> m_preactivations;
    Normaliser<T> m_normaliser;
    Buffer<T> m_checkpoints;
    std::vector<double> m_log10Squares; ///< of x^l, which decide the scales of the layer after
    Index m_firstLoaded = 1;            ///< of the layers up to m_current that are kept
    bool m_replays = false;
    Index m_current = 0;               ///< the layer that was computed last
    std::vector<std::uint8_t> m_alive; ///< per column tile and unit: some slope is not zero
    double m_scale = 1;                ///< power of two that keeps squares within a double's range
    double m_saturation = 0;           ///< 5 % of the largest slope
};

extern template class ForwardPass<float>;
extern template class ForwardPass<double>;

} // namespace initlens::propagation
