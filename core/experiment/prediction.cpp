#include "core/experiment/prediction.h"

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/draw.h"
#include "core/experiment/spectrum_profiles.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace initlens::experiment {

namespace {

constexpr Index mostElements = 4'000'000;

/// Means of so many groups of equally many samples stand for all, where samples differ in length.
constexpr std::size_t groups = 8;
constexpr double notableSpread = 0.1;

std::vector<double> representatives(std::vector<double> squares)
{
    const auto count = static_cast<double>(squares.size());
    const double mean = std::accumulate(squares.begin(), squares.end(), 0.0) / count;
    double variance = 0;
    for (const double square : squares) {
        variance += (square - mean) * (square - mean) / count;
    }
    if (std::sqrt(variance) <= notableSpread * mean || squares.size() < 2 * groups) {
        return {mean};
    }
    std::sort(squares.begin(), squares.end());
    std::vector<double> means;
    for (std::size_t group = 0; group < groups; ++group) {
        const std::size_t first = group * squares.size() / groups;
        const std::size_t last = (group + 1) * squares.size() / groups;
        means.push_back(std::accumulate(squares.begin() + static_cast<std::ptrdiff_t>(first),
                                        squares.begin() + static_cast<std::ptrdiff_t>(last), 0.0) /
                        static_cast<double>(last - first));
    }
    return means;
}

double meanPairCosine(const Matrix<double>& x)
{
    double sum = 0;
    const Index pairs = x.cols() / 2;
    for (Index pair = 0; pair < pairs; ++pair) {
        sum += x.col(2 * pair).dot(x.col(2 * pair + 1)) /
               (x.col(2 * pair).norm() * x.col(2 * pair + 1).norm());
    }
    return sum / static_cast<double>(pairs);
}

/// Mean over all pairs of different samples: |sum of unit vectors|^2 = B + B (B - 1) mean.
double meanCosine(const Matrix<double>& x)
{
    Vector<double> sum = Vector<double>::Zero(x.rows());
    for (Index column = 0; column < x.cols(); ++column) {
        const double norm = x.col(column).norm();
        if (norm > 0) {
            sum += x.col(column) / norm;
        }
    }
    const auto count = static_cast<double>(x.cols());
    return count > 1 ? std::max(0.0, (sum.squaredNorm() - count) / (count * (count - 1))) : 0;
}

void addProfiles(Prediction& prediction, const RunSpec& spec,
                 const std::vector<theory::LayerPrediction>& layers)
{
    using diagnostics::Diagnostic;
    for (const Diagnostic* row : Diagnostic::table()) {
        const bool absent = row->needs == diagnostics::Needs::Pairs && !spec.input->pairs;
        if (row->predict == nullptr || absent) {
            continue;
        }
        PredictedProfile& profile = prediction.profiles[std::string(row->head.id)];
        for (const auto& layer : layers) {
            profile.values.push_back(row->predict(layer));
            if (row->predictBand != nullptr) {
                const theory::Band band = row->predictBand(layer);
                profile.low.push_back(band.low);
                profile.high.push_back(band.high);
            }
        }
    }
}

/// At most so many, evenly spaced, with the first and the last.
std::vector<std::int64_t> thinned(const std::vector<std::int64_t>& layers, std::size_t most)
{
    if (layers.size() <= most) {
        return layers;
    }
    std::vector<std::int64_t> kept;
    for (std::size_t i = 0; i < most; ++i) {
        kept.push_back(layers[i * (layers.size() - 1) / (most - 1)]);
    }
    return kept;
}

PredictionPointer withSpectra(const PredictionPointer& without, SpectrumPredictor& predictor,
                              const RunSpec& spec, const PredictionSink& sink,
                              const Execution& execution)
{
    constexpr std::size_t coarse = 9;
    constexpr std::size_t most = 128;
    const auto all = measuredLayers(spec);
    std::map<std::int64_t, PredictedLayerPointer> found;
    PredictionPointer newest = without;
    for (const std::size_t count : {coarse, most}) {
        for (const std::int64_t layer : thinned(all, count)) {
            if (execution.stopRequested()) {
                return nullptr;
            }
            if (found.count(layer) == 0) {
                found[layer] = predictor.at(layer);
            }
        }
        auto grown = std::make_shared<Prediction>(*without);
        for (const auto& [layer, spectrum] : found) {
            if (spectrum != nullptr) {
                grown->spectra.layers.push_back(spectrum);
            }
        }
        if (grown->spectra.layers.empty()) {
            grown->spectra.whyNot = "the slopes of the layers differ too much for free "
                                    "probability's equations to be followed";
        }
        addSpectrumProfiles(*grown, spec);
        newest = grown;
        sink(newest);
        if (all.size() <= count) {
            break;
        }
    }
    return newest;
}

} // namespace

const std::string& whyNot(const Prediction& prediction, const diagnostics::Diagnostic& diagnostic)
{
    return diagnostic.needs == diagnostics::Needs::Jacobian ? prediction.spectra.whyNot
                                                            : prediction.whyNot;
}

theory::InputLaw inputLaw(const RunSpec& spec, const Execution& execution)
{
    RunSpec sample = spec;
    const Index affordable = std::max<Index>(2, mostElements / effectiveInputSize(spec) / 2 * 2);
    sample.batch = std::min<Index>(spec.batch, affordable);
    const Matrix<double> x = drawInput<double>(sample, 0, execution);
    theory::InputLaw law;
    law.batch = spec.batch;
    if (execution.stopRequested()) {
        return law;
    }
    std::vector<double> squares;
    for (Index column = 0; column < x.cols(); ++column) {
        squares.push_back(x.col(column).squaredNorm() / static_cast<double>(x.rows()));
    }
    law.meanSquares = representatives(std::move(squares));
    law.correlation = meanCosine(x);
    if (spec.input->pairs) {
        law.pairCorrelation = meanPairCosine(x);
    }
    return law;
}

PredictionPointer predict(const RunSpec& spec, const PredictionSink& sink,
                          const Execution& execution)
{
    auto prediction = std::make_shared<Prediction>();
    prediction->weightScale = theory::weightScale(theory::functionOf(spec.activation));
    auto law = theory::networkLaw(spec, effectiveInputSize(spec));
    if (!law) {
        prediction->whyNot = law.error().message();
        prediction->spectra.whyNot = prediction->whyNot;
        prediction->verdict = verdictOf(spec, *prediction);
        sink(prediction);
        return prediction;
    }
    prediction->law = *std::move(law);
    const auto layers =
        theory::predictLayers(*prediction->law, inputLaw(spec, execution), execution);
    if (execution.stopRequested()) {
        return nullptr;
    }
    addProfiles(*prediction, spec, layers);
    prediction->meanField =
        theory::meanField(theory::propagated(*prediction->law), prediction->law->hidden);
    prediction->verdict = verdictOf(spec, *prediction);
    SpectrumPredictor predictor(spec, *prediction->law, layers);
    prediction->spectra.whyNot = predictor.whyNot();
    prediction->spectra.regime = predictor.regime();
    sink(prediction);
    return predictor.whyNot().empty() ? withSpectra(prediction, predictor, spec, sink, execution)
                                      : prediction;
}

} // namespace initlens::experiment
