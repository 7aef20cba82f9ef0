#pragma once

#include "core/code/framework.h"

namespace initlens::code {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_FRAMEWORK_ROWS(ROW)                                                               \
    ROW(pytorchRow)                                                                                \
    ROW(kerasRow)                                                                                  \
    ROW(jaxRow)                                                                                    \
    ROW(numpyRow)

#define INITLENS_DECLARE(row) extern const Framework row;
INITLENS_FRAMEWORK_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::code
