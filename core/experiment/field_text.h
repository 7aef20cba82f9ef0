#pragma once

#include "core/experiment/run_spec.h"

#include <span>
#include <string>
#include <string_view>

namespace initlens::experiment {

/// A value for a field of a spec, as the command line writes it: `depth`, `50`; `activation`,
/// `leaky_relu:slope=0.2`.
struct FieldText {
    std::string key;
    std::string text;
};

/// A number from min to max, or a whole one. `name` is what the message calls it.
Result<double> parseNumberWithin(std::string_view name, std::string_view text, double min,
                                 double max, bool whole);

/// Puts the value that `text` spells into the field `key`, which must exist. `name` is what
/// messages call it: the key, or a flag.
Status setField(RunSpec& spec, std::string_view key, std::string_view text, std::string_view name);

/// Sets each of these fields; unknown keys are named. A histogram layer that the spec has no more
/// goes back to the last one, unless it is among the changes. The spec as a whole is not validated.
Status setFields(RunSpec& spec, std::span<const FieldText> changes);

/// Brings the histogram layer back to the last one where the network is no longer that deep.
void keepHistogramLayerInside(RunSpec& spec);

} // namespace initlens::experiment
