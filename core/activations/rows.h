#pragma once

#include "core/activations/activation.h"

namespace initlens::activations {

// The rows of the table, one source file each.
extern const Activation linearRow;
extern const Activation sinRow;
extern const Activation reluRow;
extern const Activation leakyReluRow;
extern const Activation creluRow;
extern const Activation absRow;
extern const Activation eluRow;
extern const Activation seluRow;
extern const Activation softplusRow;
extern const Activation geluRow;
extern const Activation geluTanhRow;
extern const Activation siluRow;
extern const Activation mishRow;
extern const Activation tanhRow;
extern const Activation hardTanhRow;
extern const Activation erfRow;
extern const Activation arctanRow;
extern const Activation softsignRow;
extern const Activation sigmoidRow;
extern const Activation hardSigmoidRow;

} // namespace initlens::activations
