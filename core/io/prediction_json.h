#pragma once

#include "core/experiment/prediction.h"
#include "core/io/json_text.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace initlens::io {

/// Writes, into the open object of a profile, what theory predicts at its layers under `predicted`,
/// or the reason why it does not under `why_not`.
void writePredicted(JsonText& json, const experiment::Prediction& prediction,
                    const diagnostics::Diagnostic& diagnostic,
                    std::span<const std::int32_t> layers);

/// What of a prediction is written at places of the caller's choice.
struct TheoryRequest {
    std::vector<double> densityAt = {}; ///< singular values; empty: a curve over all of them
};

/// A prediction without any measurement, as JSON: what `initlens theory` writes.
std::string theoryToJson(const experiment::RunSpec& spec, const experiment::Prediction& prediction,
                         const TheoryRequest& request = {});

} // namespace initlens::io
