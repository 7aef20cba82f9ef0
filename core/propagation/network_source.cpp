#include "core/propagation/network_source.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cassert>

namespace initlens::propagation {

namespace {

/// Slots begin at multiples of a cache line.
template <class T>
Index padded(Index elements)
{
    constexpr Index line = 64 / sizeof(T);
    return (elements + line - 1) / line * line;
}

random::Stream layerStream(const NetworkDraw& draw, random::Purpose purpose, Index layer)
{
    return {.seed = draw.seed,
            .purpose = purpose,
            .layer = static_cast<std::uint32_t>(layer),
            .trial = draw.trial};
}

} // namespace

Index layersPerBlock(const network::NetworkSpec& spec, Index inputSize, bool keep)
{
    // Blocks that are drawn again are used at once, so they should fit into the caches.
    const Index enough = Index{1} << (keep ? 23 : 21);
    const auto stored = [&](Index layer) {
        const auto shape = initializers::storedShape(*spec.initializer.row,
                                                     network::weightShape(spec, inputSize, layer));
        return shape.outputs * shape.inputs;
    };
    const Index largest = std::max<Index>({1, stored(1), stored(std::min<Index>(2, spec.depth))});
    // A residual block of two layers is wanted whole.
    constexpr Index least = 2;
    return std::min<Index>(spec.depth, std::clamp<Index>(enough / largest, least, 1024));
}

template <class T>
NetworkSource<T>::NetworkSource(NetworkDraw draw, bool keep) : m_draw(std::move(draw)), m_keep(keep)
{
    const auto& initializer = m_draw.spec.initializer;
    const auto ownBias = [&](Index layer) {
        return initializer->ownBias != nullptr &&
               initializer->ownBias(shape(layer), initializer.values).has_value();
    };
    m_hasBiases = m_draw.spec.biasStd > 0 || ownBias(1);
    m_blockLayers = layersPerBlock(m_draw.spec, m_draw.inputSize, m_keep);
    const auto size = [&](Index layer) {
        const auto s = storedShape(layer);
        return padded<T>(s.outputs * s.inputs) + (m_hasBiases ? padded<T>(s.outputs) : 0);
    };
    m_firstSize = size(1);
    m_otherSize = depth() > 1 ? size(2) : m_firstSize;
    if (m_keep) {
        m_drawn.assign(static_cast<std::size_t>(depth()), false);
    }
}

template <class T>
Index NetworkSource<T>::memorySize() const
{
    return m_keep ? m_firstSize + (depth() - 1) * m_otherSize
                  : m_blockLayers * std::max(m_firstSize, m_otherSize);
}

template <class T>
initializers::WeightShape NetworkSource<T>::shape(Index layer) const
{
    return network::weightShape(m_draw.spec, m_draw.inputSize, layer);
}

template <class T>
initializers::WeightShape NetworkSource<T>::storedShape(Index layer) const
{
    return initializers::storedShape(*m_draw.spec.initializer.row, shape(layer));
}

template <class T>
T* NetworkSource<T>::slot(Index layer) const
{
    if (m_keep) {
        return m_memory.data() + (layer == 1 ? 0 : m_firstSize + (layer - 2) * m_otherSize);
    }
    return m_memory.data() + (layer - m_preparedFirst) * std::max(m_firstSize, m_otherSize);
}

template <class T>
void NetworkSource<T>::prepare(Index first, Index last, const Execution& execution)
{
    assert(first >= 1 && last <= depth() && last - first < m_blockLayers);
    if (m_memory.size() == 0) {
        // Not before: what is allocated first gets the pages that come quickly, and the passes
        // touch their memory at a higher rate than a draw does.
        m_memory = Buffer<T>(memorySize());
    }
    std::vector<Index> missing;
    for (Index layer = first; layer <= last; ++layer) {
        const bool there = m_keep ? m_drawn[static_cast<std::size_t>(layer - 1)]
                                  : m_preparedFirst == first && layer <= m_preparedLast;
        if (!there) {
            missing.push_back(layer);
        }
    }
    m_preparedFirst = first;
    m_preparedLast = last;
    parallelFor(missing.size(), execution,
                [&](std::size_t i) { drawLayer(missing[i], execution); });
    if (execution.stopRequested()) {
        m_preparedLast = first - 1;
        return;
    }
    if (m_keep) {
        for (const Index layer : missing) {
            m_drawn[static_cast<std::size_t>(layer - 1)] = true;
        }
    }
}

template <class T>
void NetworkSource<T>::drawLayer(Index layer, const Execution& execution)
{
    const auto s = storedShape(layer);
    const auto& initializer = m_draw.spec.initializer;
    T* memory = slot(layer);
    initializer->template fill<T>(MatrixView<T>(memory, s.outputs, s.inputs),
                                  {.shape = shape(layer),
                                   .params = initializer.values,
                                   .stream = layerStream(m_draw, random::Purpose::Weights, layer)},
                                  execution);
    if (!m_scale.empty() && m_scale[static_cast<std::size_t>(layer - 1)] != 1) {
        MatrixView<T>(memory, s.outputs, s.inputs) *=
            static_cast<T>(m_scale[static_cast<std::size_t>(layer - 1)]);
    }
    if (!m_hasBiases) {
        return;
    }
    const std::span<T> biases(memory + padded<T>(s.outputs * s.inputs),
                              static_cast<std::size_t>(s.outputs));
    const auto stream = layerStream(m_draw, random::Purpose::Biases, layer);
    const auto own = initializer->ownBias == nullptr
                         ? std::nullopt
                         : initializer->ownBias(shape(layer), initializer.values);
    if (own) {
        random::fill(stream, random::Law::Uniform, biases, 2 * own->uniformLimit,
                     -own->uniformLimit, execution);
    } else {
        random::fill(stream, random::Law::Normal, biases, m_draw.spec.biasStd, 0.0, execution);
    }
}

template <class T>
ConstMatrixView<T> NetworkSource<T>::weights(Index layer) const
{
    const auto s = storedShape(layer);
    return {slot(layer), s.outputs, s.inputs};
}

template <class T>
ConstMatrixView<T> NetworkSource<T>::biases(Index layer) const
{
    const auto s = storedShape(layer);
    return {slot(layer) + padded<T>(s.outputs * s.inputs), m_hasBiases ? s.outputs : 0, 1};
}

template <class T>
void NetworkSource<T>::rescale(Index layer, double factor, const Execution& execution)
{
    if (m_scale.empty()) {
        m_scale.assign(static_cast<std::size_t>(depth()), 1.0);
    }
    // The product in T is what a new draw will be multiplied by, so that both agree bit by bit.
    const auto s = storedShape(layer);
    double& scale = m_scale[static_cast<std::size_t>(layer - 1)];
    const double before = scale;
    scale *= factor;
    MatrixView<T> weights(slot(layer), s.outputs, s.inputs);
    if (before == 1) {
        weights *= static_cast<T>(scale);
    } else {
        drawLayer(layer, execution);
    }
}

template class NetworkSource<float>;
template class NetworkSource<double>;

} // namespace initlens::propagation
