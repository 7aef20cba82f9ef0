#include "app/command_line/flags.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/experiment/field_text.h"
#include "core/initializers/fans.h"
#include "core/io/fans_json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace initlens::app {

namespace {

using initializers::FanLayer;
using initializers::FanReport;

std::vector<Flag> fanFlags()
{
    const std::string section = "Layer";
    return {{.name = "--in",
             .value = "N",
             .help = "Inputs of a dense layer, input channels of a convolution.",
             .section = section},
            {.name = "--out",
             .value = "N",
             .help = "Outputs of a dense layer, output channels of a convolution.",
             .section = section},
            {.name = "--kernel",
             .value = "SIZE",
             .help = "Of a convolution: 3, 3x3 or 3x3x3. Without it the layer is dense.",
             .section = section},
            {.name = "--groups",
             .value = "N",
             .help = "Groups of a convolution; 1 unless given.",
             .section = section},
            {.name = "--depthwise",
             .value = "",
             .help = "A kernel for each input channel.",
             .section = section},
            {.name = "--transposed",
             .value = "",
             .help = "A transposed convolution.",
             .section = section},
            {.name = "--json", .value = "", .help = "Writes JSON.", .section = section}};
}

Index wholeNumber(std::string_view name, std::string_view text, Error& problems)
{
    const auto value = experiment::parseNumberWithin(
        name, text, 1, static_cast<double>(initializers::largestChannelCount), true);
    if (!value) {
        problems.append(value.error());
        return 1;
    }
    return static_cast<Index>(*value);
}

Index channelCount(const Invocation& invocation, std::string_view flag, Error& problems)
{
    const std::string* text = invocation.find(flag);
    if (text == nullptr) {
        problems.add(fmt::format("fans needs {}", flag));
        return 1;
    }
    return wholeNumber(flag, *text, problems);
}

std::vector<Index> kernelOf(std::string_view text, Error& problems)
{
    std::vector<Index> sizes;
    while (true) {
        const auto end = text.find('x');
        sizes.push_back(wholeNumber("--kernel", text.substr(0, end), problems));
        if (end == std::string_view::npos) {
            return sizes;
        }
        text.remove_prefix(end + 1);
    }
}

FanLayer layerOf(const Invocation& invocation, Error& problems)
{
    using Kind = FanLayer::Kind;
    FanLayer layer;
    layer.inChannels = channelCount(invocation, "--in", problems);
    layer.outChannels = channelCount(invocation, "--out", problems);
    const bool depthwise = invocation.has("--depthwise");
    const bool transposed = invocation.has("--transposed");
    layer.kind = depthwise ? Kind::Depthwise : transposed ? Kind::Transposed : Kind::Convolution;
    if (depthwise && (transposed || invocation.has("--groups"))) {
        problems.add("--depthwise takes neither --transposed nor --groups");
    }
    if (const std::string* groups = invocation.find("--groups")) {
        layer.groups = wholeNumber("--groups", *groups, problems);
    }
    if (const std::string* kernel = invocation.find("--kernel")) {
        layer.kernel = kernelOf(*kernel, problems);
    } else if (depthwise || transposed || invocation.has("--groups")) {
        problems.add("a convolution needs --kernel");
    } else {
        layer.kind = Kind::Dense;
    }
    return layer;
}

std::string fanTable(const FanReport& report)
{
    constexpr auto line = "{:<20}  {:<22}  {:>12}  {:>12}\n";
    std::string text = fmt::format(line, "", "weights", "fan_in", "fan_out");
    text += fmt::format(line, "connections", "", report.connections.in, report.connections.out);
    std::string notes;
    for (const auto& framework : report.frameworks) {
        if (framework.fans) {
            text += fmt::format(line, framework.framework,
                                fmt::format("{}", fmt::join(framework.shape, " x ")),
                                framework.fans->in, framework.fans->out);
        }
        if (!framework.difference.empty()) {
            notes += fmt::format("{}: {}.\n", framework.framework, framework.difference);
        }
    }
    return text + notes;
}

} // namespace

int fansVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = fanFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("fans takes flags only, not '{}'", word));
    }
    const FanLayer layer = layerOf(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    const auto report = initializers::fansOf(layer);
    if (!report) {
        return fail(report.error(), ExitCode::BadUsage);
    }
    return print(invocation.has("--json") ? io::fansToJson(*report) : fanTable(*report));
}

VerbHelp fansHelp()
{
    return {.usage = {"--in N --out N [FLAG VALUE]..."},
            .text = "Fan-in and fan-out of a layer, and what PyTorch, Keras and Flax take them to "
                    "be.",
            .flags = fanFlags(),
            .examples = {"initlens fans --in 784 --out 128",
                         "initlens fans --kernel 3x3 --in 64 --out 128 --groups 4",
                         "initlens fans --kernel 3x3 --in 32 --out 32 --depthwise",
                         "initlens fans --kernel 4x4 --in 64 --out 32 --transposed"}};
}

} // namespace initlens::app
