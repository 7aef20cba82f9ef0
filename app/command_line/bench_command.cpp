#include "app/command_line/interrupt.h"
#include "app/command_line/terminal.h"
#include "app/command_line/verbs.h"
#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/experiment/benchmark.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace initlens::app {

namespace {

using experiment::BenchmarkRound;

constexpr int rounds = 5;

template <class Figure>
double median(const std::vector<BenchmarkRound>& measured, const Figure& figure)
{
    std::vector<double> values;
    for (const BenchmarkRound& round : measured) {
        values.push_back(figure(round));
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::string milliseconds(double seconds)
{
    return fmt::format("{:8.1f} ms", seconds * 1e3);
}

std::string report(const std::vector<BenchmarkRound>& measured)
{
    const auto time = [&](double BenchmarkRound::*member) {
        return milliseconds(median(measured, [&](const BenchmarkRound& r) { return r.*member; }));
    };
    const auto share = [&](double (BenchmarkRound::*member)() const) {
        return 100 * median(measured, [&](const BenchmarkRound& r) { return (r.*member)(); });
    };
    std::string text;
    text += fmt::format("  matrix product {:10.1f} Gflop/s\n",
                        1e-9 * median(measured, [](const auto& r) { return r.productRate; }));
    text += fmt::format("  draw           {}\n", time(&BenchmarkRound::drawSeconds));
    text += fmt::format("  forward        {}\n", time(&BenchmarkRound::forwardSeconds));
    text += fmt::format("  backward       {}\n", time(&BenchmarkRound::backwardSeconds));
    if (measured.front().spectrumSeconds > 0) {
        text += fmt::format("  spectra        {}\n", time(&BenchmarkRound::spectrumSeconds));
    }
    text += fmt::format("  all            {}\n", time(&BenchmarkRound::totalSeconds));
    text += fmt::format("  the passes reach {:.0f} % of the matrix product's rate; "
                        "statistics add {:.1f} % to them\n",
                        share(&BenchmarkRound::passShare), share(&BenchmarkRound::statisticsShare));
    return text;
}

} // namespace

int benchVerb(std::span<const std::string> arguments)
{
    if (!arguments.empty()) {
        return fail(Error(fmt::format("bench takes no arguments, not '{}'", arguments.front())),
                    ExitCode::BadUsage);
    }
    const Execution execution;
    const StopOnInterrupt stopOnInterrupt(execution);
    print(fmt::format("{} threads, {} kernels, medians of {} rounds\n", processorCount(),
                      blasCoreName(), rounds));
    for (const auto& workload : experiment::benchmarkWorkloads()) {
        std::vector<BenchmarkRound> measured;
        for (int i = 0; i < rounds; ++i) {
            const auto round = experiment::measureRound(workload, processorCount(), execution);
            if (!round) {
                return fail(round.error(),
                            execution.stopRequested() ? ExitCode::Interrupted : ExitCode::Failed);
            }
            measured.push_back(*round);
        }
        print(fmt::format("\n{}\n{}", workload.name, report(measured)));
    }
    return number(ExitCode::Done);
}

std::string benchHelp()
{
    return "Usage: initlens bench\n\n"
           "Measures this machine with the canonical workloads and prints, for each, the time of "
           "every stage,\nhow near the passes come to the speed of a large matrix product, and "
           "what the statistics cost.\nAll figures of a workload come from the same rounds. It "
           "takes "
           "about half a minute.\n";
}

} // namespace initlens::app
