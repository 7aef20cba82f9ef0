#include "core/experiment/prediction.h"

#include "core/base/parallel.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/draw.h"
#include "core/experiment/needs.h"
#include "core/experiment/spectrum_profiles.h"
#include "core/theory/mode_prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace initlens::experiment {

namespace {

constexpr Index mostElements = 4'000'000;

/// Means of so many groups of equally many samples stand for all, where samples differ in length.
constexpr std::size_t groups = 8;
constexpr double notableSpread = 0.1;

double meanOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<double> representatives(std::vector<double> squares)
{
    const auto count = static_cast<double>(squares.size());
    const double mean = meanOf(squares);
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
        if (row->predict == nullptr || !unmetNeed(spec, row->needs).empty()) {
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
        const auto isUnknown = [](double value) {
            return std::isnan(value);
        };
        if (std::all_of(profile.low.begin(), profile.low.end(), isUnknown)) {
            profile.low.clear();
            profile.high.clear();
        }
    }
}

void addCurves(Prediction& prediction, const RunSpec& spec,
               const std::vector<theory::LayerPrediction>& layers)
{
    using diagnostics::Diagnostic;
    const auto modes = theory::predictModes(*prediction.law, layers);
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->predictModes != nullptr && unmetNeed(spec, row->needs).empty()) {
            prediction.curves[std::string(row->head.id)] = row->predictModes(modes);
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

/// A prediction whose spectra come one by one.
class GrowingPrediction {
public:
    /// `spec` outlives the prediction.
    GrowingPrediction(const RunSpec& spec, PredictionPointer profiles,
                      std::shared_ptr<SpectrumPredictor> predictor)
        : m_spec(spec), m_profiles(std::move(profiles)), m_predictor(std::move(predictor))
    {}

    [[nodiscard]] bool has(std::int64_t layer) const { return m_found.count(layer) > 0; }

    /// False after a stop request.
    bool add(std::int64_t layer, const Execution& execution)
    {
        // One spectrum takes up to some tenths of a second and cannot be stopped half-way.
        const auto found = std::make_shared<std::optional<Result<PredictedLayerPointer>>>();
        if (execution.stopRequested() ||
            !runAbandonable(
                [found, layer, predictor = m_predictor] { *found = predictor->at(layer); },
                execution)) {
            return false;
        }
        m_found.emplace(layer, **found);
        return true;
    }

    /// All there is by now; `measured` layers are to be predicted, of which `last` says that no
    /// more will be.
    [[nodiscard]] PredictionPointer soFar(std::size_t measured, bool last) const
    {
        auto grown = std::make_shared<Prediction>(*m_profiles);
        PredictedSpectra& spectra = grown->spectra;
        for (const auto& [layer, found] : m_found) {
            if (found) {
                spectra.layers.push_back(*found);
            } else {
                spectra.absent.push_back(
                    {static_cast<std::int32_t>(layer), found.error().message()});
            }
        }
        if (last && spectra.layers.empty()) {
            spectra.whyNot = spectra.absent.front().whyNot;
            spectra.absent.clear();
        } else if (last && m_found.size() < measured) {
            spectra.whyNotAll = fmt::format("theory is computed at {} of the {} measured layers",
                                            m_found.size(), measured);
        }
        addSpectrumProfiles(*grown, m_spec);
        return grown;
    }

private:
    const RunSpec& m_spec;
    PredictionPointer m_profiles;
    std::shared_ptr<SpectrumPredictor> m_predictor;
    std::map<std::int64_t, Result<PredictedLayerPointer>> m_found;
};

/// Few layers over all depth first, then more and more of them between; the selected one as soon
/// as it is known which it is.
PredictionPointer withSpectra(const PredictionPointer& profiles,
                              const std::shared_ptr<SpectrumPredictor>& predictor,
                              const RunSpec& spec, const PredictionSink& sink,
                              const Execution& execution,
                              const std::atomic<std::int32_t>* selectedLayer)
{
    constexpr std::array<std::size_t, 4> stages = {3, 9, 33, 128};
    const auto measured = measuredLayers(spec);
    const auto wanted = thinned(measured, stages.back());
    const auto isWanted = [&](std::int64_t layer) {
        return std::binary_search(wanted.begin(), wanted.end(), layer);
    };
    GrowingPrediction growing(spec, profiles, predictor);
    PredictionPointer newest = profiles;
    const auto send = [&](bool last) {
        newest = growing.soFar(measured.size(), last);
        sink(newest);
    };
    for (const std::size_t stage : stages) {
        for (const std::int64_t layer : thinned(wanted, stage)) {
            const std::int64_t selected = selectedLayer == nullptr ? 0 : selectedLayer->load();
            if (isWanted(selected) && !growing.has(selected)) {
                if (!growing.add(selected, execution)) {
                    return newest;
                }
                send(/*last=*/false);
            }
            if (!growing.has(layer) && !growing.add(layer, execution)) {
                return newest;
            }
        }
        const bool last = wanted.size() <= stage;
        send(last);
        if (last) {
            break;
        }
    }
    return newest;
}

struct Profiles {
    PredictionPointer prediction;                 ///< null after a stop request
    std::shared_ptr<SpectrumPredictor> predictor; ///< null where there is no prediction
};

/// The law of the network, as far as theory holds for it with such inputs.
Result<theory::NetworkLaw> foreseenLaw(const RunSpec& spec)
{
    if (spec.input->position != nullptr &&
        network::structureOf(spec).normalisation == network::Normalisation::Batch) {
        return Error("batch normalisation ties the samples together, and theory takes them for "
                     "unrelated, which points of a line are not");
    }
    return theory::networkLaw(spec, effectiveInputSize(spec));
}

Profiles profilesOf(const RunSpec& spec, const Execution& execution)
{
    auto prediction = std::make_shared<Prediction>();
    prediction->weightScale = theory::weightScale(theory::functionOf(spec.activation));
    auto law = foreseenLaw(spec);
    if (!law) {
        prediction->whyNot = law.error().message();
        prediction->spectra.whyNot = prediction->whyNot;
        prediction->verdict = verdictOf(spec, *prediction);
        return {prediction, nullptr};
    }
    prediction->law = *std::move(law);
    const theory::InputLaw input = inputLaw(spec, execution);
    if (spec.initializer->calibration != nullptr) {
        prediction->law->first.sigmaW2 /= meanOf(input.meanSquares);
    }
    const auto layers = theory::predictLayers(*prediction->law, input, execution);
    if (execution.stopRequested()) {
        return {};
    }
    addProfiles(*prediction, spec, layers);
    addCurves(*prediction, spec, layers);
    if (prediction->law->structure.isStack()) {
        prediction->meanField =
            theory::meanField(theory::propagated(*prediction->law), prediction->law->hidden);
    }
    prediction->verdict = verdictOf(spec, *prediction);
    auto predictor = std::make_shared<SpectrumPredictor>(spec, *prediction->law, layers);
    prediction->spectra.whyNot = predictor->whyNot();
    prediction->spectra.regime = predictor->regime();
    return {prediction, predictor};
}

} // namespace

std::string whyNoPrediction(const RunSpec& spec)
{
    const auto law = foreseenLaw(spec);
    return law ? std::string{} : law.error().message();
}

bool isPredictable(const diagnostics::Diagnostic& diagnostic)
{
    return diagnostic.predict != nullptr || diagnostic.predictModes != nullptr ||
           diagnostic.needs == diagnostics::Needs::Jacobian;
}

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
    law.oneCotangent = spec.input->position != nullptr;
    if (execution.stopRequested()) {
        return law;
    }
    std::vector<double> squares;
    for (Index column = 0; column < x.cols(); ++column) {
        squares.push_back(x.col(column).squaredNorm() / static_cast<double>(x.rows()));
    }
    law.meanSquares = representatives(std::move(squares));
    law.mean = x.mean();
    law.correlation = meanCosine(x);
    if (spec.input->pairs) {
        law.pairCorrelation = meanPairCosine(x);
    }
    return law;
}

PredictionPointer predictProfiles(const RunSpec& spec, const Execution& execution)
{
    return profilesOf(spec, execution).prediction;
}

PredictionPointer predict(const RunSpec& spec, const PredictionSink& sink,
                          const Execution& execution,
                          const std::atomic<std::int32_t>* selectedLayer)
{
    const auto [profiles, predictor] = profilesOf(spec, execution);
    if (profiles == nullptr) {
        return nullptr;
    }
    sink(profiles);
    return predictor != nullptr && predictor->whyNot().empty()
               ? withSpectra(profiles, predictor, spec, sink, execution, selectedLayer)
               : profiles;
}

} // namespace initlens::experiment
