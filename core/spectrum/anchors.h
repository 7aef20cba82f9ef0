#pragma once

#include "core/base/matrix.h"

namespace initlens::spectrum {

/// Whether the number-th of `count` measured layers (from 1) is one of those that are measured
/// first: coarse enough that few are, fine enough that a picture of all layers can be seen in them.
bool isAnchor(Index number, Index count);

/// The condition number of a product after so many steps.
struct KnownCondition {
    Index step = 0;
    double condition = 1;
};

/// What is to be expected between two steps, or after the last that is known: condition numbers
/// grow like a power.
double conditionBetween(Index step, const KnownCondition& before, const KnownCondition& after);
double conditionAfter(Index step, const KnownCondition& last);

} // namespace initlens::spectrum
