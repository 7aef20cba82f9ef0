#pragma once

#include "app/command_line/flags.h"
#include "core/experiment/run_spec.h"

#include <vector>

namespace initlens::app {

/// The flags that give a spec: those of the network, --spec and --preset.
std::vector<Flag> specFlags();

/// The spec of the file or the preset, where one is given, with the flags over it. It is not
/// validated as a whole.
void parseSpec(const Invocation& invocation, experiment::RunSpec& spec, Error& problems);

} // namespace initlens::app
