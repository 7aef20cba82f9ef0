#include "core/diagnostics/histogram.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::diagnostics {

namespace {

constexpr std::size_t binCount = 160;
constexpr std::size_t chunk = std::size_t{1} << 16;

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    std::int64_t exactZeros = 0;
    std::int64_t notFinite = 0;
};

template <class T>
Extent extentOf(std::span<const T> values)
{
    Extent extent;
    for (const T value : values) {
        const auto x = static_cast<double>(value);
        if (!std::isfinite(x)) {
            ++extent.notFinite;
            continue;
        }
        extent.low = std::min(extent.low, x);
        extent.high = std::max(extent.high, x);
        extent.exactZeros += x == 0 ? 1 : 0;
    }
    return extent;
}

/// Calls body(chunk index, elements) for every chunk, in parallel.
template <class T, class Body>
void forEachChunk(std::span<const T> values, const Execution& execution, const Body& body)
{
    parallelFor((values.size() + chunk - 1) / chunk, execution, [&](std::size_t i) {
        body(i, values.subspan(i * chunk, std::min(chunk, values.size() - i * chunk)));
    });
}

} // namespace

template <class T>
Histogram histogramOf(std::span<const T> values, std::string_view id, Index layer,
                      const Execution& execution)
{
    Histogram histogram;
    histogram.id = id;
    histogram.layer = static_cast<std::int32_t>(layer);

    std::vector<Extent> extents((values.size() + chunk - 1) / chunk);
    forEachChunk(values, execution,
                 [&](std::size_t i, std::span<const T> part) { extents[i] = extentOf(part); });
    Extent all;
    for (const Extent& extent : extents) {
        all.low = std::min(all.low, extent.low);
        all.high = std::max(all.high, extent.high);
        all.exactZeros += extent.exactZeros;
        all.notFinite += extent.notFinite;
    }
    histogram.exactZeros = all.exactZeros;
    histogram.notFinite = all.notFinite;
    if (all.low > all.high) {
        return histogram;
    }
    // Halves, so that the width of a range over the whole double axis is still a number.
    const double halfWidth = all.high / 2 - all.low / 2;
    const std::size_t bins = halfWidth > 0 ? binCount : 1;
    const double perWidth = static_cast<double>(bins) / 2 / halfWidth;
    histogram.edges.resize(bins + 1);
    for (std::size_t i = 0; i <= bins; ++i) {
        const double t = static_cast<double>(i) / static_cast<double>(bins);
        histogram.edges[i] = all.low * (1 - t) + all.high * t;
    }
    std::vector<std::vector<std::int64_t>> counts(extents.size());
    forEachChunk(values, execution, [&](std::size_t i, std::span<const T> part) {
        counts[i].assign(bins, 0);
        for (const T value : part) {
            const auto x = static_cast<double>(value);
            if (!std::isfinite(x)) {
                continue;
            }
            const double position = bins == 1 ? 0 : 2 * (x / 2 - all.low / 2) * perWidth;
            auto bin = std::min(static_cast<std::size_t>(std::max(0.0, position)), bins - 1);
            // The product can round to the other side of an edge; the edges decide.
            if (x < histogram.edges[bin] && bin > 0) {
                --bin;
            } else if (bin + 1 < bins && x >= histogram.edges[bin + 1]) {
                ++bin;
            }
            ++counts[i][bin];
        }
    });
    histogram.counts.assign(bins, 0);
    for (const auto& part : counts) {
        for (std::size_t bin = 0; bin < part.size(); ++bin) {
            histogram.counts[bin] += part[bin];
        }
    }
    return histogram;
}

template Histogram histogramOf(std::span<const float>, std::string_view, Index, const Execution&);
template Histogram histogramOf(std::span<const double>, std::string_view, Index, const Execution&);

} // namespace initlens::diagnostics
