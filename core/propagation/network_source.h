#pragma once

#include "core/base/buffer.h"
#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/network/spec.h"

#include <cstdint>
#include <vector>

namespace initlens::propagation {

/// Names one random network: equal values give the same weights and biases, bit by bit.
struct NetworkDraw {
    network::NetworkSpec spec;
    Index inputSize = 0; ///< rows of x_0
    std::uint64_t seed = 0;
    std::uint32_t trial = 0;
};

/// The weights and biases of one network, drawn from their streams when they are asked for.
///
/// With `keep` a layer is drawn once and stays; without, only the layers prepared last are in
/// memory and the others are drawn again. Layers count from 1. Preparing is parallel; reading is
/// free from any thread. T is float or double.
///
///     NetworkSource<float> source(draw, true);
///     source.prepare(1, 8, execution);
///     Matrix<float> h = source.weights(1) * x;
template <class T>
class NetworkSource {
public:
    NetworkSource(NetworkDraw draw, bool keep);

    [[nodiscard]] Index depth() const { return m_draw.spec.depth; }
    [[nodiscard]] const NetworkDraw& draw() const { return m_draw; }
    [[nodiscard]] initializers::WeightShape shape(Index layer) const;
    /// The part of it that is drawn: of kernels with one tap that is not zero, that tap.
    [[nodiscard]] initializers::WeightShape storedShape(Index layer) const;

    /// Whether layers that have been drawn stay.
    [[nodiscard]] bool keeps() const { return m_keep; }
    /// How many layers are worth preparing at a time.
    [[nodiscard]] Index blockLayers() const { return m_blockLayers; }

    /// Makes weights(layer) and biases(layer) valid for first <= layer <= last, where
    /// last - first < blockLayers(); without `keep` other layers become invalid. Returns early,
    /// with undefined contents, once a stop is requested.
    void prepare(Index first, Index last, const Execution& execution);

    /// W of a prepared layer, in its stored shape.
    [[nodiscard]] ConstMatrixView<T> weights(Index layer) const;
    /// b of a prepared layer; only meaningful where hasBiases().
    [[nodiscard]] ConstMatrixView<T> biases(Index layer) const;
    /// False when every bias is zero.
    [[nodiscard]] bool hasBiases() const { return m_hasBiases; }

    /// Multiplies W of a prepared layer by `factor`, now and whenever it is drawn again: the
    /// data-dependent step of layer-sequential unit-variance initialization. After a stop request
    /// the weights are undefined.
    void rescale(Index layer, double factor, const Execution& execution);

private:
    void drawLayer(Index layer, const Execution& execution);
    [[nodiscard]] T* slot(Index layer) const;
    [[nodiscard]] Index memorySize() const;

    NetworkDraw m_draw;
    bool m_keep;
    bool m_hasBiases = false;
    Index m_blockLayers = 1;
    Index m_firstSize = 0;
    Index m_otherSize = 0;
    std::vector<bool> m_drawn;
    std::vector<double> m_scale; ///< empty until something was rescaled
    Index m_preparedFirst = 0;
    Index m_preparedLast = -1;
    Buffer<T> m_memory;
};

/// Layers that are prepared together: enough elements to keep every worker busy.
Index layersPerBlock(const network::NetworkSpec& spec, Index inputSize, bool keep);

extern template class NetworkSource<float>;
extern template class NetworkSource<double>;

} // namespace initlens::propagation
