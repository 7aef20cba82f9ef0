#pragma once

#include <chrono>
#include <utility>

namespace initlens {

/// Wall-clock seconds that a call takes.
template <class Work>
double secondsOf(Work&& work)
{
    const auto begin = std::chrono::steady_clock::now();
    std::forward<Work>(work)();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace initlens
