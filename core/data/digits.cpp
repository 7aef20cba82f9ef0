#include "core/data/columns.h"
#include "core/data/digit_images.h"
#include "core/data/rows.h"

#include <fmt/format.h>

#include <numeric>
#include <vector>

namespace initlens::data {

namespace {

/// The first `batch` images of a random order of all (Durstenfeld 1964).
std::vector<Index> drawImages(random::Stream stream, Index batch)
{
    stream.purpose = random::Purpose::Pattern;
    std::vector<Index> order(static_cast<std::size_t>(DigitImages::count));
    std::iota(order.begin(), order.end(), Index{0});
    for (Index i = 0; i < batch; ++i) {
        const auto left = static_cast<std::uint64_t>(DigitImages::count - i);
        const auto ahead = static_cast<Index>(random::uniformIndex(stream, i, left));
        std::swap(order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(i + ahead)]);
    }
    order.resize(static_cast<std::size_t>(batch));
    return order;
}

void fill(MatrixView<double> x, const InputRequest& request, const Execution& /*execution*/)
{
    const auto [mean, deviation] = pixelStatistics();
    Index column = 0;
    for (const Index image : drawImages(request.stream, x.cols())) {
        for (Index pixel = 0; pixel < DigitImages::pixels; ++pixel) {
            const double difference = DigitImages::pixel(image, pixel) - mean[pixel];
            x(pixel, column) = deviation[pixel] > 0 ? difference / deviation[pixel] : 0.0;
        }
        ++column;
    }
}

std::string refusal(Index size, Index batch, std::span<const double> /*params*/)
{
    if (size != DigitImages::pixels) {
        return fmt::format("input_size must be {} (or 0), not {}", DigitImages::pixels, size);
    }
    if (batch > DigitImages::count) {
        return fmt::format("batch must be at most {}, the number of images, not {}",
                           DigitImages::count, batch);
    }
    return {};
}

} // namespace

constinit const Input digitsRow = {
    .head = {.id = "digits",
             .label = "Handwritten digits",
             .formula = "(pixel - mean) / deviation, 8 x 8 images drawn without replacement",
             .source = "Alpaydin and Kaynak 1998, UCI Optical Recognition of Handwritten Digits",
             .help =
                 "Real images, bundled. Each of the 64 pixels is standardised over all 1797; "
                 "the three that are white on every image stay 0, so the second moment is 61/64 "
                 "on average. Samples are alike, unlike Gaussian ones."},
    .fill = &fill,
    .refusal = &refusal,
    .fixedSize = DigitImages::pixels};

} // namespace initlens::data
