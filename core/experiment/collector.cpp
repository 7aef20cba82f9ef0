#include "core/experiment/collector.h"

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/needs.h"
#include "core/experiment/pooled_spectrum.h"
#include "core/experiment/quantiles.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace initlens::experiment {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Needs;

constexpr std::chrono::milliseconds shortestPause{12};
/// Building readings takes at most this share of the time.
constexpr int dutyDivisor = 20;

constexpr double notMeasured = std::numeric_limits<double>::quiet_NaN();

} // namespace

Collector::Collector(const RunSpec& spec, const Sink& sink)
    : m_spec(spec), m_sink(sink), m_events(spec)
{
    m_backward.upwards = false;
    for (const Diagnostic* row : Diagnostic::table()) {
        if (!unmetNeed(spec, row->needs).empty()) {
            continue;
        }
        if (row->needs == Needs::Forward || row->needs == Needs::Pairs) {
            m_forward.profiles.push_back({row, {}});
        } else if (row->needs == Needs::Backward || row->needs == Needs::GradientPairs) {
            m_backward.profiles.push_back({row, {}});
        }
    }
}

void Collector::add(Stage& stage, std::size_t trial, const propagation::LayerStatistics& statistics)
{
    if (trial == stage.counts.size()) {
        stage.counts.push_back(0);
        for (ProfileData& data : stage.profiles) {
            data.values.emplace_back(static_cast<std::size_t>(m_spec.depth), notMeasured);
        }
    }
    for (ProfileData& data : stage.profiles) {
        data.values[trial][static_cast<std::size_t>(statistics.layer - 1)] =
            data.diagnostic->measure(statistics);
    }
    ++stage.counts[trial];
    stage.changed = true;
    sendWhenDue(stage);
}

void Collector::addPrediction(PredictionPointer prediction)
{
    const std::lock_guard lock(m_mutex);
    m_sink(Predicted{std::move(prediction)});
}

void Collector::addForward(std::size_t trial, const propagation::LayerStatistics& statistics)
{
    const std::lock_guard lock(m_mutex);
    m_events.addForward(statistics);
    add(m_forward, trial, statistics);
}

void Collector::addBackward(std::size_t trial, const propagation::LayerStatistics& statistics)
{
    const std::lock_guard lock(m_mutex);
    m_events.addBackward(statistics);
    add(m_backward, trial, statistics);
}

void Collector::addHistogram(diagnostics::Histogram histogram)
{
    const std::lock_guard lock(m_mutex);
    auto reading = std::make_shared<const diagnostics::Reading>(std::move(histogram));
    m_histograms[diagnostics::readingId(*reading)] = reading;
    m_sink(Updated{reading});
}

void Collector::addPath(std::size_t trial, const diagnostics::PathGradients& gradients)
{
    const std::lock_guard lock(m_mutex);
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->measureAlongPath != nullptr) {
            addCurve(*row, trial, row->measureAlongPath(gradients));
        } else if (row->measureBetween != nullptr) {
            addField(*row, trial, row->measureBetween(gradients));
        }
    }
    sendWholeWhenDue();
}

void Collector::addModes(std::size_t trial, const diagnostics::SpatialModes& modes)
{
    const std::lock_guard lock(m_mutex);
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->measureModes != nullptr && unmetNeed(m_spec, row->needs).empty()) {
            addCurve(*row, trial, row->measureModes(modes));
        }
    }
    sendWholeWhenDue();
}

void Collector::addCurve(const Diagnostic& row, std::size_t trial, diagnostics::Curve curve)
{
    if (row.firstTrialOnly && trial > 0) {
        return;
    }
    CurveData& data = m_curves[&row];
    data.values.push_back(curve.values);
    if (trial == 0) {
        data.first = std::move(curve);
        data.first.id = row.head.id;
    }
    m_wholeChanged = true;
}

void Collector::addField(const Diagnostic& row, std::size_t trial, diagnostics::Field field)
{
    FieldData& data = m_fields[&row];
    ++data.trials;
    if (trial == 0) {
        data.sum = std::move(field);
        data.sum.id = row.head.id;
    } else {
        std::transform(data.sum.values.begin(), data.sum.values.end(), field.values.begin(),
                       data.sum.values.begin(), std::plus<>{});
    }
    m_wholeChanged = true;
}

diagnostics::ReadingPointer Collector::curveReading(const CurveData& data) const
{
    diagnostics::Curve reading = data.first;
    std::vector<double> samples(data.values.size());
    for (std::size_t i = 0; m_spec.trials > 1 && samples.size() > 1 && i < reading.values.size();
         ++i) {
        std::transform(data.values.begin(), data.values.end(), samples.begin(),
                       [i](const auto& values) { return values[i]; });
        const Spread spread = spreadOf(samples);
        reading.values[i] = spread.mean;
        reading.low.push_back(spread.low);
        reading.high.push_back(spread.high);
    }
    return std::make_shared<const diagnostics::Reading>(std::move(reading));
}

diagnostics::ReadingPointer Collector::fieldReading(const FieldData& data)
{
    diagnostics::Field mean = data.sum;
    for (double& value : mean.values) {
        value /= static_cast<double>(data.trials);
    }
    return std::make_shared<const diagnostics::Reading>(std::move(mean));
}

void Collector::sendWholeWhenDue()
{
    if (Clock::now() - m_wholeSent >= std::max<Clock::duration>(shortestPause, m_wholePause)) {
        sendWhole();
    }
}

void Collector::sendWhole()
{
    if (!m_wholeChanged) {
        return;
    }
    const auto begin = Clock::now();
    for (const auto& [row, data] : m_curves) {
        m_sink(Updated{curveReading(data)});
    }
    for (const auto& [row, data] : m_fields) {
        m_sink(Updated{fieldReading(data)});
    }
    m_wholeChanged = false;
    m_wholeSent = Clock::now();
    m_wholePause = dutyDivisor * (m_wholeSent - begin);
}

void Collector::addSpectrum(std::size_t replica, Index layer,
                            spectrum::LayerSpectrumPointer spectrum)
{
    Measured measured{.spectrum = std::move(spectrum), .profiles = {}};
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->measureSpectrum != nullptr) {
            measured.profiles[row] = measured.spectrum == nullptr
                                         ? spectrum::Estimate{notMeasured}
                                         : row->measureSpectrum(*measured.spectrum);
        }
    }
    const std::lock_guard lock(m_mutex);
    m_spectra[static_cast<std::int32_t>(layer)].measured[replica] = std::move(measured);
    m_spectraChanged = true;
    if (Clock::now() - m_spectraSent >= std::max<Clock::duration>(shortestPause, m_spectraPause)) {
        sendSpectra();
    }
}

void Collector::sendWhenDue(Stage& stage)
{
    if (Clock::now() - stage.sent >= std::max<Clock::duration>(shortestPause, stage.pause)) {
        send(stage);
    }
}

void Collector::send(Stage& stage)
{
    if (!stage.changed) {
        return;
    }
    const auto begin = Clock::now();
    for (const ProfileData& data : stage.profiles) {
        m_sink(Updated{profileOf(stage, data)});
    }
    stage.changed = false;
    stage.sent = Clock::now();
    stage.pause = dutyDivisor * (stage.sent - begin);
}

void Collector::sendSpectra()
{
    if (!m_spectraChanged) {
        return;
    }
    const auto begin = Clock::now();
    pool();
    for (const Diagnostic* row : Diagnostic::table()) {
        if (row->needs == Needs::Jacobian) {
            m_sink(Updated{spectrumReading(*row)});
        }
    }
    m_spectraChanged = false;
    m_spectraSent = Clock::now();
    m_spectraPause = dutyDivisor * (m_spectraSent - begin);
}

void Collector::flush()
{
    const std::lock_guard lock(m_mutex);
    send(m_forward);
    send(m_backward);
    sendSpectra();
    sendWhole();
}

diagnostics::ReadingPointer Collector::profileOf(const Stage& stage, const ProfileData& data) const
{
    diagnostics::Profile profile;
    profile.id = data.diagnostic->head.id;
    profile.scale = data.diagnostic->scale;
    const auto depth = static_cast<std::size_t>(m_spec.depth);
    // Later trials only add to layers that the first has reached.
    const std::size_t count = stage.counts.front();
    const std::size_t first = stage.upwards ? 0 : depth - count;
    profile.layers.reserve(count);
    profile.values.reserve(count);
    std::vector<double> samples;
    for (std::size_t i = first; i < first + count; ++i) {
        profile.layers.push_back(static_cast<std::int32_t>(i + 1));
        if (m_spec.trials == 1) {
            profile.values.push_back(data.values.front()[i]);
            continue;
        }
        const std::size_t step = stage.upwards ? i : depth - 1 - i;
        samples.clear();
        for (std::size_t trial = 0; trial < stage.counts.size(); ++trial) {
            if (step < stage.counts[trial]) {
                samples.push_back(data.values[trial][i]);
            }
        }
        const Spread spread = spreadOf(samples);
        profile.values.push_back(spread.mean);
        profile.low.push_back(spread.low);
        profile.high.push_back(spread.high);
    }
    return std::make_shared<const diagnostics::Reading>(std::move(profile));
}

void Collector::pool()
{
    // Sketches have no values that could be put together; their profiles have a spread all the
    // same.
    if (jacobianCount(m_spec) == 1 || m_spec.spectrum->matrixFree) {
        return;
    }
    for (auto& [layer, replicas] : m_spectra) {
        if (replicas.pooledCount == replicas.measured.size()) {
            continue;
        }
        std::vector<spectrum::LayerSpectrumPointer> spectra;
        for (const auto& [replica, measured] : replicas.measured) {
            spectra.push_back(measured.spectrum);
        }
        replicas.pooled = std::make_shared<const diagnostics::PooledSpectrum>(pooledOf(spectra));
        replicas.pooledCount = replicas.measured.size();
    }
}

diagnostics::ReadingPointer Collector::spectrumReading(const Diagnostic& diagnostic) const
{
    // The first Jacobian is measured first, so every layer has it.
    if (diagnostic.reading == diagnostics::Kind::Spectrum) {
        diagnostics::Spectrum reading;
        reading.id = diagnostic.head.id;
        reading.scope = m_spec.jacobian.id();
        for (const auto& [layer, replicas] : m_spectra) {
            reading.layers.push_back(layer);
            reading.spectra.push_back(replicas.measured.begin()->second.spectrum);
            if (replicas.pooled != nullptr) {
                reading.pooled.push_back(replicas.pooled);
            }
        }
        return std::make_shared<const diagnostics::Reading>(std::move(reading));
    }
    diagnostics::Profile profile;
    profile.id = diagnostic.head.id;
    profile.scope = m_spec.jacobian.id();
    profile.scale = diagnostic.scale;
    profile.estimated = estimatesProfiles(m_spec);
    std::vector<double> samples;
    for (const auto& [layer, replicas] : m_spectra) {
        profile.layers.push_back(layer);
        samples.clear();
        for (const auto& [replica, measured] : replicas.measured) {
            samples.push_back(measured.profiles.at(&diagnostic).value);
        }
        if (jacobianCount(m_spec) == 1) {
            const auto [value, error] = replicas.measured.begin()->second.profiles.at(&diagnostic);
            profile.values.push_back(value);
            if (profile.estimated) {
                profile.low.push_back(value - error);
                profile.high.push_back(value + error);
            }
            continue;
        }
        const Spread spread = spreadOf(samples);
        profile.values.push_back(spread.mean);
        profile.low.push_back(spread.low);
        profile.high.push_back(spread.high);
    }
    return std::make_shared<const diagnostics::Reading>(std::move(profile));
}

std::vector<diagnostics::ReadingPointer> Collector::readings()
{
    const std::lock_guard lock(m_mutex);
    pool();
    std::vector<diagnostics::ReadingPointer> all;
    const auto addProfile = [&](const Stage& stage, const Diagnostic* row) {
        for (const ProfileData& data : stage.profiles) {
            if (data.diagnostic == row && !stage.counts.empty()) {
                all.push_back(profileOf(stage, data));
            }
        }
    };
    for (const Diagnostic* row : Diagnostic::table()) {
        addProfile(m_forward, row);
        addProfile(m_backward, row);
        if (row->needs == Needs::Jacobian && !m_spectra.empty()) {
            all.push_back(spectrumReading(*row));
        }
        if (const auto found = m_histograms.find(row->head.id); found != m_histograms.end()) {
            all.push_back(found->second);
        }
        if (const auto found = m_curves.find(row); found != m_curves.end()) {
            all.push_back(curveReading(found->second));
        }
        if (const auto found = m_fields.find(row); found != m_fields.end()) {
            all.push_back(fieldReading(found->second));
        }
    }
    return all;
}

std::vector<std::string> Collector::events() const
{
    const std::lock_guard lock(m_mutex);
    EventLog events = m_events;
    const auto isInfinite = [](const auto& replica) {
        return replica.second.spectrum == nullptr;
    };
    for (const auto& [layer, replicas] : m_spectra) {
        if (std::any_of(replicas.measured.begin(), replicas.measured.end(), isInfinite)) {
            events.addInfiniteJacobian(layer);
            break;
        }
    }
    return events.sentences();
}

} // namespace initlens::experiment
