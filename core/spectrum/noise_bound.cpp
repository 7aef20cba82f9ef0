#include "core/spectrum/noise_bound.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace initlens::spectrum {

std::vector<double> noiseBounds(const std::vector<double>& values, const Noise& noise)
{
    const std::size_t count = values.size();
    const double e = noise.element;
    const double most = e * (noise.units + 2 * std::sqrt(2 * static_cast<double>(count)));
    std::vector<double> bounds(count);
    for (std::size_t i = 0; i < count; ++i) {
        double crowd = e * noise.units;
        double push = noise.mirrored && values[i] > 0 ? e * e * noise.others / (2 * values[i]) : 0;
        for (std::size_t k = 1; k < count && crowd < most; k *= 2) {
            // Of 2k - 1 neighbours at least k stand on one side, so all others are at least as far
            // away as the nearer one of the two that are k places away.
            constexpr double infinity = std::numeric_limits<double>::infinity();
            const double above = i >= k ? values[i - k] - values[i] : infinity;
            const double below = i + k < count ? values[i] - values[i + k] : infinity;
            const double distance = std::min(above, below);
            const auto members = static_cast<double>(4 * k);
            if (distance < e * (noise.units + 2 * std::sqrt(members))) {
                crowd = e * (noise.units + 2 * std::sqrt(members));
                push = 0;
            } else if (distance < infinity) {
                push += e * e * members / distance;
            }
        }
        bounds[i] = std::min(crowd, most) + push;
    }
    return bounds;
}

} // namespace initlens::spectrum
