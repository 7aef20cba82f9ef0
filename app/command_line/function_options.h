#pragma once

#include "app/command_line/flags.h"
#include "core/activations/activation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// The function that a verb is about: a row of the table, or a formula in its place.
struct FunctionOption {
    activations::ActivationChoice activation = {};
    std::optional<std::string> formula = {};
};

/// --activation and --formula.
std::vector<Flag> functionFlags(std::string section);

/// What the two flags say; one of them must be there. A formula is not tried here.
FunctionOption parseFunction(const Invocation& invocation, std::string_view verb, Error& problems);

} // namespace initlens::app
