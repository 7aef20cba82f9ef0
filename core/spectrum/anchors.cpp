#include "core/spectrum/anchors.h"

#include <cmath>

namespace initlens::spectrum {

namespace {

Index anchorStride(Index count)
{
    constexpr Index fewest = 6;
    Index stride = 1;
    while (count / (2 * stride) >= fewest) {
        stride *= 2;
    }
    return stride;
}

} // namespace

bool isAnchor(Index number, Index count)
{
    constexpr Index earliest = 16;
    const Index stride = anchorStride(count);
    const bool isEarly = number < stride && number >= earliest && (number & (number - 1)) == 0;
    return number % stride == 0 || number == count || isEarly;
}

double conditionBetween(Index step, const KnownCondition& before, const KnownCondition& after)
{
    const auto at = static_cast<double>(step);
    const auto from = static_cast<double>(before.step);
    const double log = std::log(before.condition);
    const double share = (at - from) / (static_cast<double>(after.step) - from);
    return std::exp(log + (std::log(after.condition) - log) * share);
}

double conditionAfter(Index step, const KnownCondition& last)
{
    return last.step == 0 ? 1
                          : std::exp(std::log(last.condition) * static_cast<double>(step) /
                                     static_cast<double>(last.step));
}

} // namespace initlens::spectrum
