#pragma once

#include "core/spectrum/method.h"

namespace initlens::spectrum {

// The table of methods, in the order in which people see it: one line a row.
#define INITLENS_METHOD_ROWS(ROW)                                                                  \
    ROW(exactRow)                                                                                  \
    ROW(quickRow)                                                                                  \
    ROW(sketchRow)                                                                                 \
    ROW(naiveFloat64Row)                                                                           \
    ROW(naiveFloat32Row)

#define INITLENS_DECLARE(row) extern const Method row;
INITLENS_METHOD_ROWS(INITLENS_DECLARE)
#undef INITLENS_DECLARE

} // namespace initlens::spectrum
