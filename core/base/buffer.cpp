#include "core/base/buffer.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <new>
#include <thread>
#include <utility>

#include <sys/mman.h>

namespace initlens {

namespace {

constexpr std::size_t hugePage = std::size_t{2} << 20;
constexpr std::size_t enoughToMatter = 2 * hugePage;

/// Touches huge pages, which spare faults, as long as they come quickly. On a virtual machine whose
/// host takes freed memory back a fresh one takes 4 ms, far more than the small pages in its place
/// (measured: 2 against 0.3 ms a MiB); from the first such page on, the rest is left to small ones.
void touchHugePages([[maybe_unused]] char* memory, [[maybe_unused]] std::size_t bytes)
{
#ifdef MADV_HUGEPAGE
    constexpr std::size_t most = 256 * hugePage; // some 20 ms where they come at their usual pace
    constexpr std::chrono::microseconds quick{700};
    char* const end = memory + std::min(bytes, most);
    auto now = std::chrono::steady_clock::now();
    for (char* page = memory; page + hugePage <= end; page += hugePage) {
        madvise(page, hugePage, MADV_HUGEPAGE);
        *static_cast<volatile char*>(page) = 0;
        const auto before = std::exchange(now, std::chrono::steady_clock::now());
        if (now - before > quick) {
            return;
        }
    }
#endif
}

/// Of the process, as the memory is: what threads of release() have yet to give back.
std::atomic<std::size_t> bytesOnTheirWay{0};

/// Gives pages back piece by piece: in one call others could not ask for memory meanwhile.
void release(char* memory, std::size_t bytes)
{
    constexpr std::size_t piece = 8 * hugePage;
    for (std::size_t done = 0; done < bytes; done += piece) {
        const std::size_t size = std::min(piece, bytes - done);
        munmap(memory + done, size);
        bytesOnTheirWay -= size;
    }
}

} // namespace

void preferHugePages(void* memory, std::size_t bytes)
{
    // Huge pages begin at multiples of their size.
    const std::size_t skipped = -reinterpret_cast<std::uintptr_t>(memory) % hugePage;
    if (bytes >= skipped + enoughToMatter) {
        touchHugePages(static_cast<char*>(memory) + skipped, bytes - skipped);
    }
}

void PageDeleter::operator()(void* memory) const
{
    // The system takes some 90 ms for every GiB of small pages: nobody should wait for it.
    constexpr std::size_t worthAThread = 32 * hugePage;
    auto* const first = static_cast<char*>(memory);
    bytesOnTheirWay += bytes;
    if (bytes >= worthAThread) {
        try {
            std::thread(release, first, bytes).detach();
            return;
        } catch (const std::exception&) {
            // No thread to be had: here and now, then.
        }
    }
    release(first, bytes);
}

double bytesBeingFreed()
{
    return static_cast<double>(bytesOnTheirWay.load());
}

std::unique_ptr<void, PageDeleter> allocatePages(std::size_t bytes)
{
    if (bytes == 0) {
        return {nullptr, PageDeleter{0}};
    }
    void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::bad_alloc();
    }
    preferHugePages(memory, bytes);
    return {memory, PageDeleter{bytes}};
}

} // namespace initlens
