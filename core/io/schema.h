#pragma once

#include "core/experiment/run.h"

#include <cstdint>
#include <string_view>

namespace initlens::io {

/// Version of the result file that this program writes and reads.
inline constexpr std::int64_t schemaVersion = 1;

constexpr std::string_view scaleName(diagnostics::Scale scale)
{
    return scale == diagnostics::Scale::Log10 ? "log10" : "linear";
}

constexpr std::string_view outcomeName(experiment::Outcome outcome)
{
    return outcome == experiment::Outcome::Finished ? "finished" : "cancelled";
}

} // namespace initlens::io
