#include "core/code/framework.h"

#include "core/code/rows.h"

#include <array>

namespace initlens::code {

Table<Framework> Framework::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_FRAMEWORK_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

} // namespace initlens::code
