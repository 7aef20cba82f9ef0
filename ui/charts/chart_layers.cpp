#include "ui/charts/chart_layers.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace initlens::ui {

namespace {

using diagnostics::Histogram;
using diagnostics::Spectrum;

constexpr int markers = 9;

} // namespace

const std::vector<double>* layersOf(const Shape& shape)
{
    if (const auto* curve = std::get_if<DepthCurve>(&shape)) {
        return &curve->layers;
    }
    if (const auto* bands = std::get_if<DepthBands>(&shape)) {
        return &bands->layers;
    }
    return nullptr;
}

std::vector<int> measuredLayers(const ChartModel& model)
{
    std::vector<int> all;
    const auto add = [&all](const std::vector<double>& layers) {
        std::transform(layers.begin(), layers.end(), std::back_inserter(all),
                       [](double layer) { return static_cast<int>(layer); });
    };
    for (const SeriesPointer& series : model.series) {
        if (const DepthCurve* theory = series->theory.current()) {
            add(theory->layers);
        }
        if (series->source == nullptr) {
            continue;
        }
        if (const auto* layers = layersOf(series->shape)) {
            add(*layers);
        } else if (const auto* spectrum = std::get_if<Spectrum>(series->source.get())) {
            all.insert(all.end(), spectrum->layers.begin(), spectrum->layers.end());
        } else if (std::holds_alternative<Histogram>(*series->source)) {
            all.resize(static_cast<std::size_t>(model.lastLayer));
            std::iota(all.begin(), all.end(), 1);
        }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

std::optional<int> steppedLayer(const ChartModel& model, std::optional<int> layer, int steps)
{
    const auto layers = measuredLayers(model);
    if (layers.empty()) {
        return std::nullopt;
    }
    const auto last = static_cast<std::ptrdiff_t>(layers.size()) - 1;
    if (!layer) {
        return steps < 0 ? layers.back() : layers.front();
    }
    const auto after = std::lower_bound(layers.begin(), layers.end(), *layer);
    const bool between = after == layers.end() || *after != *layer;
    // From between two layers the first step forwards arrives at the next one.
    const auto start = (after - layers.begin()) - (between && steps > 0 ? 1 : 0);
    return layers[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(start + steps, 0, last))];
}

std::optional<double> nearestPosition(const diagnostics::Curve& curve, double place, int steps)
{
    const auto& positions = curve.positions;
    if (positions.empty()) {
        return std::nullopt;
    }
    const auto nearest =
        std::min_element(positions.begin(), positions.end(), [place](double a, double b) {
            return std::abs(a - place) < std::abs(b - place);
        });
    const auto last = static_cast<std::ptrdiff_t>(positions.size()) - 1;
    const auto index = std::clamp<std::ptrdiff_t>(nearest - positions.begin() + steps, 0, last);
    return positions[static_cast<std::size_t>(index)];
}

std::optional<int> nearestLayer(const ChartModel& model, double layer)
{
    std::optional<double> nearest;
    const auto consider = [&](double candidate) {
        if (!nearest || std::abs(candidate - layer) < std::abs(*nearest - layer)) {
            nearest = candidate;
        }
    };
    const auto considerAll = [&](const std::vector<double>& layers) {
        const auto above = std::lower_bound(layers.begin(), layers.end(), layer);
        if (above != layers.end()) {
            consider(*above);
        }
        if (above != layers.begin()) {
            consider(*(above - 1));
        }
    };
    for (const SeriesPointer& series : model.series) {
        if (const auto* layers = layersOf(series->shape)) {
            considerAll(*layers);
        }
        if (const DepthCurve* theory = series->theory.current()) {
            considerAll(theory->layers);
        }
    }
    return nearest ? std::optional<int>(static_cast<int>(*nearest)) : std::nullopt;
}

std::vector<std::size_t> markedPoints(const std::vector<double>& layers,
                                      const std::vector<double>& values, int depth, int style)
{
    const long every = layers.size() > 1 ? std::lround(layers[1] - layers[0]) : 1;
    const long step = every * std::max(1L, std::lround(static_cast<double>(depth) /
                                                       static_cast<double>(every * markers)));
    // Runs take turns, so that equal curves stay apart.
    const long turns = step / every;
    const long phase = every * ((turns / 2 + (style % 4) * turns / 4) % turns);
    std::vector<std::size_t> marked;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!std::isfinite(values[i])) {
            continue;
        }
        const bool before = i > 0 && std::isfinite(values[i - 1]);
        const bool after = i + 1 < values.size() && std::isfinite(values[i + 1]);
        if ((!before && !after) || std::lround(layers[i]) % step == phase) {
            marked.push_back(i);
        }
    }
    return marked;
}

std::vector<Stretch> stretchesOf(const std::vector<double>& layers,
                                 const std::vector<double>& marked)
{
    std::vector<Stretch> stretches;
    const double half = layers.size() > 1 ? (layers[1] - layers[0]) / 2 : 0.5;
    bool open = false;
    auto next = marked.begin();
    for (const double layer : layers) {
        if (next == marked.end() || *next != layer) {
            open = false;
            continue;
        }
        const int number = static_cast<int>(layer);
        if (!open) {
            stretches.push_back({number, number, layer - half, layer + half});
            open = true;
        }
        stretches.back().last = number;
        stretches.back().to = layer + half;
        ++next;
    }
    return stretches;
}

std::optional<std::size_t> indexOf(const std::vector<double>& layers, int layer)
{
    const auto found = std::lower_bound(layers.begin(), layers.end(), layer);
    if (found == layers.end() || *found != layer) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - layers.begin());
}

} // namespace initlens::ui
