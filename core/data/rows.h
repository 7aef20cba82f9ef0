#pragma once

#include "core/data/input.h"

namespace initlens::data {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_INPUT_ROWS(ROW)                                                                   \
    ROW(gaussianRow)                                                                               \
    ROW(sphereRow)                                                                                 \
    ROW(correlatedPairRow)                                                                         \
    ROW(lineRow)                                                                                   \
    ROW(digitsRow)

#define INITLENS_DECLARE(row) extern const Input row;
INITLENS_INPUT_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::data
