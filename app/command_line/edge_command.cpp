#include "app/command_line/flags.h"
#include "app/command_line/function_options.h"
#include "app/command_line/network_flags.h"
#include "app/command_line/output_paths.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/io/edge_json.h"
#include "core/theory/formula.h"

#include <fmt/format.h>

#include <vector>

namespace initlens::app {

namespace {

std::vector<Flag> edgeFlags()
{
    auto flags = functionFlags("Edge of chaos");
    flags.insert(
        flags.end(),
        {{.name = "--q-star",
          .value = "Q,Q,...",
          .help = "Fixed points q* of the pre-activation variance, from 1e-10 to 1e8: a point of "
                  "the edge each.",
          .section = "Edge of chaos"},
         {.name = "--sigma-b2",
          .value = "V,V,...",
          .help = "Variances of the biases, from 0 to 1e6: all points of the edge that have them.",
          .section = "Edge of chaos"},
         {.name = "--output",
          .value = "FILE.json",
          .help = "Writes the points there; to standard output unless given.",
          .section = "Edge of chaos"}});
    return flags;
}

/// The point at every q*, left out where the biases would need a negative variance.
io::EdgeResult pointsAt(const theory::ActivationFunction& phi, const std::vector<double>& qStars)
{
    io::EdgeResult result;
    for (const double q : qStars) {
        if (const auto point = theory::edgeAt(phi, q)) {
            result.points.push_back(*point);
        }
    }
    return result;
}

io::EdgeResult pointsWithBias(const theory::ActivationFunction& phi,
                              const std::vector<double>& variances)
{
    io::EdgeResult result;
    for (const double variance : variances) {
        const auto points = theory::edgeWithBias(phi, variance);
        result.points.insert(result.points.end(), points.begin(), points.end());
    }
    return result;
}

} // namespace

int edgeVerb(std::span<const std::string> arguments)
{
    Error problems;
    const auto flags = edgeFlags();
    const Invocation invocation = parseFlags(arguments, flags, problems);
    for (const auto& word : invocation.words) {
        problems.add(fmt::format("edge takes flags only, not '{}'", word));
    }
    const auto function = parseFunction(invocation, "edge", problems);
    const std::string* qStar = invocation.find("--q-star");
    const std::string* sigmaB2 = invocation.find("--sigma-b2");
    if ((qStar == nullptr) == (sigmaB2 == nullptr)) {
        problems.add("edge needs either --q-star or --sigma-b2");
    }
    const auto qStars = qStar == nullptr ? std::vector<double>()
                                         : parseNumbers("--q-star", *qStar, 1e-10, 1e8, problems);
    const auto variances = sigmaB2 == nullptr
                               ? std::vector<double>()
                               : parseNumbers("--sigma-b2", *sigmaB2, 0, 1e6, problems);
    const std::string* output = outputFile(invocation, problems);
    if (!problems.empty()) {
        return fail(problems, ExitCode::BadUsage);
    }
    const auto phi = function.formula ? theory::functionOfFormula(*function.formula)
                                      : Result(theory::functionOf(function.activation));
    if (!phi) {
        return fail(phi.error(), ExitCode::BadUsage);
    }
    io::EdgeResult result =
        qStar != nullptr ? pointsAt(*phi, qStars) : pointsWithBias(*phi, variances);
    result.activation = function.activation;
    result.formula = function.formula;
    if (result.points.empty()) {
        result.whyNot = theory::whyNoEdge(
            *phi, function.formula ? *function.formula : std::string(function.activation.id()));
        if (result.whyNot.empty()) {
            result.whyNot = "no point of the edge of chaos has these values";
        }
    }
    const std::string text = io::edgeToJson(result);
    return deliver(text, output);
}

VerbHelp edgeHelp()
{
    return {.usage = {"(--activation ID | --formula EXPRESSION)",
                      "(--q-star Q,... | --sigma-b2 V,...) [--output FILE.json]"},
            .text = "Prints points of the edge of chaos, where gradients neither vanish nor "
                    "explode: the fixed point q*, sigma_w^2 = fan-in x variance of the weights, "
                    "sigma_b^2 = variance of the biases, and whether networks started nearby flow "
                    "to q* (stable). Points that would need a negative variance of the biases are "
                    "left out; `why_not` says why there is none.",
            .flags = edgeFlags(),
            .examples = {"initlens edge --activation tanh --sigma-b2 0,0.01,0.05,0.1",
                         "initlens edge --activation gelu --q-star 0.5,1,2 --output gelu.json",
                         "initlens edge --formula 'x*tanh(log(1+exp(x)))' --q-star 0.5,1,2"}};
}

} // namespace initlens::app
