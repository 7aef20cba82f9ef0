#include "app/command_line/function_options.h"
#include "app/command_line/network_flags.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/experiment/field_text.h"
#include "core/io/gain_json.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace initlens::app {

namespace {

constexpr double largest = 1e6;

std::vector<Flag> gainFlags()
{
    const std::string section = "Gain workbench";
    auto flags = functionFlags(section);
    flags.push_back({.name = "--q",
                     .value = "Q",
                     .help = "Variance of the pre-activations, 1e-12 to 1e12; 1 unless given.",
                     .section = section});
    flags.push_back({.name = "--sigma-w",
                     .value = "X",
                     .help = "sigma_w for the fixed points, up to 1e6: standard deviation of a "
                             "weight times sqrt(fan-in); the forward gain unless given.",
                     .section = section});
    flags.push_back({.name = "--bias-std",
                     .value = "X",
                     .help = "Standard deviation of the biases for the fixed points, 0 to 1e6; 0 "
                             "unless given.",
                     .section = section});
    flags.push_back({.name = "--json",
                     .value = "",
                     .help = "Writes JSON to a terminal, too.",
                     .section = section});
    flags.push_back({.name = "--output",
                     .value = "FILE.json",
                     .help = "Writes the result there; to standard output unless given.",
                     .section = section});
    return flags;
}

std::optional<double> numberFlag(const Invocation& invocation, std::string_view flag, double min,
                                 double max, Error& problems)
{
    const std::string* text = invocation.find(flag);
    if (text == nullptr) {
        return std::nullopt;
    }
    const auto value = experiment::parseNumberWithin(flag, *text, min, max, false);
    if (!value) {
        problems.append(value.error());
        return std::nullopt;
    }
    return *value;
}

std::string edgeLine(const theory::EdgePoint& point)
{
    const std::string place = point.qStar ? fmt::format("q* = {:<10.6g}", *point.qStar)
                                          : fmt::format("{:<15}", "every q*");
    return fmt::format("  {} sigma_w = {:<10.8g} bias std = {:<10.6g} {}\n", place,
                       std::sqrt(point.sigmaW2), std::sqrt(point.sigmaB2),
                       point.stable ? "stable" : "unstable");
}

std::string gainTable(const experiment::GainReport& report)
{
    const auto& gains = report.gains;
    std::string text =
        fmt::format("{} at q = {:g}\n"
                    "  forward     {:<14.10g} keeps q\n"
                    "  backward    {:<14.10g} keeps gradients\n"
                    "  compromise  {:<14.10g} geometric mean\n"
                    "  E[phi] = {:.8g}, E[phi^2] = {:.8g}, E[phi'^2] = {:.8g}\n",
                    report.name, gains.q, gains.forward, gains.backward, gains.compromise,
                    gains.mean, gains.secondMoment, gains.slopeSecondMoment);
    if (report.library) {
        text += fmt::format("  PyTorch     {:<14.10g} multiplies q by {:.6g} and gradients by "
                            "{:.6g} a layer (squared)\n",
                            report.library->gain, report.library->forwardFactor,
                            report.library->backwardFactor);
    }
    text += fmt::format("Fixed points at sigma_w = {:.8g}, bias std = {:.6g}\n",
                        std::sqrt(report.law.sigmaW2), std::sqrt(report.law.sigmaB2));
    for (const auto& [point, chi1] : report.fixedPoints) {
        text += fmt::format("  q = {:<12.8g} {:<9} chi_1 = {:.8g}\n", point.q,
                            point.stable() ? "stable" : "unstable", chi1);
    }
    if (report.fixedPoints.empty()) {
        text += report.conserved ? "  every q is kept\n" : "  none: q grows for ever\n";
    }
    text += "Edge of chaos\n";
    for (const auto* points : {&report.edgeWithoutBias, &report.edge}) {
        for (const auto& point : *points) {
            text += edgeLine(point);
        }
    }
    if (!report.whyNoEdge.empty()) {
        text += fmt::format("  {}\n", report.whyNoEdge);
    }
    text += fmt::format("Isometry: {}\n", report.isometry);
    for (const auto& note : report.notes) {
        text += fmt::format("Note: {}\n", note);
    }
    return text;
}

} // namespace

int gainVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = gainFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("gain takes flags only, not '{}'", word));
    }
    const auto function = parseFunction(invocation, "gain", problems);
    const experiment::GainRequest request{
        .activation = function.activation,
        .formula = function.formula,
        .q = numberFlag(invocation, "--q", 1e-12, 1e12, problems).value_or(1),
        .sigmaW = numberFlag(invocation, "--sigma-w", 1e-6, largest, problems),
        .biasStd = numberFlag(invocation, "--bias-std", 0, largest, problems).value_or(0)};
    const std::string* output = outputFile(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    const auto report = experiment::gainReport(request, Execution());
    if (!report) {
        return fail(report.error(), ExitCode::BadUsage);
    }
    const bool table = output == nullptr && outputIsTerminal() && !invocation.has("--json");
    return deliver(table ? gainTable(*report) : io::gainToJson(*report), output);
}

VerbHelp gainHelp()
{
    return {.usage = {"(--activation ID | --formula EXPRESSION) [FLAG VALUE]..."},
            .text = "The gains of an activation, of the list or your own: sigma_w = standard "
                    "deviation of a weight times sqrt(fan-in) that keeps the variance q of the "
                    "pre-activations (forward), that keeps gradients (backward) and between the "
                    "two (compromise); all fixed points of q with their stability and chi_1, the "
                    "edge of chaos, whether isometry is possible, and what PyTorch's "
                    "calculate_gain would do. A table on a terminal, else JSON.",
            .flags = gainFlags(),
            .examples = {"initlens gain --activation tanh",
                         "initlens gain --formula 'x*tanh(log(1+exp(x)))' --q 2",
                         "initlens gain --formula 'x<0 ? 0.1*x : x' --sigma-w 1.4 --bias-std 0.1"}};
}

} // namespace initlens::app
