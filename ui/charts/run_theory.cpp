#include "ui/charts/run_theory.h"

#include "core/experiment/prediction.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::ui {

namespace {

/// Theory settles within some layers of an end; between there are no more points than pixels.
constexpr std::size_t wholeEnds = 256;
constexpr std::size_t mostBetween = 1024;

std::shared_ptr<const DepthCurve> curveOf(const experiment::Prediction& prediction,
                                          const diagnostics::Diagnostic& diagnostic)
{
    const auto found = prediction.profiles.find(diagnostic.head.id);
    if (found == prediction.profiles.end()) {
        return nullptr;
    }
    diagnostics::Profile profile;
    profile.scale = diagnostic.scale;
    profile.values = found->second.values;
    profile.low = found->second.low;
    profile.high = found->second.high;
    profile.layers.resize(profile.values.size());
    for (std::size_t i = 0; i < profile.layers.size(); ++i) {
        profile.layers[i] = static_cast<std::int32_t>(i + 1);
    }
    auto curve = std::make_shared<DepthCurve>(ui::curveOf(profile));
    const bool says =
        !curve->zeros.empty() || std::any_of(curve->values.begin(), curve->values.end(),
                                             [](double value) { return std::isfinite(value); });
    return says ? curve : nullptr;
}

} // namespace

const std::vector<double>* RunTheory::currentPlaces() const
{
    if (source == nullptr || outdated) {
        return nullptr;
    }
    const auto found = source->curves.find(diagnostic->head.id);
    return found == source->curves.end() || found->second.empty() ? nullptr : &found->second;
}

QString RunTheory::whyNot() const
{
    if (source == nullptr || outdated) {
        return {};
    }
    return QString::fromStdString(experiment::whyNot(*source, *diagnostic));
}

RunTheory theoryOf(const ShownRun& run, const ChartId& chart, const RunTheory* known)
{
    RunTheory theory;
    theory.diagnostic = chart.diagnostic;
    if (!experiment::isPredictable(*chart.diagnostic) || run.prediction == nullptr) {
        return theory;
    }
    theory.source = run.prediction;
    theory.outdated = run.predictionOutdated;
    theory.curve = known != nullptr && known->source == run.prediction
                       ? known->curve
                       : curveOf(*run.prediction, *chart.diagnostic);
    return theory;
}

DepthCurve difference(const DepthCurve& measured, const DepthCurve& predicted)
{
    DepthCurve result;
    result.layers = measured.layers;
    for (std::size_t i = 0; i < measured.layers.size(); ++i) {
        // Predictions begin at layer 1 and leave out none.
        const auto at = static_cast<std::size_t>(measured.layers[i]) - 1;
        result.values.push_back(at < predicted.values.size()
                                    ? measured.values[i] - predicted.values[at]
                                    : std::numeric_limits<double>::quiet_NaN());
    }
    return result;
}

DepthCurve thinned(const DepthCurve& curve)
{
    const std::size_t count = curve.layers.size();
    const std::size_t step =
        count > 2 * wholeEnds ? (count - 2 * wholeEnds + mostBetween - 1) / mostBetween : 1;
    if (step <= 1) {
        return curve;
    }
    DepthCurve part;
    for (std::size_t i = 0; i < count; ++i) {
        if (i >= wholeEnds && i + wholeEnds < count && i % step != 0) {
            continue;
        }
        part.layers.push_back(curve.layers[i]);
        part.values.push_back(curve.values[i]);
        if (!curve.low.empty()) {
            part.low.push_back(curve.low[i]);
            part.high.push_back(curve.high[i]);
        }
    }
    return part;
}

} // namespace initlens::ui
