#include "core/experiment/event_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::experiment {

namespace {

bool isFinite(const propagation::LayerStatistics& s)
{
    const auto inRange = [](double log10) {
        return log10 < std::numeric_limits<double>::infinity();
    };
    return inRange(s.log10PreactivationMeanSquare) && inRange(s.log10ActivationMeanSquare);
}

bool isZero(double log10)
{
    return log10 == -std::numeric_limits<double>::infinity();
}

} // namespace

EventLog::EventLog(const RunSpec& spec)
    : m_trials(spec.trials), m_depth(spec.depth),
      m_smallestLog10(2 * std::log10(spec.precision->bytes == sizeof(float)
                                         ? static_cast<double>(std::numeric_limits<float>::min())
                                         : std::numeric_limits<double>::min()))
{}

void EventLog::add(std::string text)
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&](const Entry& entry) { return entry.text == text; });
    if (found == m_entries.end()) {
        m_entries.push_back({std::move(text), 1});
    } else {
        ++found->count;
    }
}

void EventLog::addForward(const propagation::LayerStatistics& s)
{
    if (s.layer == 1) {
        m_overflowed = false;
        m_underflowed = false;
        m_gradientEnded = false;
        m_zeroFrom = 0;
    }
    if (!m_overflowed && !isFinite(s)) {
        m_overflowed = true;
        add(fmt::format("overflow at layer {}", s.layer));
    }
    if (isZero(s.log10ActivationMeanSquare)) {
        m_zeroFrom = m_zeroFrom == 0 ? s.layer : m_zeroFrom;
    } else {
        m_zeroFrom = 0;
        if (!m_underflowed && s.log10ActivationMeanSquare < m_smallestLog10) {
            m_underflowed = true;
            add(fmt::format(
                "activations lose precision from layer {} on: they are below the normal "
                "range of the number format",
                s.layer));
        }
    }
    if (s.layer == m_depth && m_zeroFrom != 0) {
        add(m_zeroFrom == m_depth
                ? fmt::format("all activations are exactly zero at layer {}", m_zeroFrom)
                : fmt::format("all activations are exactly zero from layer {} on", m_zeroFrom));
    }
}

void EventLog::addBackward(const propagation::LayerStatistics& s)
{
    if (m_gradientEnded || m_overflowed) {
        return;
    }
    if (isZero(s.log10GradientNorm)) {
        m_gradientEnded = true;
        add(s.layer == 1 ? std::string("the gradient is exactly zero at layer 1")
                         : fmt::format("the gradient is exactly zero from layer {} down", s.layer));
    } else if (!std::isfinite(s.log10GradientNorm)) {
        m_gradientEnded = true;
        add(fmt::format("the gradient overflows at layer {}", s.layer));
    }
}

void EventLog::addInfiniteJacobian(Index layer)
{
    add(fmt::format("the Jacobian is not finite at layer {}", layer));
}

std::vector<std::string> EventLog::sentences() const
{
    std::vector<std::string> texts;
    texts.reserve(m_entries.size());
    for (const Entry& entry : m_entries) {
        texts.push_back(
            m_trials == 1 ? entry.text
                          : fmt::format("{} ({} of {} trials)", entry.text, entry.count, m_trials));
    }
    return texts;
}

} // namespace initlens::experiment
