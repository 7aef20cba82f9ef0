#include "core/spectrum/spectrum_tasks.h"

#include "core/spectrum/graded_values.h"
#include "core/spectrum/singular_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::spectrum {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double conditionOf(const std::vector<double>& values, Index rank)
{
    if (values.empty() || rank == 0) {
        return 1;
    }
    const auto last = std::min(values.size(), static_cast<std::size_t>(rank)) - 1;
    return values[last] > 0 ? values.front() / values[last] : infinity;
}

/// A relative error as an error of log10; a value that may be all error is lost.
double log10Bound(double relative)
{
    return relative < 1 ? -std::log1p(-relative) / std::numbers::ln10 : infinity;
}

LayerSpectrumPointer spectrumOf(const std::vector<double>& values, Index rank, Index smallerSide,
                                double log2Scale, double error)
{
    auto spectrum = std::make_shared<LayerSpectrum>();
    const auto count = std::min(values.size(), static_cast<std::size_t>(rank));
    const double log10Scale = log2Scale * std::log10(2.0);
    const double largest = values.empty() ? 0 : values.front();
    // Every value of a decomposition carries a rounding of the largest.
    const double floor = std::numeric_limits<double>::epsilon() * largest;
    // The eigenvalues of the Gram matrix magnify it for the smallest values.
    const double condition = conditionOf(values, rank);
    const double magnified = condition <= largestGramCondition ? std::max(1.0, condition / 2) : 1;
    const double decomposition =
        floor * magnified * std::sqrt(static_cast<double>(std::max<Index>(1, rank)));
    spectrum->log10Values.reserve(count);
    spectrum->bounds.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        // A value that came out as zero is rounding too: it must not become minus infinity.
        const double value = std::max(values[i], floor * 1e-3);
        spectrum->log10Values.push_back(std::log10(value) + log10Scale);
        spectrum->bounds.push_back(log10Bound((error + decomposition) / value));
    }
    spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(count);
    spectrum->log10Resolution =
        count == 0 ? -infinity : std::log10(error + decomposition) + log10Scale;
    return spectrum;
}

LayerSpectrumPointer spectrumOf(const BoundedLogs& values, Index smallerSide)
{
    auto spectrum = std::make_shared<LayerSpectrum>();
    spectrum->carrier = Carrier::Recursion;
    spectrum->log10Resolution = -infinity;
    // Beyond this a value is rather unknown than inaccurate.
    constexpr double coarse = 0.01;
    for (std::size_t i = 0; i < values.logs.size(); ++i) {
        const double log10Value = values.logs[i] / std::numbers::ln10;
        spectrum->log10Values.push_back(log10Value);
        spectrum->bounds.push_back(log10Bound(values.bounds[i]));
        if (spectrum->bounds.back() > coarse) {
            // The first is the largest; nothing below it may stand above the line.
            spectrum->log10Resolution =
                std::max(spectrum->log10Resolution, std::nextafter(log10Value, infinity));
        }
    }
    spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(values.logs.size());
    return spectrum;
}

double largestBound(const LayerSpectrum& spectrum)
{
    return spectrum.bounds.empty()
               ? 0
               : *std::max_element(spectrum.bounds.begin(), spectrum.bounds.end());
}

} // namespace

std::string_view carrierName(Carrier carrier)
{
    return carrier == Carrier::Product ? "product" : "recursion";
}

Index largestWave(Index rows)
{
    constexpr Index elements = Index{1} << 23;
    return std::clamp<Index>(elements / std::max<Index>(1, rows * rows), 2, 16);
}

SpectrumTasks::SpectrumTasks(Index largestSize, const SpectrumSink& sink,
                             const Execution& execution)
    : m_sink(sink), m_execution(execution), m_largestWave(largestWave(largestSize)),
      m_slots(static_cast<std::size_t>(m_largestWave))
{}

void SpectrumTasks::submit(Index layer, const RunningProduct& product, Index smallerSide)
{
    Slot& slot = nextSlot(layer);
    if (!isWanted(layer, product.isFinite())) {
        return;
    }
    auto matrix =
        std::make_shared<Matrix<double>>(product.rank() == 0 ? Matrix<double>() : product.values());
    m_tasks.run([this, &slot, smallerSide, matrix, rank = product.rank(),
                 log2Scale = product.log2Scale(), error = product.error()] {
        if (m_execution.stopRequested()) {
            return;
        }
        const auto values = singularValues(std::move(*matrix), m_expectedCondition, m_execution);
        if (m_execution.stopRequested()) {
            return;
        }
        if (rank > 0 && values.empty()) {
            m_sink(slot.layer, nullptr); // the iteration did not converge
            return;
        }
        slot.condition = conditionOf(values, rank);
        slot.spectrum = spectrumOf(values, rank, smallerSide, log2Scale, error);
        slot.relativeError =
            rank == 0 || values.front() == 0 ? 0 : error * slot.condition / values.front();
        slot.good = largestBound(*slot.spectrum) <=
                    (rank <= largestExactRank ? goodBound : goodBoundOfWide);
        if (slot.good) {
            m_sink(slot.layer, slot.spectrum);
        }
    });
}

void SpectrumTasks::submit(Index layer, const GradedProduct& product, Index smallerSide)
{
    Slot& slot = nextSlot(layer);
    if (!isWanted(layer, product.isFinite())) {
        return;
    }
    auto factor = std::make_shared<GradedFactor>(product.factor());
    m_tasks.run([this, &slot, smallerSide, factor] {
        if (m_execution.stopRequested()) {
            return;
        }
        const double tolerance = goodBound * std::numbers::ln10 / 4;
        const bool hasValues = !factor->logScale.empty();
        const auto values = gradedSingularValues(std::move(*factor), tolerance, m_execution);
        if (m_execution.stopRequested()) {
            return;
        }
        const bool converged = !hasValues || !values.logs.empty();
        m_sink(slot.layer, converged ? spectrumOf(values, smallerSide) : nullptr);
    });
}

bool SpectrumTasks::isWanted(Index layer, bool isFinite) const
{
    if (m_sent.contains(layer)) {
        return false;
    }
    if (!isFinite) {
        m_sink(layer, nullptr);
    }
    return isFinite;
}

SpectrumTasks::Slot& SpectrumTasks::nextSlot(Index layer)
{
    Slot& slot = m_slots[static_cast<std::size_t>(m_inWave++)];
    slot = Slot{};
    slot.layer = layer;
    return slot;
}

bool SpectrumTasks::finishWave()
{
    m_tasks.wait();
    m_finished = m_inWave;
    m_inWave = 0;
    m_wave = std::min(2 * m_wave, m_largestWave);
    if (m_execution.stopRequested()) {
        m_finished = 0;
        return true;
    }
    bool good = true;
    for (Index i = 0; i < m_finished; ++i) {
        const Slot& slot = m_slots[static_cast<std::size_t>(i)];
        good = good && slot.good;
        m_expectedCondition = slot.condition;
        m_lastRelativeError = slot.relativeError;
        if (slot.good) {
            m_sent.insert(slot.layer);
        }
    }
    return good;
}

void SpectrumTasks::sendHeld()
{
    for (Index i = 0; i < m_finished; ++i) {
        const Slot& slot = m_slots[static_cast<std::size_t>(i)];
        if (!slot.good) {
            m_sent.insert(slot.layer);
            m_sink(slot.layer, slot.spectrum);
        }
    }
    m_finished = 0;
}

void SpectrumTasks::dropHeld()
{
    m_finished = 0;
}

} // namespace initlens::spectrum
