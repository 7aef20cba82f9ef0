#include "core/diagnostics/diagnostic.h"

#include "core/diagnostics/rows.h"

#include <array>

namespace initlens::diagnostics {

Table<Diagnostic> Diagnostic::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_DIAGNOSTIC_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

const std::string& readingId(const Reading& reading)
{
    return std::visit([](const auto& alternative) -> const std::string& { return alternative.id; },
                      reading);
}

} // namespace initlens::diagnostics
