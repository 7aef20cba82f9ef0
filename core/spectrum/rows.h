#pragma once

#include "core/spectrum/method.h"

namespace initlens::spectrum {

// The table, in the order in which people see it: one line a row, defined in a file of its own.
#define INITLENS_SPECTRUM_ROWS(ROW)                                                                \
    ROW(exactRow)                                                                                  \
    ROW(sketchRow)

#define INITLENS_DECLARE(row) extern const Method row;
INITLENS_SPECTRUM_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::spectrum
