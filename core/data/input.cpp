#include "core/data/input.h"

#include "core/data/rows.h"

#include <array>

namespace initlens::data {

Table<Input> Input::table()
{
    static constexpr std::array rows = {
        &gaussianRow, &sphereRow, &correlatedPairRow, &lineRow, &digitsRow,
    };
    return rows;
}

} // namespace initlens::data
