#pragma once

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/prediction.h"
#include "core/io/json_place.h"
#include "core/io/json_text.h"

namespace initlens::io {

/// Writes a curve into the open object of its reading, with what theory predicts at its positions,
/// or why it does not; a null prediction leaves that out.
void writeCurve(JsonText& json, const diagnostics::Curve& curve,
                const experiment::Prediction* prediction);
void writeField(JsonText& json, const diagnostics::Field& field);

/// Read a reading of the diagnostic; what is wrong with it is added to the problems of the place.
diagnostics::Curve readCurve(const JsonPlace& reading, const diagnostics::Diagnostic& row);
diagnostics::Field readField(const JsonPlace& reading, const diagnostics::Diagnostic& row);

} // namespace initlens::io
