#pragma once

#include "core/data/input.h"

namespace initlens::data {

// The rows of the table, one source file each.
extern const Input gaussianRow;
extern const Input sphereRow;
extern const Input correlatedPairRow;
extern const Input lineRow;
extern const Input digitsRow;

} // namespace initlens::data
