#pragma once

#include "core/diagnostics/reading.h"
#include "core/io/json_place.h"
#include "core/io/json_text.h"

namespace initlens::io {

/// What several Jacobians have at one layer, as an object. Nothing is rounded.
void writePooled(JsonText& json, const diagnostics::PooledSpectrum& pooled);

/// Null when it is not what it should be; the problem is added to the place's list. `smallerSide`
/// is what the values and zeros of a single Jacobian count.
diagnostics::PooledSpectrumPointer readPooled(const JsonPlace& place, std::int64_t smallerSide);

} // namespace initlens::io
