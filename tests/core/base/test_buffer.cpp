#include "core/base/buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <thread>
#include <utility>

namespace initlens {
namespace {

TEST(Buffer, HoldsWhatIsWritten)
{
    const Index size = 3'000'000;
    const Buffer<double> buffer(size);
    ASSERT_EQ(buffer.size(), size);
    for (Index i = 0; i < size; ++i) {
        buffer.data()[i] = static_cast<double>(i);
    }
    double sum = 0;
    for (Index i = 0; i < size; ++i) {
        sum += buffer.data()[i];
    }
    EXPECT_EQ(sum, 0.5 * static_cast<double>(size) * static_cast<double>(size - 1));
}

TEST(Buffer, IsAlignedForVectorInstructions)
{
    for (const Index size : {1, 3, 1000, 100'000}) {
        const Buffer<float> buffer(size);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U) << size;
    }
}

TEST(Buffer, MovesItsMemory)
{
    Buffer<float> first(10);
    first.data()[9] = 2.5F;
    const Buffer<float> second = std::move(first);
    EXPECT_EQ(second.data()[9], 2.5F);
    EXPECT_EQ(Buffer<float>().data(), nullptr);
}

/// Of this process, in pages.
Index residentPages()
{
    std::ifstream file("/proc/self/statm");
    Index all = 0;
    Index resident = 0;
    file >> all >> resident;
    return resident;
}

TEST(Buffer, GivesItsMemoryBackInTheBackground)
{
    constexpr Index size = Index{200} << 20; // of bytes: more than is freed at once
    constexpr Index page = 4096;
    Index held = 0;
    {
        const Buffer<char> buffer(size);
        for (Index i = 0; i < size; i += page) {
            buffer.data()[i] = 1;
        }
        held = residentPages();
    }
    while (bytesBeingFreed() > 0) {
        std::this_thread::yield();
    }
    EXPECT_LT(residentPages(), held - size / page / 2);
}

} // namespace
} // namespace initlens
