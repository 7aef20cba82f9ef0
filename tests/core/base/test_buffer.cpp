#include "core/base/buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
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

} // namespace
} // namespace initlens
