#include "app/command_line/network_flags.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/spec_options.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/parallel.h"
#include "core/io/prediction_json.h"

#include <fmt/format.h>

namespace initlens::app {

namespace {

constexpr double smallestSingularValue = 1e-300;
constexpr double largestSingularValue = 1e300;

std::vector<Flag> theoryFlags()
{
    std::vector<Flag> flags = specFlags();
    flags.push_back({.name = "--output",
                     .value = "FILE.json",
                     .help = "Writes the prediction there; to standard output unless given.",
                     .section = "Results"});
    flags.push_back({.name = "--density-at",
                     .value = "S,S,...",
                     .help =
                         "Singular values at which the density of the whole Jacobian's singular "
                         "values is written.",
                     .section = "Results"});
    return flags;
}

} // namespace

int theoryVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = theoryFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("theory takes flags only, not '{}'", word));
    }
    experiment::RunSpec spec;
    parseSpec(invocation, spec, problems);
    if (problems.empty()) {
        problems.append(experiment::validate(spec));
    }
    io::TheoryRequest request;
    if (const std::string* list = invocation.find("--density-at")) {
        request.densityAt = parseNumbers("--density-at", *list, smallestSingularValue,
                                         largestSingularValue, problems);
    }
    const std::string* output = outputFile(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    std::string text;
    const Workers workers(processorCount());
    workers.run([&] {
        text = io::theoryToJson(spec, *experiment::predictProfiles(spec, Execution()), request);
    });
    return deliver(text, output);
}

VerbHelp theoryHelp()
{
    return {.usage = {"[FLAG VALUE]..."},
            .text = "Writes what theory predicts of a network, as JSON, without drawing it: the "
                    "fixed point q* that a pre-activation variance of 1 flows to, the factor chi_1 "
                    "of the gradients, the depth scales, and for every layer what a measurement is "
                    "expected to read. Where theory does not hold `why_not` says why.",
            .flags = theoryFlags(),
            .examples = {"initlens theory --activation tanh --initializer "
                         "scaled_gaussian:sigma_w=1.5 --bias-std 0.1",
                         "initlens theory --preset tanh_critical --output theory.json"}};
}

} // namespace initlens::app
