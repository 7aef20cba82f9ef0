#include "core/spectrum/sketch_description.h"

#include "core/spectrum/value_quantiles.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::spectrum {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mostExtremes = 5;
/// A value that is known this well (log10) is shown by itself.
constexpr double wellKnown = 0.01;
/// Shares of less than this are rounding.
constexpr double noShare = 1e-9;
constexpr int bins = 24;
constexpr double smallestBin = 0.02;

/// Describes the values that are not zero by structure: shares of the whole space, exact zeros
/// included, become shares of those.
class Description {
public:
    Description(const RitzDistribution& full, const RitzDistribution& half,
                const LayerProduct& product, Index space)
        : m_space(static_cast<double>(space)), m_full(full), m_half(half), m_product(product),
          m_log10Scale(product.log2Scale() * log10Of2),
          m_zeros(static_cast<double>(space - product.rank()) / static_cast<double>(space)),
          m_hidden(full.upperBound(-1) > m_zeros + noShare)
    {}

    [[nodiscard]] LayerSpectrumPointer layer() const
    {
        auto sketch = std::make_shared<SpectrumSketch>();
        sketch->count = m_product.rank();
        sketch->largest = largest();
        sketch->smallest = smallest();
        for (const double level : quantileLevels) {
            sketch->quantiles.push_back(quantile(level, *sketch));
        }
        fillHistogram(*sketch);
        sketch->log10MeanSquare = meanSquare();
        sketch->effectiveRank = effectiveRank();
        sketch->isometry = isometry();
        auto layer = std::make_shared<LayerSpectrum>();
        layer->exactZeros = m_product.smallerSide() - m_product.rank();
        layer->log10Resolution =
            std::max(log10Of(m_full.noise()), m_hidden ? hiddenBelow() : -infinity);
        layer->sketch = std::move(sketch);
        return layer;
    }

private:
    static constexpr double log10Of2 = std::numbers::ln2 / std::numbers::ln10;

    [[nodiscard]] double log10Of(double value) const { return std::log10(value) + m_log10Scale; }

    /// The distribution is bounded from both sides above this only.
    [[nodiscard]] double hiddenBelow() const
    {
        return m_full.quantile(m_full.upperBound(-1)) * log10Of2 + m_log10Scale;
    }

    [[nodiscard]] BoundedValue bounded(std::size_t index) const
    {
        const double value = m_full.values()[index];
        const double relative = m_full.residuals()[index] / value;
        return {log10Of(value),
                relative < 1 ? -std::log1p(-relative) / std::numbers::ln10 : infinity};
    }

    [[nodiscard]] std::vector<BoundedValue> largest() const
    {
        std::vector<BoundedValue> found = {bounded(m_full.values().size() - 1)};
        while (found.size() < std::min(mostExtremes, m_full.values().size())) {
            const auto next = bounded(m_full.values().size() - 1 - found.size());
            if (!(std::max(next.bound, found.back().bound) <= wellKnown)) {
                break;
            }
            found.push_back(next);
        }
        return found;
    }

    /// Beside exact zeros or values that are lost in rounding nothing is the smallest.
    [[nodiscard]] std::vector<BoundedValue> smallest() const
    {
        std::vector<BoundedValue> found;
        const bool complete = m_full.isComplete() && m_full.ground() <= m_zeros + noShare;
        if (!complete && (m_zeros > 0 || m_full.ground() > noShare)) {
            return found;
        }
        while (found.size() < std::min(mostExtremes, m_full.values().size())) {
            const auto next = bounded(found.size());
            if (!(next.bound <= wellKnown)) {
                break;
            }
            found.push_back(next);
        }
        return found;
    }

    [[nodiscard]] SketchQuantile quantile(double level, const SpectrumSketch& sketch) const
    {
        const BoundedValue& top = sketch.largest.front();
        if (level == 1) {
            return {level, top.log10Value, top.log10Value - top.bound, top.log10Value + top.bound};
        }
        if (level == 0 && !sketch.smallest.empty()) {
            const BoundedValue& least = sketch.smallest.front();
            return {level, least.log10Value, least.log10Value - least.bound,
                    least.log10Value + least.bound};
        }
        const double share = m_zeros + level * (1 - m_zeros) - noShare;
        SketchQuantile result{level, notANumber, -infinity, top.log10Value + top.bound};
        bool bounded = m_full.upperBound(-1) >= share || level == 0;
        for (Index k = 0; k < m_full.size(); ++k) {
            const double value = m_full.values()[static_cast<std::size_t>(k)];
            if (!bounded && m_full.upperBound(k) >= share) {
                result.low = value > m_full.noise() ? log10Of(value - m_full.noise()) : -infinity;
                bounded = true;
            }
            if (m_full.lowerBound(k) >= std::max(share, m_zeros + noShare)) {
                result.high = std::min(result.high, log10Of(value + m_full.noise()));
                break;
            }
        }
        if (std::isfinite(result.low)) {
            result.value = std::clamp(m_full.quantile(share) * log10Of2 + m_log10Scale, result.low,
                                      result.high);
        }
        return result;
    }

    /// Singular values of the space to a value that min(rows, columns) counts.
    [[nodiscard]] double ofAll() const
    {
        return m_space / static_cast<double>(m_product.smallerSide());
    }

    [[nodiscard]] Estimate meanSquare() const
    {
        const Estimate mean = m_full.mean([](double value) { return value * value; });
        const double relative = std::min(mean.error / mean.value, 1.0);
        return {std::log10(mean.value * ofAll()) + 2 * m_log10Scale,
                relative < 1 ? -std::log1p(-relative) / std::numbers::ln10 : infinity};
    }

    /// exp of ln S - (1/S) sum of s ln s, S the sum of s.
    [[nodiscard]] Estimate effectiveRank() const
    {
        const auto of = [this](const RitzDistribution& seen) {
            if (seen.size() == 0) {
                return Estimate{};
            }
            const double top = m_full.values().back();
            const Estimate sum = seen.mean([top](double value) { return value / top; });
            const double sampled = sum.value * m_space;
            // Both sums vary with the start vectors; this is what moves the rank, to first order.
            const double entropy =
                seen.mean([top](double value) { return value / top * std::log(value / top); })
                    .value *
                m_space / sampled;
            const double change = seen.mean([top, entropy](double value) {
                                          const double part = value / top;
                                          return part * (1 + entropy - std::log(part));
                                      })
                                      .error *
                                  m_space / sampled;
            const double rank = sampled * std::exp(-entropy);
            return Estimate{rank, rank * change};
        };
        const Estimate full = of(m_full);
        return {full.value, full.error + std::abs(full.value - of(m_half).value)};
    }

    /// Share between 1/2 and 2.
    [[nodiscard]] Estimate isometry() const
    {
        // A value of exactly two keeps its place whatever the rounding of its logarithm.
        constexpr double slack = 1e-11;
        const double shift = m_log10Scale / log10Of2;
        const double a = -1 - slack - shift;
        const double b = 1 + slack - shift;
        const double share = m_full.at(b) - m_full.at(a);
        const double before = m_half.at(b) - m_half.at(a);
        return {std::clamp(share * ofAll(), 0.0, 1.0),
                (m_full.samplingError(a, b) + std::abs(share - before)) * ofAll()};
    }

    void fillHistogram(SpectrumSketch& sketch) const
    {
        const double top = sketch.largest.front().log10Value;
        const double bottom =
            std::min(m_hidden ? hiddenBelow() : log10Of(m_full.values().front()), top);
        const double width = std::max((top - bottom) / (bins - 1), smallestBin);
        const int count = static_cast<int>(std::lround((top - bottom) / width)) + 1;
        const double first = (top + bottom - count * width) / 2;
        const auto log2At = [&](int edge) {
            return (first + edge * width - m_log10Scale) / log10Of2;
        };
        for (int edge = 0; edge <= count; ++edge) {
            sketch.edges.push_back(first + edge * width);
        }
        const double nonZero = 1 - m_zeros;
        const double below = m_full.at(log2At(0));
        sketch.shareBelow = std::max(0.0, (below - m_zeros) / nonZero);
        for (int bin = 0; bin < count; ++bin) {
            const double a = log2At(bin);
            const double b = log2At(bin + 1);
            const double share = m_full.at(b) - m_full.at(a);
            const double before = m_half.at(b) - m_half.at(a);
            sketch.shares.push_back(share / nonZero);
            sketch.errors.push_back((m_full.samplingError(a, b) + std::abs(share - before)) /
                                    nonZero);
        }
    }

    double m_space; ///< dimension of the space of the start vectors
    const RitzDistribution& m_full;
    const RitzDistribution& m_half;
    const LayerProduct& m_product;
    double m_log10Scale;
    double m_zeros; ///< share of exact zeros in the space of the start vectors
    bool m_hidden;  ///< whether values below those that were found may be hidden
};

} // namespace

LayerSpectrumPointer describe(const RitzDistribution& full, const RitzDistribution& half,
                              const LayerProduct& product, Index space)
{
    return Description(full, half, product, space).layer();
}

LayerSpectrumPointer describeZero(const LayerProduct& product)
{
    auto layer = std::make_shared<LayerSpectrum>();
    layer->exactZeros = product.smallerSide();
    layer->log10Resolution = -infinity;
    layer->sketch = std::make_shared<SpectrumSketch>();
    return layer;
}

} // namespace initlens::spectrum
