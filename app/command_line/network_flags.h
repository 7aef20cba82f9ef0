#pragma once

#include "app/command_line/flags.h"
#include "core/experiment/run_spec.h"

namespace initlens::app {

/// The flags that define an experiment: one for each field of the spec, "--input-size" for the key
/// `input_size`.
std::vector<Flag> networkFlags();

/// Puts the values of the given network flags into `spec`; what cannot be put there is added to
/// `problems`.
void applyNetworkFlags(const Invocation& invocation, experiment::RunSpec& spec, Error& problems);

/// A list of numbers from min to max, separated by commas; what is not one is added to `problems`.
std::vector<double> parseNumbers(std::string_view flag, std::string_view text, double min,
                                 double max, Error& problems);

/// A whole number from min to max; otherwise nothing, with the reason added.
std::optional<std::int64_t> parseWhole(std::string_view flag, std::string_view text, double min,
                                       double max, Error& problems);

} // namespace initlens::app
