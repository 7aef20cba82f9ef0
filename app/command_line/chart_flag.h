#pragma once

#include "app/command_line/suggestions.h"
#include "core/base/result.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace initlens::app {

/// The other ways to see singular values, their density as a map over depth and at a layer on a
/// linear axis; and to see a profile, with a strip below it of the measured over the predicted.
enum class ChartForm { Plain, Map, Linear, Strip };

/// What the value of --chart is called in its help.
constexpr std::string_view chartValueName = "FILE.{svg,pdf,png}[:DIAGNOSTIC[@LAYER][/FORM]]";

/// One chart to be drawn: `FILE.svg`, `FILE.svg:diagnostic`, `FILE.svg:diagnostic@layer`; of
/// singular values also `FILE.svg:diagnostic/map` and `FILE.svg:diagnostic@layer/linear`, of a
/// profile that theory predicts `FILE.svg:diagnostic/strip`.
struct ChartOutput {
    std::filesystem::path file;
    const diagnostics::Diagnostic* diagnostic = nullptr; ///< null: the dashboard
    std::optional<int> layer; ///< the distribution at one layer instead of the curves over depth
    ChartForm form = ChartForm::Plain;
};

/// How all charts of a run are drawn.
struct ChartStyle {
    double widthMillimetres = 160;
    double heightMillimetres = 100;
    double dpi = 150;
    std::string theme = "print"; ///< light, dark or print
};

Result<ChartOutput> parseChart(std::string_view text);

/// The files, and behind the colon the diagnostics.
Suggestions suggestCharts(std::string_view typed);

/// Why a run of `spec` will not measure what the chart shows, empty when it will.
std::string chartRefusal(const ChartOutput& chart, const experiment::RunSpec& spec);

/// `160x100mm` or `160x100`.
Status parseSize(std::string_view text, ChartStyle& style);

} // namespace initlens::app
