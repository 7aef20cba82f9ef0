#include "core/base/result.h"

namespace initlens {

std::string Error::message() const
{
    std::string line;
    for (const auto& problem : problems) {
        if (!line.empty()) {
            line += "; ";
        }
        line += problem;
    }
    return line;
}

} // namespace initlens
