#pragma once

#include "core/base/parallel.h"
#include "core/initializers/initializer.h"

#include <algorithm>

namespace initlens::initializers {

/// Sets every weight to `value`, on the current workers, in pieces that a stop request can pass.
template <class T>
void fillConstant(MatrixView<T> weights, double value, const Execution& execution)
{
    constexpr Index piece = 1 << 20;
    const Index pieces = (weights.size() + piece - 1) / piece;
    parallelFor(static_cast<std::size_t>(pieces), execution, [&](std::size_t p) {
        const Index begin = static_cast<Index>(p) * piece;
        std::fill_n(weights.data() + begin, std::min(piece, weights.size() - begin),
                    static_cast<T>(value));
    });
}

/// What a row of equal weights is made of: their value as a function of the parameters.
using ValueOf = double (*)(std::span<const double> params);

template <ValueOf value, class T>
void fillEqual(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    fillConstant(weights, value(request.params), execution);
}

template <ValueOf value>
std::optional<Moments> equalMoments(const WeightShape& /*shape*/, std::span<const double> params)
{
    return Moments{value(params), 0};
}

template <ValueOf value>
WeightLaw equalLaw(const WeightShape& /*shape*/, std::span<const double> params)
{
    return EqualElements{value(params)};
}

template <ValueOf value>
Index equalRank(const WeightShape& /*shape*/, std::span<const double> params)
{
    return value(params) == 0 ? 0 : 1;
}

/// The row of an initializer that gives all weights one value.
template <ValueOf value>
constexpr Initializer allEqual(const RowHead& head)
{
    Initializer row;
    row.head = head;
    row.fillFloat = &fillEqual<value, float>;
    row.fillDouble = &fillEqual<value, double>;
    row.moments = &equalMoments<value>;
    row.law = &equalLaw<value>;
    row.rank = &equalRank<value>;
    row.cheapToDraw = true;
    return row;
}

} // namespace initlens::initializers
