#include "core/experiment/pooled_spectrum.h"

#include "core/experiment/quantiles.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace initlens::experiment {

diagnostics::PooledSpectrum pooledOf(const std::vector<spectrum::LayerSpectrumPointer>& spectra)
{
    diagnostics::PooledSpectrum pooled;
    std::vector<spectrum::ValueQuantiles> quantiles;
    for (const auto& spectrum : spectra) {
        if (spectrum != nullptr) {
            ++pooled.replicas;
            pooled.exactZeros += spectrum->exactZeros;
            pooled.log10Values.insert(pooled.log10Values.end(), spectrum->log10Values.begin(),
                                      spectrum->log10Values.end());
            quantiles.push_back(spectrum::valueQuantiles(spectrum->log10Values));
        }
    }
    std::sort(pooled.log10Values.begin(), pooled.log10Values.end(), std::greater<>{});
    for (std::size_t level = 0; level < spectrum::quantileLevels.size(); ++level) {
        Spread spread{std::numeric_limits<double>::quiet_NaN(),
                      std::numeric_limits<double>::quiet_NaN(),
                      std::numeric_limits<double>::quiet_NaN()};
        if (!quantiles.empty()) {
            std::vector<double> samples;
            std::transform(quantiles.begin(), quantiles.end(), std::back_inserter(samples),
                           [level](const auto& one) { return one[level]; });
            spread = spreadOf(std::move(samples));
        }
        pooled.quantiles[level] = spread.mean;
        pooled.low[level] = spread.low;
        pooled.high[level] = spread.high;
    }
    return pooled;
}

} // namespace initlens::experiment
