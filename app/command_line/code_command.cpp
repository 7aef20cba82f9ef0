#include "app/command_line/network_flags.h"
#include "app/command_line/spec_options.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/code/layer_code.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace initlens::app {

namespace {

using code::Framework;

std::vector<Flag> codeFlags()
{
    const std::string section = "Code";
    std::vector<Flag> flags = {
        {.name = "--framework",
         .value = "ID",
         .help = fmt::format("The library in whose words it is written, one of {}.",
                             fmt::join(ids(Framework::table()), ", ")),
         .section = section,
         .suggest = &suggestRows<Framework>},
        {.name = "--layer",
         .value = "N",
         .help = "Which layer of the network, 1 to its depth; the second unless given.",
         .section = section},
        {.name = "--fan-in",
         .value = "N",
         .help = "Of a layer of your own in its place: its inputs, of a convolution times the "
                 "taps of the kernel.",
         .section = section},
        {.name = "--fan-out",
         .value = "N",
         .help = "Of a layer of your own in its place: its outputs, of a convolution times the "
                 "taps of the kernel.",
         .section = section}};
    const auto network = specFlags();
    flags.insert(flags.end(), network.begin(), network.end());
    return flags;
}

const Framework* frameworkOf(const Invocation& invocation, Error& problems)
{
    const std::string* name = invocation.find("--framework");
    if (name == nullptr) {
        problems.add(
            fmt::format("code needs --framework: {}", fmt::join(ids(Framework::table()), ", ")));
        return nullptr;
    }
    const Framework* framework = findRow(Framework::table(), *name);
    if (framework == nullptr) {
        problems.add(unknownIdMessage(Framework::kind, *name, ids(Framework::table())));
    }
    return framework;
}

std::optional<Index> wholeFlag(const Invocation& invocation, std::string_view flag, Index largest,
                               Error& problems)
{
    const std::string* text = invocation.find(flag);
    if (text == nullptr) {
        return std::nullopt;
    }
    return parseWhole(flag, *text, 1, static_cast<double>(largest), problems);
}

} // namespace

int codeVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = codeFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("code takes flags only, not '{}'", word));
    }
    const code::LayerRequest request = {
        .framework = frameworkOf(invocation, problems),
        .layer = wholeFlag(invocation, "--layer", network::largestDepth, problems).value_or(0),
        .fanIn = wholeFlag(invocation, "--fan-in", code::largestFan, problems),
        .fanOut = wholeFlag(invocation, "--fan-out", code::largestFan, problems)};
    experiment::RunSpec spec;
    parseSpec(invocation, spec, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    const auto text = code::layerCode(spec, request);
    return text ? print(*text) : fail(text.error(), ExitCode::BadUsage);
}

VerbHelp codeHelp()
{
    return {.usage = {"--framework ID [FLAG VALUE]..."},
            .text = "Prints Python that initializes a layer of the network as InitLens draws it: "
                    "weights and biases equal in distribution, for the shape of that layer.",
            .flags = codeFlags(),
            .examples = {"initlens code --framework pytorch --initializer he_normal --fan-in 784 "
                         "--fan-out 128",
                         "initlens code --framework jax --activation tanh --initializer "
                         "critical_orthogonal --width 512",
                         "initlens code --framework keras --architecture conv:kernel=3 --width 64 "
                         "--initializer delta_orthogonal"}};
}

} // namespace initlens::app
