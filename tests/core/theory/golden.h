#pragma once

#include "core/theory/activation_function.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace initlens::theory::testing {

/// Independent values of mean-field theory and Jacobian spectra: tests/golden/theory.json.
const nlohmann::json& golden();

/// The activation under the name that the golden values use ("leaky_relu_0.2").
ActivationFunction goldenActivation(const std::string& name);

ActivationFunction functionNamed(std::string_view text);

} // namespace initlens::theory::testing
