#pragma once

#include "core/activations/activation.h"

namespace initlens::activations {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_ACTIVATION_ROWS(ROW)                                                              \
    ROW(linearRow)                                                                                 \
    ROW(sinRow)                                                                                    \
    ROW(reluRow)                                                                                   \
    ROW(leakyReluRow)                                                                              \
    ROW(creluRow)                                                                                  \
    ROW(absRow)                                                                                    \
    ROW(eluRow)                                                                                    \
    ROW(seluRow)                                                                                   \
    ROW(softplusRow)                                                                               \
    ROW(geluRow)                                                                                   \
    ROW(geluTanhRow)                                                                               \
    ROW(siluRow)                                                                                   \
    ROW(mishRow)                                                                                   \
    ROW(tanhRow)                                                                                   \
    ROW(hardTanhRow)                                                                               \
    ROW(erfRow)                                                                                    \
    ROW(erfScaledRow)                                                                              \
    ROW(arctanRow)                                                                                 \
    ROW(softsignRow)                                                                               \
    ROW(sigmoidRow)                                                                                \
    ROW(hardSigmoidRow)

#define INITLENS_DECLARE(row) extern const Activation row;
INITLENS_ACTIVATION_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::activations
