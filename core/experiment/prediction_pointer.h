#pragma once

#include <memory>

namespace initlens::experiment {

struct Prediction;
/// What theory says of a spec (prediction.h), as it travels.
using PredictionPointer = std::shared_ptr<const Prediction>;

} // namespace initlens::experiment
