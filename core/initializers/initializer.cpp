#include "core/initializers/initializer.h"

#include "core/initializers/rows.h"

#include <array>

namespace initlens::initializers {

Table<Initializer> Initializer::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_INITIALIZER_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

} // namespace initlens::initializers
