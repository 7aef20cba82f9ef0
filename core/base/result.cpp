#include "core/base/result.h"

namespace initlens {

Error::Error(std::string problem)
{
    add(std::move(problem));
}

void Error::add(std::string problem)
{
    problems.push_back(std::move(problem));
}

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
