#include "core/data/input.h"

#include "core/data/rows.h"

#include <array>

namespace initlens::data {

Table<Input> Input::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_INPUT_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

} // namespace initlens::data
