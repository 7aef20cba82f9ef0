#include "app/allocator.h"
#include "app/command_line/draw_charts.h"
#include "app/command_line/interrupt.h"
#include "app/command_line/progress_bar.h"
#include "app/command_line/run_options.h"
#include "app/command_line/summary.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/parallel.h"
#include "core/io/result_file.h"

#include <optional>
#include <string_view>

namespace initlens::app {

namespace {

Result<experiment::RecordPointer> runWithProgress(const RunCommand& command,
                                                  const Execution& execution)
{
    std::optional<ProgressBar> bar;
    if (!command.quiet && errorIsTerminal()) {
        bar.emplace(execution);
    }
    const auto sink = [](const experiment::Event& /*event*/) {
        returnFreedMemory();
    };
    return experiment::run(command.spec, sink, execution, {.threads = command.threads});
}

/// Writes the files that were asked for. One that fails does not keep the others from being
/// written.
Error writeFiles(const RunCommand& command, const experiment::RunRecord& record,
                 const Execution& execution)
{
    Error problems;
    const auto note = [&](const Status& status) {
        if (!status) {
            problems.append(status.error());
        }
    };
    if (!command.output.empty()) {
        note(io::writeResult(command.output, record));
    }
    if (!command.csv.empty()) {
        note(io::writeCsv(command.csv, record));
    }
    for (const auto& chart : command.charts) {
        note(drawChart(chart, command.chartStyle, record));
    }
    if (!command.network.empty() && !execution.stopRequested()) {
        note(io::writeNetwork(command.network, command.spec, execution, command.threads));
    }
    return problems;
}

/// What goes to standard output: a summary for a person, the result for a program that asked for
/// no file.
int printResults(const RunCommand& command, const experiment::RunRecord& record)
{
    if (outputIsTerminal() && !command.quiet) {
        const std::string_view hint =
            command.writesFiles() ? "" : "  --output FILE.json keeps all numbers\n";
        return print(summary(record).append(hint));
    }
    if (!command.writesFiles()) {
        return print(io::resultToJson(record));
    }
    return number(ExitCode::Done);
}

} // namespace

int runVerb(std::span<const std::string> arguments)
{
    const auto command = parseRunCommand(arguments);
    if (!command) {
        return fail(command.error(), ExitCode::BadUsage);
    }
    const int threads = command->threads > 0 ? command->threads : processorCount();
    if (const auto plan = experiment::makePlan(command->spec, threads); !plan) {
        return fail(plan.error(), ExitCode::BadUsage);
    }
    const Execution execution;
    const StopOnInterrupt stopOnInterrupt(execution);
    const auto record = runWithProgress(*command, execution);
    if (!record) {
        return fail(record.error(), ExitCode::Failed);
    }
    const Error problems = writeFiles(*command, **record, execution);
    if (execution.stopRequested()) {
        Error stopped("stopped; the results so far are written");
        if (!command->network.empty()) {
            stopped.problems.front() += ", the network is not";
        }
        if (!problems.empty()) {
            stopped = problems;
        }
        printResults(*command, **record);
        return fail(stopped, ExitCode::Interrupted);
    }
    if (!problems.empty()) {
        return fail(problems, ExitCode::Failed);
    }
    return printResults(*command, **record);
}

VerbHelp runHelp()
{
    return {
        .usage = {"[FLAG VALUE]..."},
        .text = "Draws a random network, sends a batch through it, forward and backward, and "
                "measures every layer. Without --output, --csv, --chart and --save-network the "
                "result goes to standard output: a summary on a terminal, else the whole as "
                "JSON.",
        .flags = runFlags(),
        .examples = {
            "initlens run --activation leaky_relu:slope=0.2 --initializer he_normal --depth 100",
            "initlens run --initializer variance_scaling:scale=2,mode=fan_in "
            "--output he.json --csv he",
            "initlens run --activation relu --initializer glorot_normal --chart dashboard.pdf",
            "initlens run --spec he.json --precision float64 --save-network he.npz "
            "--output check.json",
            "initlens run --preset framework_accuracy:naive_float32 --depth 30",
            "initlens run --input correlated_pair:correlation=0.5 "
            "--chart pair.svg:input_correlation"}};
}

} // namespace initlens::app
