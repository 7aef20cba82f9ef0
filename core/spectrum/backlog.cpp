#include "core/spectrum/backlog.h"

#include <algorithm>
#include <bit>

namespace initlens::spectrum {

namespace {

double bytesOf(const Backlog::Item& item)
{
    if (item.single) {
        return static_cast<double>(item.single->values().size()) * sizeof(float);
    }
    const Index elements = item.plain ? item.plain->values().size() : item.graded->upper.size();
    return static_cast<double>(elements) * sizeof(double);
}

} // namespace

int coarseness(Index number)
{
    return std::countr_zero(static_cast<std::size_t>(number));
}

std::vector<Index> Backlog::add(Item item)
{
    const std::lock_guard lock(m_mutex);
    const Key key{-item.coarseness, item.step};
    m_bytes += bytesOf(item);
    m_keyOfLayer[item.layer] = key;
    m_items.emplace(key, std::move(item));
    std::vector<Index> crowdedOut;
    while (m_bytes > m_limit && m_items.size() > 1) {
        crowdedOut.push_back(removeAt(std::prev(m_items.end())).step);
    }
    return crowdedOut;
}

std::optional<Backlog::Item> Backlog::take(Index wanted)
{
    const std::lock_guard lock(m_mutex);
    if (m_items.empty()) {
        return std::nullopt;
    }
    const auto key = m_keyOfLayer.find(wanted);
    return removeAt(key == m_keyOfLayer.end() ? m_items.begin() : m_items.find(key->second));
}

std::optional<Backlog::Item> Backlog::takeBefore(Index step)
{
    const std::lock_guard lock(m_mutex);
    const auto place = std::find_if(m_items.begin(), m_items.end(),
                                    [step](const auto& item) { return item.first.second < step; });
    return place == m_items.end() ? std::nullopt : std::optional(removeAt(place));
}

std::vector<Index> Backlog::dropAfter(Index step)
{
    const std::lock_guard lock(m_mutex);
    std::vector<Index> dropped;
    for (auto place = m_items.begin(); place != m_items.end();) {
        const auto next = std::next(place);
        if (place->first.second > step) {
            dropped.push_back(removeAt(place).step);
        }
        place = next;
    }
    return dropped;
}

std::size_t Backlog::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_items.size();
}

Backlog::Item Backlog::removeAt(std::map<Key, Item>::iterator place)
{
    Item item = std::move(place->second);
    m_bytes -= bytesOf(item);
    m_keyOfLayer.erase(item.layer);
    m_items.erase(place);
    return item;
}

} // namespace initlens::spectrum
