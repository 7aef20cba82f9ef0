#include "core/spectrum/block_measurement.h"

#include "core/base/parallel.h"
#include "core/spectrum/anchors.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <mutex>

namespace initlens::spectrum {

namespace {

/// The spectra of one layer, a block each.
using BlockSpectra = std::vector<LayerSpectrumPointer>;

/// Null where one of the blocks is not finite.
LayerSpectrumPointer together(const BlockSpectra& spectra, const std::vector<JacobianBlock>& blocks)
{
    struct Value {
        double log10 = 0;
        double bound = 0;
    };
    constexpr double roundings = 2;
    auto all = std::make_shared<LayerSpectrum>();
    all->log10Resolution = -std::numeric_limits<double>::infinity();
    std::vector<Value> values;
    for (std::size_t block = 0; block < spectra.size(); ++block) {
        if (spectra[block] == nullptr) {
            return nullptr;
        }
        const LayerSpectrum& one = *spectra[block];
        all->exactZeros += blocks[block].times * one.exactZeros;
        all->log10Resolution = std::max(all->log10Resolution, one.log10Resolution);
        all->carrier = std::max(all->carrier, one.carrier);
        for (std::size_t i = 0; i < one.log10Values.size(); ++i) {
            values.insert(values.end(), static_cast<std::size_t>(blocks[block].times),
                          {one.log10Values[i], roundings * one.bounds[i]});
        }
    }
    std::stable_sort(values.begin(), values.end(),
                     [](const Value& a, const Value& b) { return a.log10 > b.log10; });
    for (const Value& value : values) {
        all->log10Values.push_back(value.log10);
        all->bounds.push_back(value.bound);
    }
    return all;
}

} // namespace

bool measureBlocks(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                   const Execution& execution, MeasureFactors measure)
{
    const auto blocks = factors.blocks();
    if (blocks.empty()) {
        return false;
    }
    const bool atOnce = factors.layersAtOnce() >= factors.depth();
    const auto measureStage = [&](const std::vector<Index>& layers) {
        Request part = request;
        part.layers = layers;
        std::mutex mutex;
        std::map<Index, BlockSpectra> found;
        std::map<Index, std::size_t> counts;
        const auto measureBlock = [&](std::size_t block) {
            measure(
                *blocks[block].factors, part,
                [&](Index layer, LayerSpectrumPointer spectrum) {
                    BlockSpectra whole;
                    {
                        const std::lock_guard lock(mutex);
                        BlockSpectra& spectra = found[layer];
                        spectra.resize(blocks.size());
                        spectra[block] = std::move(spectrum);
                        if (++counts[layer] < blocks.size()) {
                            return;
                        }
                        whole = std::move(spectra);
                        found.erase(layer);
                    }
                    sink(layer, together(whole, blocks));
                },
                execution);
        };
        if (atOnce) {
            parallelFor(blocks.size(), execution, measureBlock);
        } else {
            for (std::size_t block = 0; block < blocks.size() && !execution.stopRequested();
                 ++block) {
                measureBlock(block);
            }
        }
    };
    std::array<std::vector<Index>, 2> stages;
    const auto count = static_cast<Index>(request.layers.size());
    for (Index number = 1; number <= count; ++number) {
        stages[isAnchor(number, count) ? 0 : 1].push_back(
            request.layers[static_cast<std::size_t>(number - 1)]);
    }
    for (const auto& layers : stages) {
        if (!layers.empty() && !execution.stopRequested()) {
            measureStage(layers);
        }
    }
    return true;
}

} // namespace initlens::spectrum
