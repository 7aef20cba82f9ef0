#include "core/base/buffer.h"

#include <new>

#include <sys/mman.h>

namespace initlens {

void PageDeleter::operator()(void* memory) const
{
    munmap(memory, bytes);
}

std::unique_ptr<void, PageDeleter> allocatePages(std::size_t bytes)
{
    if (bytes == 0) {
        return {nullptr, PageDeleter{0}};
    }
    // A multiple of the huge page, so that the whole range can use them.
    constexpr std::size_t hugePage = std::size_t{2} << 20;
    const std::size_t rounded =
        bytes < hugePage ? bytes : (bytes + hugePage - 1) / hugePage * hugePage;
    void* memory = mmap(nullptr, rounded, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::bad_alloc();
    }
#ifdef MADV_HUGEPAGE
    madvise(memory, rounded, MADV_HUGEPAGE);
#endif
    return {memory, PageDeleter{rounded}};
}

} // namespace initlens
