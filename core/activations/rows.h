#pragma once

#include "core/activations/activation.h"

namespace initlens::activations {

// The rows of the table, one source file each.
extern const Activation tanhRow;

} // namespace initlens::activations
