#include "core/data/digit_images.h"

#include <cassert>
#include <cmath>
#include <cstddef>

namespace initlens::data {

// Made from resources/digits.bin when the program is built.
extern const std::size_t digitsFileSize;
extern const unsigned char digitsFile[];

namespace {

int byteAt(Index image, Index offset)
{
    constexpr Index record = DigitImages::pixels + 1;
    assert(digitsFileSize == static_cast<std::size_t>(DigitImages::count * record));
    return digitsFile[image * record + offset];
}

} // namespace

int DigitImages::pixel(Index image, Index pixel)
{
    return byteAt(image, pixel);
}

int DigitImages::label(Index image)
{
    return byteAt(image, pixels);
}

PixelStatistics pixelStatistics()
{
    PixelStatistics statistics{Vector<double>(DigitImages::pixels),
                               Vector<double>(DigitImages::pixels)};
    constexpr auto count = static_cast<double>(DigitImages::count);
    for (Index pixel = 0; pixel < DigitImages::pixels; ++pixel) {
        // Sums of small whole numbers: exact.
        std::int64_t sum = 0;
        std::int64_t squares = 0;
        for (Index image = 0; image < DigitImages::count; ++image) {
            const std::int64_t value = DigitImages::pixel(image, pixel);
            sum += value;
            squares += value * value;
        }
        const auto scatter = static_cast<double>(DigitImages::count * squares - sum * sum);
        statistics.mean[pixel] = static_cast<double>(sum) / count;
        statistics.deviation[pixel] = std::sqrt(scatter) / count;
    }
    return statistics;
}

} // namespace initlens::data
