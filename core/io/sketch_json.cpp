#include "core/io/sketch_json.h"

#include "core/network/spec.h"
#include "core/spectrum/value_quantiles.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::io {

namespace {

using spectrum::BoundedValue;
using spectrum::Estimate;
using spectrum::SketchQuantile;
using spectrum::SpectrumSketch;

constexpr double infinity = std::numeric_limits<double>::infinity();

template <class Part, class Get>
std::vector<double> column(const std::vector<Part>& parts, const Get& get)
{
    std::vector<double> numbers;
    std::transform(parts.begin(), parts.end(), std::back_inserter(numbers), get);
    return numbers;
}

void writeExtremes(JsonText& json, std::string_view key, const std::vector<BoundedValue>& values)
{
    json.key(key).openObject();
    json.key("values").numbers(column(values, [](const auto& one) { return one.log10Value; }));
    json.key("bounds").numbers(column(values, [](const auto& one) { return one.bound; }));
    json.closeObject();
}

/// Lists of equal length under the keys of one object, null standing for the number beside a key.
/// Empty when something is wrong.
struct Column {
    std::string_view key;
    double missing = std::numeric_limits<double>::quiet_NaN();
};
template <std::size_t count>
std::optional<std::array<std::vector<double>, count>>
readColumns(const JsonPlace& parent, std::string_view key, const std::array<Column, count>& columns)
{
    const auto place = parent.member(key);
    std::array<std::string_view, count> keys;
    std::transform(columns.begin(), columns.end(), keys.begin(),
                   [](const Column& one) { return one.key; });
    if (!place || !place->object(keys)) {
        return std::nullopt;
    }
    std::array<std::vector<double>, count> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        const auto member = place->member(columns[i].key);
        const auto list = member ? member->numbers({}, columns[i].missing) : std::nullopt;
        if (!list) {
            return std::nullopt;
        }
        if (i > 0 && list->size() != numbers.front().size()) {
            member->complain("the lists must be equally long");
            return std::nullopt;
        }
        numbers[i] = *list;
    }
    return numbers;
}

std::optional<std::vector<BoundedValue>> readExtremes(const JsonPlace& parent, std::string_view key)
{
    const auto lists = readColumns<2>(parent, key, {Column{"values"}, Column{"bounds", infinity}});
    if (!lists) {
        return std::nullopt;
    }
    const auto& [values, bounds] = *lists;
    std::vector<BoundedValue> extremes;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!std::isfinite(values[i]) || !(bounds[i] >= 0)) {
            parent.member(key)->complain("values must be numbers and bounds not negative");
            return std::nullopt;
        }
        extremes.push_back({values[i], bounds[i]});
    }
    return extremes;
}

std::optional<std::vector<SketchQuantile>> readQuantiles(const JsonPlace& parent)
{
    const auto lists = readColumns<4>(
        parent, "quantiles",
        {Column{"levels"}, Column{"values"}, Column{"low", -infinity}, Column{"high", infinity}});
    if (!lists) {
        return std::nullopt;
    }
    const auto& [levels, values, low, high] = *lists;
    const bool known = levels.empty() || std::equal(levels.begin(), levels.end(),
                                                    std::begin(spectrum::quantileLevels),
                                                    std::end(spectrum::quantileLevels));
    if (!known) {
        parent.member("quantiles")
            ->complain("the levels must be 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1");
        return std::nullopt;
    }
    std::vector<SketchQuantile> quantiles;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        quantiles.push_back({levels[i], values[i], low[i], high[i]});
    }
    return quantiles;
}

/// The keys of the estimates.
constexpr std::array<std::pair<std::string_view, Estimate SpectrumSketch::*>, 3> estimates = {
    {{"log10_mean_square", &SpectrumSketch::log10MeanSquare},
     {"effective_rank", &SpectrumSketch::effectiveRank},
     {"isometry", &SpectrumSketch::isometry}}};

bool readEstimates(const JsonPlace& parent, SpectrumSketch& sketch)
{
    for (const auto& [key, member] : estimates) {
        const auto place = parent.member(key);
        const auto numbers = place ? place->numbers(2, infinity) : std::nullopt;
        if (!numbers) {
            return false;
        }
        if (numbers->size() != 2 || !std::isfinite(numbers->front()) || !(numbers->back() >= 0)) {
            place->complain("must be a number and its error, which is not negative");
            return false;
        }
        sketch.*member = {numbers->front(), numbers->back()};
    }
    return true;
}

} // namespace

void writeSketch(JsonText& json, const SpectrumSketch& sketch)
{
    const auto& quantiles = sketch.quantiles;
    json.openObject();
    json.key("count").whole(sketch.count);
    writeExtremes(json, "largest", sketch.largest);
    writeExtremes(json, "smallest", sketch.smallest);
    json.key("quantiles").openObject();
    json.key("levels").numbers(column(quantiles, [](const auto& one) { return one.level; }));
    json.key("values").numbers(column(quantiles, [](const auto& one) { return one.value; }));
    json.key("low").numbers(column(quantiles, [](const auto& one) { return one.low; }));
    json.key("high").numbers(column(quantiles, [](const auto& one) { return one.high; }));
    json.closeObject();
    json.key("edges").numbers(sketch.edges);
    json.key("shares").numbers(sketch.shares);
    json.key("errors").numbers(sketch.errors);
    json.key("share_below").number(sketch.shareBelow);
    for (const auto& [key, member] : estimates) {
        const Estimate& estimate = sketch.*member;
        json.key(key).numbers(std::array{estimate.value, estimate.error});
    }
    json.closeObject();
}

std::optional<SpectrumSketch> readSketch(const JsonPlace& place)
{
    static constexpr std::array<std::string_view, 11> keys = {
        "count",  "largest",     "smallest",          "quantiles",      "edges",   "shares",
        "errors", "share_below", "log10_mean_square", "effective_rank", "isometry"};
    if (!place.object(keys)) {
        return std::nullopt;
    }
    const auto largest = readExtremes(place, "largest");
    const auto smallest = readExtremes(place, "smallest");
    const auto quantiles = readQuantiles(place);
    const auto countPlace = place.member("count");
    const auto belowPlace = place.member("share_below");
    const auto edgesPlace = place.member("edges");
    const auto sharesPlace = place.member("shares");
    const auto errorsPlace = place.member("errors");
    if (!largest || !smallest || !quantiles || !countPlace || !belowPlace || !edgesPlace ||
        !sharesPlace || !errorsPlace) {
        return std::nullopt;
    }
    const auto count = countPlace->whole(0, 2 * network::largestWidth);
    const auto below = belowPlace->number(0, 1);
    const auto edges = edgesPlace->numbers();
    const std::size_t bins = edges && !edges->empty() ? edges->size() - 1 : 0;
    const auto shares = sharesPlace->numbers(bins);
    const auto errors = errorsPlace->numbers(bins);
    if (!count || !below || !edges || !shares || !errors) {
        return std::nullopt;
    }
    const auto finite = [](const std::vector<double>& numbers) {
        return std::all_of(numbers.begin(), numbers.end(),
                           [](double one) { return std::isfinite(one); });
    };
    if (!finite(*edges) || !finite(*shares) || !finite(*errors) ||
        !std::is_sorted(edges->begin(), edges->end(), std::less_equal<>{}) ||
        shares->size() != bins || errors->size() != bins) {
        place.complain("the edges must rise, with a share and an error between each two of them");
        return std::nullopt;
    }
    if ((*count == 0) != largest->empty() || (*count == 0) != quantiles->empty()) {
        place.complain("needs its largest value and its quantiles unless it counts no values");
        return std::nullopt;
    }
    SpectrumSketch sketch{.count = *count,
                          .largest = *largest,
                          .smallest = *smallest,
                          .quantiles = *quantiles,
                          .edges = *edges,
                          .shares = *shares,
                          .errors = *errors,
                          .shareBelow = *below};
    return readEstimates(place, sketch) ? std::optional(std::move(sketch)) : std::nullopt;
}

} // namespace initlens::io
