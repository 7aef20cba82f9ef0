#pragma once

#include "core/base/parallel.h"
#include "core/data/input.h"

#include <algorithm>
#include <cmath>

namespace initlens::data {

/// Fills `x` with independent standard normal numbers times `deviation`: element i of the stream is
/// element i of `x`, so a column does not depend on how many follow it.
inline void fillGaussian(MatrixView<double> x, const random::Stream& stream, double deviation,
                         const Execution& execution)
{
    random::fill(stream, random::Law::Normal,
                 std::span(x.data(), static_cast<std::size_t>(x.size())), deviation, 0.0,
                 execution);
}

/// Calls `body(first, count)` for tiles of consecutive columns, `together` columns never parted, on
/// the current workers.
template <class Body>
void forColumnTiles(const MatrixView<double>& x, Index together, const Execution& execution,
                    Body&& body)
{
    constexpr Index elementsPerTile = 1 << 16;
    const Index groups = x.cols() / together;
    const Index groupSize = std::max<Index>(1, x.rows() * together);
    const Index groupsPerTile = std::max<Index>(1, elementsPerTile / groupSize);
    const Index tiles = (groups + groupsPerTile - 1) / groupsPerTile;
    parallelFor(static_cast<std::size_t>(tiles), execution, [&](std::size_t tile) {
        const Index first = static_cast<Index>(tile) * groupsPerTile;
        const Index count = std::min(groupsPerTile, groups - first);
        body(first * together, count * together);
    });
}

/// Scales a column to the length `length`; a column of zeros stays.
template <class Column>
void setLength(Column&& column, double length)
{
    const double norm = column.stableNorm();
    if (norm > 0) {
        column *= length / norm;
    }
}

} // namespace initlens::data
