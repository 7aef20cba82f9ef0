#pragma once

#include "core/io/json_place.h"
#include "core/io/json_text.h"
#include "core/spectrum/spectrum_sketch.h"

#include <optional>

namespace initlens::io {

/// What "method" says where a spectrum is described by sketches.
inline constexpr std::string_view sketchMethod = "sketch";

/// The object of one layer; read back it is the same, bit by bit.
void writeSketch(JsonText& json, const spectrum::SpectrumSketch& sketch);
/// Nothing when it is not what it should be; the problem is added to the place's list.
std::optional<spectrum::SpectrumSketch> readSketch(const JsonPlace& place);

} // namespace initlens::io
