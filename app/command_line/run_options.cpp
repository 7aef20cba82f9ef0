#include "app/command_line/run_options.h"

#include "app/command_line/draw_charts.h"
#include "app/command_line/network_flags.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/spec_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace initlens::app {

namespace {

constexpr int mostThreads = 1024;
constexpr double lowestDpi = 10;
constexpr double highestDpi = 2400;

void parseChartFlags(const Invocation& invocation, RunCommand& command, Error& problems)
{
    for (const auto& [name, value] : invocation.flags) {
        if (name != "--chart") {
            continue;
        }
        if (!canDrawCharts()) {
            problems.add("this InitLens was built without charts, so it knows no --chart");
            return;
        }
        auto chart = parseChart(value);
        if (chart) {
            command.charts.push_back(*std::move(chart));
        } else {
            problems.append(chart.error());
        }
    }
}

void parseStyleFlags(const Invocation& invocation, ChartStyle& style, Error& problems)
{
    if (const std::string* size = invocation.find("--size")) {
        if (auto status = parseSize(*size, style); !status) {
            problems.append(status.error());
        }
    }
    if (const std::string* text = invocation.find("--dpi")) {
        const auto dpi = parseWhole("--dpi", *text, lowestDpi, highestDpi, problems);
        style.dpi = static_cast<double>(dpi.value_or(150));
    }
    if (const std::string* theme = invocation.find("--theme")) {
        if (*theme != "light" && *theme != "dark" && *theme != "print") {
            problems.add(fmt::format("--theme must be light, dark or print, not '{}'", *theme));
        }
        style.theme = *theme;
    }
}

/// Two outputs in one file would leave only the second.
/// The file itself, whichever way its path is written.
std::filesystem::path placeOf(const std::filesystem::path& file)
{
    std::error_code code;
    const auto place = std::filesystem::weakly_canonical(std::filesystem::absolute(file), code);
    return code ? file.lexically_normal() : place;
}

void checkPlaces(const RunCommand& command, Error& problems)
{
    std::vector<std::filesystem::path> files;
    if (!command.output.empty()) {
        files.push_back(command.output);
    }
    for (const auto& chart : command.charts) {
        files.push_back(chart.file);
    }
    if (!command.network.empty()) {
        files.push_back(command.network);
        if (command.network.extension() != ".npz") {
            problems.add(
                fmt::format("--save-network must be FILE.npz, not '{}'", command.network.string()));
        }
    }
    std::set<std::filesystem::path> seen;
    for (const auto& file : files) {
        if (const std::string why = fileRefusal(file); !why.empty()) {
            problems.add(why);
        } else if (!seen.insert(placeOf(file)).second) {
            problems.add(fmt::format("'{}' would be written twice", file.string()));
        } else if (!command.csv.empty() && file.extension() == ".csv" &&
                   placeOf(file).parent_path() == placeOf(command.csv / "any").parent_path()) {
            problems.add(fmt::format("'{}' lies where --csv writes", file.string()));
        }
    }
    if (!command.csv.empty()) {
        if (const std::string why = directoryRefusal(command.csv); !why.empty()) {
            problems.add(why);
        }
    }
}

void parsePath(const Invocation& invocation, std::string_view flag, std::filesystem::path& path)
{
    if (const std::string* text = invocation.find(flag)) {
        path = *text;
    }
}

} // namespace

std::vector<Flag> runFlags()
{
    std::vector<Flag> flags = specFlags();
    const auto add = [&](std::string_view section, std::string_view name, std::string_view value,
                         std::string_view help) {
        flags.push_back({.name = std::string(name),
                         .value = std::string(value),
                         .help = std::string(help),
                         .section = std::string(section)});
    };
    add("Run", "--threads", "N", "1 to 1024; one per processor unless given.");
    add("Run", "--quiet", "", "No progress and no summary.");
    add("Results", "--output", "FILE.json", "Writes the result file.");
    add("Results", "--csv", "DIR", "Writes one CSV file per diagnostic into a directory.");
    add("Results", "--save-network", "FILE.npz",
        "Writes W_1.., b_1.., x_0 and v of the first trial, for NumPy.");
    add("Results", "--chart", chartValueName,
        "Draws a diagnostic, or the four charts of the window; may be repeated. Singular values "
        "have two more forms: /map, their density over depth, and @LAYER/linear, on a linear "
        "axis. What theory predicts at every layer has /strip: measured over predicted below it.");
    flags.back().repeatable = true;
    flags.back().suggest = suggestCharts;
    add("Results", "--size", "WxHmm", "Size of the charts; 160x100mm unless given.");
    add("Results", "--dpi", "N", "Pixels an inch of PNG charts, 10 to 2400; 150 unless given.");
    add("Results", "--theme", "light|dark|print", "Colours of the charts; print unless given.");
    return flags;
}

Result<RunCommand> parseRunCommand(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = runFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("run takes flags only, not '{}'", word));
    }
    RunCommand command;
    parseSpec(invocation, command.spec, problems);
    const bool specIsRead = problems.empty();
    if (const std::string* threads = invocation.find("--threads")) {
        command.threads = static_cast<int>(
            parseWhole("--threads", *threads, 1, mostThreads, problems).value_or(0));
    }
    command.quiet = invocation.has("--quiet");
    parsePath(invocation, "--output", command.output);
    parsePath(invocation, "--csv", command.csv);
    parsePath(invocation, "--save-network", command.network);
    parseChartFlags(invocation, command, problems);
    parseStyleFlags(invocation, command.chartStyle, problems);
    checkPlaces(command, problems);
    if (specIsRead) {
        problems.append(experiment::validate(command.spec));
        for (const auto& chart : command.charts) {
            if (const std::string why = chartRefusal(chart, command.spec); !why.empty()) {
                problems.add(why);
            }
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    return command;
}

} // namespace initlens::app
