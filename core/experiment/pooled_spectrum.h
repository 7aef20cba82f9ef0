#pragma once

#include "core/diagnostics/reading.h"

#include <vector>

namespace initlens::experiment {

/// The singular values of one layer in several Jacobians together. Those that are null, because an
/// element is not finite, are left out.
diagnostics::PooledSpectrum pooledOf(const std::vector<spectrum::LayerSpectrumPointer>& spectra);

} // namespace initlens::experiment
