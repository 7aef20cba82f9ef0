#pragma once

#include "core/experiment/run_spec.h"

#include <optional>

namespace initlens::experiment {

/// A narrow twin of a valid spec that takes some hundredth of a second: the same depth, activation,
/// input law, precision and scope; the same second moments of weights and biases in the
/// field's scaling (fan-in times the variance of a weight), with fewer units, samples, trials and
/// spectra. Wide networks of equal sigma_w^2 and sigma_b^2 have nearly the same layers (Poole et
/// al. 2016, section 3; Pennington, Schoenholz and Ganguli 2018, universality of the spectrum), so
/// its readings show about what is to come; those of diagnostics with `dependsOnSize` do not.
///
/// Nothing for a spec that is quick itself, and for weights whose law a narrow network cannot have:
/// a mean that is not zero, a structure, a depth too great.
std::optional<RunSpec> previewOf(const RunSpec& spec);

} // namespace initlens::experiment
