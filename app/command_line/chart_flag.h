#pragma once

#include "core/base/result.h"
#include "core/diagnostics/diagnostic.h"
#include "core/experiment/run_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace initlens::app {

/// One chart to be drawn: `FILE.svg`, `FILE.svg:diagnostic` or `FILE.svg:diagnostic@layer`.
struct ChartOutput {
    std::filesystem::path file;
    const diagnostics::Diagnostic* diagnostic = nullptr; ///< null: the dashboard
    std::optional<int> layer; ///< the distribution at one layer instead of the curves over depth
};

/// How all charts of a run are drawn.
struct ChartStyle {
    double widthMillimetres = 160;
    double heightMillimetres = 100;
    double dpi = 150;
    std::string theme = "print"; ///< light, dark or print
};

Result<ChartOutput> parseChart(std::string_view text);

/// Why a run of `spec` will not measure what the chart shows, empty when it will.
std::string chartRefusal(const ChartOutput& chart, const experiment::RunSpec& spec);

/// `160x100mm` or `160x100`.
Status parseSize(std::string_view text, ChartStyle& style);

} // namespace initlens::app
