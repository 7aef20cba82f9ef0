#pragma once

#include "app/command_line/chart_flag.h"
#include "app/command_line/flags.h"
#include "core/experiment/run_spec.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace initlens::app {

/// What one `initlens run` is asked to do.
struct RunCommand {
    experiment::RunSpec spec;
    int threads = 0; ///< 0: one per processor
    std::filesystem::path output;
    std::filesystem::path csv;
    std::filesystem::path network;
    std::vector<ChartOutput> charts;
    ChartStyle chartStyle;
    bool quiet = false;

    [[nodiscard]] bool writesFiles() const
    {
        return !output.empty() || !csv.empty() || !network.empty() || !charts.empty();
    }
};

/// The flags of `run`: those of the network and those of the run itself.
std::vector<Flag> runFlags();

/// Reads and checks all of it: flags, the spec as a whole, and the places to be written to. The
/// error lists every problem.
Result<RunCommand> parseRunCommand(std::span<const std::string> arguments);

} // namespace initlens::app
