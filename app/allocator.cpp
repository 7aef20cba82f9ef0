#include "app/allocator.h"

#include <cstddef>

#ifdef INITLENS_JEMALLOC
#include <jemalloc/jemalloc.h>

// The settings that jemalloc reads at the start (its manual, section TUNING). Huge pages under all
// memory: in small ones the products of matrices spend up to half of their time on page faults and
// on translating addresses. Large blocks are kept like small ones, since blocks of equal size are
// asked for again and again; and nothing goes back unless it is told to, because a fresh huge page
// can cost milliseconds.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,oversize_threshold:0,narenas:1,dirty_decay_ms:-1";
}
#endif

namespace initlens::app {

void returnFreedMemory([[maybe_unused]] int mebibytes)
{
#ifdef INITLENS_JEMALLOC
    const auto most = static_cast<std::size_t>(mebibytes) << 20;
    std::size_t epoch = 1; // renews what the next question answers
    std::size_t length = sizeof epoch;
    mallctl("epoch", &epoch, &length, &epoch, sizeof epoch);
    std::size_t kept = 0;
    std::size_t page = 0;
    if (mallctl("stats.arenas.0.pdirty", &kept, &length, nullptr, 0) == 0 &&
        mallctl("arenas.page", &page, &length, nullptr, 0) == 0 && kept * page > most) {
        mallctl("arena.0.purge", nullptr, nullptr, nullptr, 0);
    }
#endif
}

} // namespace initlens::app
