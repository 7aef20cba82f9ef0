#include "core/propagation/normalisation.h"

#include "core/base/parallel.h"
#include "core/propagation/moments.h"

#include <cmath>

namespace initlens::propagation {

namespace {

using network::normalisationEpsilon;
/// Units or columns that one task takes.
constexpr Index stretch = 64;

} // namespace

template <class T>
Normaliser<T>::Normaliser(network::Normalisation kind, const Tiling& tiling, Index layers)
    : m_kind(kind), m_tiling(tiling), m_slots(isOn() ? layers : 0),
      m_normalised(m_slots * tiling.rows * tiling.columns), m_inverseDeviations(m_slots * sets()),
      m_means(static_cast<std::size_t>(isOn() ? sets() : 0))
{}

template <class T>
double Normaliser<T>::bytes(network::Normalisation kind, Index units, Index columns, Index layers)
{
    if (kind == network::Normalisation::None) {
        return 0;
    }
    const Index sets = kind == network::Normalisation::Batch ? units : columns;
    return static_cast<double>(layers) * static_cast<double>(units * columns + sets) * sizeof(T);
}

template <class T>
Index Normaliser<T>::sets() const
{
    return m_kind == network::Normalisation::Batch ? m_tiling.rows : m_tiling.columns;
}

template <class T>
ConstMatrixView<T> Normaliser<T>::normalised(Index layer) const
{
    return {m_normalised.data() + (layer - 1) % m_slots * m_tiling.rows * m_tiling.columns,
            m_tiling.rows, m_tiling.columns};
}

template <class T>
const T* Normaliser<T>::inverseDeviations(Index layer) const
{
    return m_inverseDeviations.data() + (layer - 1) % m_slots * sets();
}

template <class T>
void Normaliser<T>::measure(Index layer, const T* h, const Execution& execution)
{
    T* inverse = m_inverseDeviations.data() + (layer - 1) % m_slots * sets();
    const auto settle = [&](Index set, const RunningMoments& moments) {
        m_means[static_cast<std::size_t>(set)] = static_cast<T>(moments.mean);
        inverse[set] = static_cast<T>(
            1 / std::sqrt(moments.squaredDeviations / moments.count + normalisationEpsilon));
    };
    const bool byUnit = m_kind == network::Normalisation::Batch;
    const Index across = byUnit ? m_tiling.rowTiles() : m_tiling.columnTiles();
    const Index along = byUnit ? m_tiling.columnTiles() : m_tiling.rowTiles();
    parallelFor(static_cast<std::size_t>(across), execution, [&](std::size_t a) {
        std::vector<RunningMoments> moments;
        std::vector<T> values;
        Index first = 0;
        for (Index b = 0; b < along; ++b) {
            const auto i = static_cast<Index>(a);
            const auto tile =
                m_tiling.tile(byUnit ? b * m_tiling.rowTiles() + i : i * m_tiling.rowTiles() + b);
            const T* elements = h + tile.offset;
            first = byUnit ? tile.row : tile.column;
            moments.resize(static_cast<std::size_t>(byUnit ? tile.rows : tile.columns));
            for (std::size_t set = 0; set < moments.size(); ++set) {
                const auto s = static_cast<Index>(set);
                if (byUnit) {
                    values.resize(static_cast<std::size_t>(tile.columns));
                    for (Index c = 0; c < tile.columns; ++c) {
                        values[static_cast<std::size_t>(c)] = elements[c * tile.rows + s];
                    }
                    moments[set].merge(momentsOf(values.data(), tile.columns, 1.0));
                } else {
                    moments[set].merge(momentsOf(elements + s * tile.rows, tile.rows, 1.0));
                }
            }
        }
        for (std::size_t set = 0; set < moments.size(); ++set) {
            settle(first + static_cast<Index>(set), moments[set]);
        }
    });
}

template <class T>
const T* Normaliser<T>::normalise(Index layer, const Tiling::Tile& tile, Index column, const T* h)
{
    const T* inverse = inverseDeviations(layer);
    T* n = m_normalised.data() +
           ((layer - 1) % m_slots * m_tiling.columns + tile.column + column) * m_tiling.rows +
           tile.row;
    if (m_kind == network::Normalisation::Batch) {
        const T* mean = m_means.data() + tile.row;
        for (Index i = 0; i < tile.rows; ++i) {
            n[i] = (h[i] - mean[i]) * inverse[tile.row + i];
        }
    } else {
        const T mean = m_means[static_cast<std::size_t>(tile.column + column)];
        const T scale = inverse[tile.column + column];
        for (Index i = 0; i < tile.rows; ++i) {
            n[i] = (h[i] - mean) * scale;
        }
    }
    return n;
}

template <class T>
void Normaliser<T>::sendBack(Index layer, T* gradient, const Execution& execution) const
{
    const bool byUnit = m_kind == network::Normalisation::Batch;
    const Index units = m_tiling.rows;
    const Index columns = m_tiling.columns;
    const T* n = normalised(layer).data();
    const T* inverse = inverseDeviations(layer);
    const auto tasks = static_cast<std::size_t>((sets() + stretch - 1) / stretch);
    parallelFor(tasks, execution, [&](std::size_t task) {
        const Index first = static_cast<Index>(task) * stretch;
        const Index last = std::min(first + stretch, sets());
        if (byUnit) {
            std::vector<double> sums(static_cast<std::size_t>(last - first), 0.0);
            std::vector<double> products(sums.size(), 0.0);
            for (Index c = 0; c < columns; ++c) {
                for (Index u = first; u < last; ++u) {
                    const auto g = static_cast<double>(gradient[c * units + u]);
                    sums[static_cast<std::size_t>(u - first)] += g;
                    products[static_cast<std::size_t>(u - first)] +=
                        g * static_cast<double>(n[c * units + u]);
                }
            }
            const double share = 1 / static_cast<double>(columns);
            for (Index c = 0; c < columns; ++c) {
                for (Index u = first; u < last; ++u) {
                    const auto i = static_cast<std::size_t>(u - first);
                    T& g = gradient[c * units + u];
                    g = (g - static_cast<T>(sums[i] * share) -
                         n[c * units + u] * static_cast<T>(products[i] * share)) *
                        inverse[u];
                }
            }
            return;
        }
        for (Index c = first; c < last; ++c) {
            T* g = gradient + c * units;
            const T* column = n + c * units;
            double sum = 0;
            double product = 0;
            for (Index u = 0; u < units; ++u) {
                sum += static_cast<double>(g[u]);
                product += static_cast<double>(g[u]) * static_cast<double>(column[u]);
            }
            const auto mean = static_cast<T>(sum / static_cast<double>(units));
            const auto along = static_cast<T>(product / static_cast<double>(units));
            for (Index u = 0; u < units; ++u) {
                g[u] = (g[u] - mean - column[u] * along) * inverse[c];
            }
        }
    });
}

template class Normaliser<float>;
template class Normaliser<double>;

} // namespace initlens::propagation
