#include "core/network/architecture.h"

#include "core/network/rows.h"

#include <array>

namespace initlens::network {

Table<Architecture> Architecture::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_ARCHITECTURE_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

} // namespace initlens::network
