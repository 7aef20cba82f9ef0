#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/experiment/run_spec.h"

#include <cstdint>

namespace initlens::experiment {

/// x^0 of one trial: effectiveInputSize x batch, on the current workers. After a stop request the
/// contents are undefined. T is float or double.
template <class T>
Matrix<T> drawInput(const RunSpec& spec, std::uint32_t trial, const Execution& execution);

/// The cotangents v of one trial, one per sample: independent normal numbers of variance 1 / n_L,
/// n_L = outputSize rows x batch. Otherwise as above.
template <class T>
Matrix<T> drawCotangent(const RunSpec& spec, std::uint32_t trial, const Execution& execution);

} // namespace initlens::experiment
