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
using experiment::SpectrumRound;

constexpr int rounds = 5;

template <class Round, class Figure>
double median(const std::vector<Round>& measured, const Figure& figure)
{
    std::vector<double> values;
    for (const Round& round : measured) {
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

std::string report(const std::vector<SpectrumRound>& measured)
{
    std::string text =
        fmt::format("  matrix product            {:10.1f} Gflop/s\n",
                    1e-9 * median(measured, [](const SpectrumRound& r) { return r.productRate; }));
    for (std::size_t i = 0; i < measured.front().stages.size(); ++i) {
        const auto seconds = [i](const SpectrumRound& r) {
            return r.stages[i].seconds;
        };
        const auto share = [i](const SpectrumRound& r) {
            return r.stages[i].operations / r.stages[i].seconds / r.productRate;
        };
        text += fmt::format("  {:<26}{}  {:3.0f} % of that rate\n", measured.front().stages[i].name,
                            milliseconds(median(measured, seconds)), 100 * median(measured, share));
    }
    return text;
}

/// As many rounds as `measure` is asked for; the failure of the first that fails.
template <class Round, class Measure>
Result<std::vector<Round>> measureRounds(const Measure& measure)
{
    std::vector<Round> measured;
    for (int i = 0; i < rounds; ++i) {
        const Result<Round> round = measure();
        if (!round) {
            return round.error();
        }
        measured.push_back(*round);
    }
    return measured;
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
    const auto failed = [&](const Error& error) {
        return fail(error, execution.stopRequested() ? ExitCode::Interrupted : ExitCode::Failed);
    };
    print(fmt::format("{} threads, {} kernels, medians of {} rounds\n", processorCount(),
                      blasCoreName(), rounds));
    for (const auto& workload : experiment::benchmarkWorkloads()) {
        const auto measured = measureRounds<BenchmarkRound>(
            [&] { return experiment::measureRound(workload, processorCount(), execution); });
        if (!measured) {
            return failed(measured.error());
        }
        print(fmt::format("\n{}\n{}", workload.name, report(*measured)));
    }
    for (const Index width : {256, 512, 1000}) {
        const auto measured = measureRounds<SpectrumRound>(
            [&] { return experiment::measureSpectrumRound(width, processorCount(), execution); });
        if (!measured) {
            return failed(measured.error());
        }
        print(fmt::format("\nsingular values of one layer, width {}, float64\n{}", width,
                          report(*measured)));
    }
    return number(ExitCode::Done);
}

VerbHelp benchHelp()
{
    return {.usage = {},
            .text = "Measures this machine with the canonical workloads and prints, for each, the "
                    "time of every stage, how near the passes and the stages of the singular "
                    "values come to the speed of a large matrix product, and what the statistics "
                    "cost. All figures of a workload come from the same rounds. It takes about a "
                    "minute.",
            .flags = {},
            .examples = {}};
}

} // namespace initlens::app
