#include "ui/run/spec_history.h"

#include "ui/run/run_names.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <variant>

namespace initlens::ui {

namespace {

constexpr std::size_t mostEntries = 200;
constexpr std::chrono::milliseconds together{500};
constexpr std::size_t mostNumbers = std::size_t{32} << 20; ///< of all results, 8 bytes each

struct Numbers {
    std::size_t operator()(const diagnostics::Profile& profile) const
    {
        return profile.values.size() + profile.low.size() + profile.high.size();
    }
    std::size_t operator()(const diagnostics::Histogram& histogram) const
    {
        return 2 * histogram.counts.size();
    }
    std::size_t operator()(const diagnostics::Spectrum& spectrum) const
    {
        std::size_t count = 0;
        for (const auto& layer : spectrum.spectra) {
            count += layer == nullptr ? 0 : layer->log10Values.size() + layer->bounds.size();
        }
        for (const auto& pooled : spectrum.pooled) {
            count += pooled == nullptr ? 0 : pooled->log10Values.size();
        }
        return count;
    }
    std::size_t operator()(const diagnostics::Curve& curve) const
    {
        return (2 + curve.companions.size()) * curve.values.size();
    }
    std::size_t operator()(const diagnostics::Field& field) const { return field.values.size(); }
};

std::size_t numbersIn(const experiment::RunRecord& record)
{
    std::size_t count = 0;
    for (const auto& reading : record.readings) {
        count += std::visit(Numbers{}, *reading);
    }
    return count;
}

bool isSame(experiment::RunSpec a, const experiment::RunSpec& b)
{
    a.histogramLayer = b.histogramLayer;
    return a == b;
}

} // namespace

void SpecHistory::add(const experiment::RunSpec& spec, Clock::time_point now)
{
    if (isPresent(spec)) {
        return;
    }
    const bool goesOn = m_grows && now - m_changed < together &&
                        changedField(spec, m_entries[m_present].spec) ==
                            changedField(m_entries[m_present].spec, m_entries[m_present - 1].spec);
    if (goesOn) {
        m_entries[m_present] = {spec};
    } else {
        m_entries.resize(m_entries.empty() ? 0 : m_present + 1);
        if (m_entries.size() == mostEntries) {
            m_entries.erase(m_entries.begin());
        }
        m_entries.push_back({spec});
        m_present = m_entries.size() - 1;
    }
    m_grows = m_present > 0;
    m_changed = now;
}

void SpecHistory::remember(const experiment::RecordPointer& record)
{
    if (isPresent(record->spec) && record->outcome == experiment::Outcome::Finished) {
        m_entries[m_present].record = record;
        limitMemory();
    }
}

void SpecHistory::limitMemory()
{
    // What is near to the present is wanted first.
    std::vector<std::pair<std::size_t, Entry*>> order;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_entries[i].record != nullptr) {
            order.emplace_back(i < m_present ? m_present - i : i - m_present, &m_entries[i]);
        }
    }
    std::sort(order.begin(), order.end());
    std::size_t count = 0;
    for (const auto& [distance, entry] : order) {
        count += numbersIn(*entry->record);
        if (count > mostNumbers && distance > 0) {
            entry->record = nullptr;
        }
    }
}

bool SpecHistory::isPresent(const experiment::RunSpec& spec) const
{
    return !m_entries.empty() && isSame(spec, m_entries[m_present].spec);
}

const experiment::RunSpec* SpecHistory::previous(const experiment::RunSpec& shown) const
{
    if (!m_entries.empty() && !isPresent(shown)) {
        return &m_entries[m_present].spec;
    }
    return m_present > 0 ? &m_entries[m_present - 1].spec : nullptr;
}

const experiment::RunSpec* SpecHistory::next() const
{
    return m_present + 1 < m_entries.size() ? &m_entries[m_present + 1].spec : nullptr;
}

const SpecHistory::Entry& SpecHistory::undo(const experiment::RunSpec& shown)
{
    assert(previous(shown) != nullptr);
    m_grows = false;
    m_present -= isPresent(shown) ? 1 : 0;
    return m_entries[m_present];
}

const SpecHistory::Entry& SpecHistory::redo()
{
    assert(next() != nullptr);
    m_grows = false;
    return m_entries[++m_present];
}

} // namespace initlens::ui
