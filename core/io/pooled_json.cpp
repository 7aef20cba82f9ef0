#include "core/io/pooled_json.h"

#include <algorithm>
#include <array>
#include <functional>

namespace initlens::io {

namespace {

constexpr std::array<std::string_view, 6> keys = {"replicas", "exact_zeros", "quantiles",
                                                  "low",      "high",        "values"};

bool readQuantiles(const JsonPlace& place, std::string_view key, spectrum::ValueQuantiles& out)
{
    const auto member = place.member(key);
    const auto numbers = member ? member->numbers(out.size()) : std::nullopt;
    if (!numbers || numbers->size() != out.size()) {
        return false;
    }
    std::copy(numbers->begin(), numbers->end(), out.begin());
    return true;
}

} // namespace

void writePooled(JsonText& json, const diagnostics::PooledSpectrum& pooled)
{
    json.openObject();
    json.key("replicas").whole(pooled.replicas);
    json.key("exact_zeros").whole(pooled.exactZeros);
    json.key("quantiles").numbers(pooled.quantiles);
    json.key("low").numbers(pooled.low);
    json.key("high").numbers(pooled.high);
    json.key("values").numbers(pooled.log10Values);
    json.closeObject();
}

diagnostics::PooledSpectrumPointer readPooled(const JsonPlace& place, std::int64_t smallerSide)
{
    constexpr std::int64_t mostReplicas = std::int64_t{1} << 31;
    if (!place.object(keys)) {
        return nullptr;
    }
    const auto whole = [&place](std::string_view key, std::int64_t max) {
        const auto member = place.member(key);
        return member ? member->whole(0, max) : std::nullopt;
    };
    const auto replicas = whole("replicas", mostReplicas);
    const auto zeros = whole("exact_zeros", mostReplicas * smallerSide);
    const auto member = place.member("values");
    auto values = member ? member->numbers() : std::nullopt;
    auto pooled = std::make_shared<diagnostics::PooledSpectrum>();
    if (!replicas || !zeros || !values || !readQuantiles(place, "quantiles", pooled->quantiles) ||
        !readQuantiles(place, "low", pooled->low) || !readQuantiles(place, "high", pooled->high)) {
        return nullptr;
    }
    // A not-a-number, read for null, descends from nothing.
    const bool ordered = std::adjacent_find(values->begin(), values->end(), [](double a, double b) {
                             return !(a >= b);
                         }) == values->end();
    if (!ordered || std::ssize(*values) + *zeros != *replicas * smallerSide) {
        place.complain("the values must descend and count, with the exact zeros, the smaller side "
                       "of the Jacobian once a replica");
        return nullptr;
    }
    pooled->replicas = *replicas;
    pooled->exactZeros = *zeros;
    pooled->log10Values = *std::move(values);
    return pooled;
}

} // namespace initlens::io
