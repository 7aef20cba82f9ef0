#include "core/propagation/forward.h"

#include <algorithm>

namespace initlens::propagation {

template <class T>
Index ForwardPass<T>::checkpointSize() const
{
    return (m_outputs + (m_preactivationSlots > 1 ? 2 * units() : 0)) * columns();
}

template <class T>
void ForwardPass<T>::saveCheckpoint(Index layer)
{
    T* to = m_checkpoints.data() + (layer / m_keep.every - 1) * checkpointSize();
    to = std::copy_n(activations(layer).data(), m_outputs * columns(), to);
    for (Index back = 0; m_preactivationSlots > 1 && back < 2; ++back) {
        to = std::copy_n(preactivationMemory(layer - std::min(back, layer - 1)),
                         units() * columns(), to);
    }
}

template <class T>
void ForwardPass<T>::restoreCheckpoint(Index layer)
{
    setScales(layer, m_log10Squares[static_cast<std::size_t>(layer)]);
    if (layer == 0) {
        return;
    }
    const T* from = m_checkpoints.data() + (layer / m_keep.every - 1) * checkpointSize();
    std::copy_n(from, m_outputs * columns(), m_activations.data() + activationSlot(layer));
    from += m_outputs * columns();
    for (Index back = 0; m_preactivationSlots > 1 && back < std::min<Index>(2, layer); ++back) {
        std::copy_n(from, units() * columns(), preactivationMemory(layer - back));
        from += units() * columns();
    }
}

template <class T>
void ForwardPass<T>::load(Index first, Index last, const Execution& execution)
{
    first = std::max<Index>(1, first);
    if (first >= m_firstLoaded && last <= m_current) {
        return;
    }
    const Index start = (first - 1) / m_keep.every * m_keep.every;
    restoreCheckpoint(start);
    m_firstLoaded = start + 1;
    m_replays = true;
    const Index block = m_source.blockLayers();
    for (Index from = start + 1; from <= last && !execution.stopRequested(); from += block) {
        const Index to = std::min(from + block - 1, last);
        m_source.prepare(from, to, execution);
        for (Index layer = from; layer <= to && !execution.stopRequested(); ++layer) {
            step(layer, execution);
        }
    }
    m_replays = false;
}

template Index ForwardPass<float>::checkpointSize() const;
template void ForwardPass<float>::saveCheckpoint(Index);
template void ForwardPass<float>::restoreCheckpoint(Index);
template void ForwardPass<float>::load(Index, Index, const Execution&);
template Index ForwardPass<double>::checkpointSize() const;
template void ForwardPass<double>::saveCheckpoint(Index);
template void ForwardPass<double>::restoreCheckpoint(Index);
template void ForwardPass<double>::load(Index, Index, const Execution&);

} // namespace initlens::propagation
