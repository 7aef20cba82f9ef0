#pragma once

#include "core/base/matrix.h"

#include <algorithm>

namespace initlens::propagation {

/// The fixed tiling of a rows x columns array. It depends on the shape alone, never on the number
/// of threads: that keeps results bit-identical. A tile is the work of one task.
struct Tiling {
    Index rows = 0;
    Index columns = 0;
    Index tileRows = 1;
    Index tileColumns = 1;

    [[nodiscard]] Index rowTiles() const { return (rows + tileRows - 1) / tileRows; }
    [[nodiscard]] Index columnTiles() const { return (columns + tileColumns - 1) / tileColumns; }
    [[nodiscard]] Index count() const { return rowTiles() * columnTiles(); }

    struct Tile {
        Index index = 0;
        Index row = 0;
        Index column = 0;
        Index rows = 0;
        Index columns = 0;
        Index columnTile = 0;
        /// Where the tile's elements begin when tiles are stored one after the other.
        Index offset = 0;
    };
    [[nodiscard]] Tile tile(Index index) const
    {
        const Index rowTile = index % rowTiles();
        const Index columnTile = index / rowTiles();
        Tile t;
        t.index = index;
        t.row = rowTile * tileRows;
        t.column = columnTile * tileColumns;
        t.rows = std::min(tileRows, rows - t.row);
        t.columns = std::min(tileColumns, columns - t.column);
        t.columnTile = columnTile;
        t.offset = t.column * rows + t.row * t.columns;
        return t;
    }
};

/// Tiles of a layer's units x samples: tall enough for the matrix kernels, small enough that two
/// or more workers share a layer and that a stop request is seen soon.
inline Tiling layerTiling(Index units, Index batch)
{
    constexpr Index mostColumns = 512;
    const Index rows = units >= 512 ? 128 : std::max<Index>(64, (units / 2 + 15) / 16 * 16);
    return {.rows = units,
            .columns = batch,
            .tileRows = std::min(rows, units),
            .tileColumns = std::min(mostColumns, batch)};
}

} // namespace initlens::propagation
