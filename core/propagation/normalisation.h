#pragma once

#include "core/base/buffer.h"
#include "core/base/execution.h"
#include "core/network/architecture.h"
#include "core/propagation/tiles.h"

#include <vector>

namespace initlens::propagation {

/// Batch and layer normalisation without learned scale or shift:
///
///     n = (h - mean) / sqrt(variance + 1e-5),
///
/// over the columns of each unit (Ioffe and Szegedy 2015, algorithm 1) or over the units of each
/// column (Ba, Kiros and Hinton 2016, equation 4). T is float or double.
template <class T>
class Normaliser {
public:
    /// `layers` are kept at a time; nothing is allocated with Normalisation::None.
    Normaliser(network::Normalisation kind, const Tiling& tiling, Index layers);

    [[nodiscard]] bool isOn() const { return m_kind != network::Normalisation::None; }

    /// Means and deviations of a layer's h, which is stored tile after tile.
    void measure(Index layer, const T* h, const Execution& execution);
    /// n of one column of a tile, which is kept at the place that is returned.
    const T* normalise(Index layer, const Tiling::Tile& tile, Index column, const T* h);

    /// From the derivatives with respect to n (units x columns) to those with respect to h, in
    /// place:
    ///
    ///     dh = (dn - <dn> - n <dn n>) / sqrt(variance + 1e-5),
    ///
    /// with <.> the mean over the set that was normalised. After a stop request undefined.
    void sendBack(Index layer, T* gradient, const Execution& execution) const;

    /// n of a kept layer, units x columns.
    [[nodiscard]] ConstMatrixView<T> normalised(Index layer) const;
    /// 1 / sqrt(variance + 1e-5), one per unit or one per column.
    [[nodiscard]] const T* inverseDeviations(Index layer) const;

    /// Bytes for `layers` layers of this shape.
    static double bytes(network::Normalisation kind, Index units, Index columns, Index layers);

private:
    [[nodiscard]] Index sets() const;

    network::Normalisation m_kind;
    Tiling m_tiling;
    Index m_slots;
    Buffer<T> m_normalised;
    Buffer<T> m_inverseDeviations;
    std::vector<T> m_means; ///< of the layer measured last
};

extern template class Normaliser<float>;
extern template class Normaliser<double>;

} // namespace initlens::propagation
