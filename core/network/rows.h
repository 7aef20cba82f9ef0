#pragma once

#include "core/network/architecture.h"

namespace initlens::network {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_ARCHITECTURE_ROWS(ROW)                                                            \
    ROW(plainRow)                                                                                  \
    ROW(residualRow)                                                                               \
    ROW(preactivationResidualRow)                                                                  \
    ROW(convolutionRow)

#define INITLENS_DECLARE(row) extern const Architecture row;
INITLENS_ARCHITECTURE_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::network
