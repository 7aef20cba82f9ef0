#include "app/command_line/chart_flag.h"

#include "app/command_line/network_flags.h"
#include "core/experiment/needs.h"
#include "core/experiment/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace initlens::app {

namespace {

using diagnostics::Diagnostic;
using diagnostics::Kind;

struct Form {
    std::string_view name;
    ChartForm form;
};
constexpr std::array<Form, 3> forms = {Form{"map", ChartForm::Map},
                                       Form{"linear", ChartForm::Linear},
                                       Form{"strip", ChartForm::Strip}};

bool hasChartSuffix(std::string_view file)
{
    constexpr std::array<std::string_view, 3> suffixes = {".svg", ".pdf", ".png"};
    return std::any_of(suffixes.begin(), suffixes.end(), [&](std::string_view suffix) {
        return file.size() > suffix.size() && file.ends_with(suffix);
    });
}

/// Whether the singular values at `layer` are measured.
bool spectrumMeasuredAt(const experiment::RunSpec& spec, std::int64_t layer)
{
    const bool toOutput = spec.jacobian->scope == spectrum::Scope::Kind::ToOutput;
    const std::int64_t first = toOutput ? 0 : 1;
    const std::int64_t last = toOutput ? spec.depth - 1 : spec.depth;
    return layer >= first && layer <= last &&
           (layer % spec.spectrumEvery == 0 || (layer == last && !toOutput));
}

/// Why there would be nothing in the strip below a profile, empty when there would be something.
std::string stripRefusal(const Diagnostic& diagnostic, const experiment::RunSpec& spec)
{
    const auto id = diagnostic.head.id;
    if (diagnostic.reading != Kind::Profile) {
        return fmt::format("--chart {}: /strip is for diagnostics of one number a layer", id);
    }
    const std::string why = experiment::whyNoPrediction(spec);
    return why.empty() ? why : fmt::format("--chart {}/strip: there is no prediction: {}", id, why);
}

} // namespace

Result<ChartOutput> parseChart(std::string_view text)
{
    ChartOutput chart;
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || !hasChartSuffix(text.substr(0, colon))) {
        if (!hasChartSuffix(text)) {
            return Error(fmt::format(
                "--chart must be FILE.svg, FILE.pdf or FILE.png, with :DIAGNOSTIC or not, not '{}'",
                text));
        }
        chart.file = text;
        return chart;
    }
    chart.file = text.substr(0, colon);
    std::string_view name = text.substr(colon + 1);
    Error problems;
    if (const auto slash = name.find('/'); slash != std::string_view::npos) {
        const auto form = name.substr(slash + 1);
        const auto* const known = std::find_if(forms.begin(), forms.end(),
                                               [&](const Form& each) { return each.name == form; });
        if (known == forms.end()) {
            return Error(
                fmt::format("--chart: after / stands map, linear or strip, not '{}'", form));
        }
        chart.form = known->form;
        name = name.substr(0, slash);
    }
    if (const auto at = name.find('@'); at != std::string_view::npos) {
        const auto layer = parseWhole("the layer of --chart", name.substr(at + 1), 0,
                                      static_cast<double>(network::largestDepth), problems);
        if (!layer) {
            return problems;
        }
        chart.layer = static_cast<int>(*layer);
        name = name.substr(0, at);
    }
    chart.diagnostic = findRow(Diagnostic::table(), name);
    if (chart.diagnostic == nullptr) {
        return Error(unknownIdMessage(Diagnostic::kind, name, ids(Diagnostic::table())));
    }
    return chart;
}

Suggestions suggestCharts(std::string_view typed)
{
    const auto colon = typed.rfind(':');
    if (colon == std::string_view::npos) {
        return suggestionsOfName(chartValueName);
    }
    Suggestions suggestions;
    for (const Diagnostic* row : Diagnostic::table()) {
        suggestions.words.push_back({fmt::format("{}:{}", typed.substr(0, colon), row->head.id),
                                     std::string(row->head.label)});
    }
    return suggestions;
}

std::string chartRefusal(const ChartOutput& chart, const experiment::RunSpec& spec)
{
    if (chart.diagnostic == nullptr) {
        return {};
    }
    const auto id = chart.diagnostic->head.id;
    if (!experiment::validate(spec).empty()) {
        return {}; // which is said elsewhere
    }
    if (const std::string unmet = experiment::unmetNeed(spec, chart.diagnostic->needs);
        !unmet.empty()) {
        return fmt::format("--chart {} {}", id, unmet);
    }
    if (chart.form == ChartForm::Strip) {
        if (std::string why = stripRefusal(*chart.diagnostic, spec); !why.empty()) {
            return why;
        }
    } else if (chart.form != ChartForm::Plain && chart.diagnostic->reading != Kind::Spectrum) {
        return fmt::format("--chart {}: /map and /linear are for singular values", id);
    }
    if (chart.form == ChartForm::Linear && !chart.layer) {
        return fmt::format("--chart {}/linear is for one layer: write {}@LAYER/linear", id, id);
    }
    if (chart.form == ChartForm::Map && chart.layer) {
        return fmt::format("--chart {}/map is over all depth and takes no @{}", id, *chart.layer);
    }
    if (!chart.layer) {
        return {};
    }
    switch (chart.diagnostic->reading) {
    case Kind::Profile:
        return fmt::format("--chart {} is one number a layer and takes no @{}", id, *chart.layer);
    case Kind::Curve:
    case Kind::Field:
        return fmt::format("--chart {} is of the whole network and takes no @{}", id, *chart.layer);
    case Kind::Histogram:
        return *chart.layer == experiment::effectiveHistogramLayer(spec)
                   ? std::string{}
                   : fmt::format("--chart {}: the histograms are taken at layer {}, not {} "
                                 "(--histogram-layer)",
                                 id, experiment::effectiveHistogramLayer(spec), *chart.layer);
    case Kind::Spectrum:
        break;
    }
    return spectrumMeasuredAt(spec, *chart.layer)
               ? std::string{}
               : fmt::format("--chart {}: no singular values are measured at layer {} "
                             "(--depth, --spectrum-every)",
                             id, *chart.layer);
}

Status parseSize(std::string_view text, ChartStyle& style)
{
    constexpr double smallest = 20;
    constexpr double largest = 2000;
    std::string_view numbers = text;
    if (numbers.ends_with("mm")) {
        numbers.remove_suffix(2);
    }
    const auto cross = numbers.find('x');
    if (cross != std::string_view::npos) {
        const auto width = parseNumber(numbers.substr(0, cross));
        const auto height = parseNumber(numbers.substr(cross + 1));
        const auto allowed = [](const std::optional<double>& side) {
            return side && *side >= smallest && *side <= largest;
        };
        if (allowed(width) && allowed(height)) {
            style.widthMillimetres = *width;
            style.heightMillimetres = *height;
            return Done{};
        }
    }
    return Error(
        fmt::format("--size must be WIDTHxHEIGHTmm, each from {} to {}, like 160x100mm, not '{}'",
                    smallest, largest, text));
}

} // namespace initlens::app
