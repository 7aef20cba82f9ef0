#include "core/spectrum/layer_measurement.h"

#include "core/spectrum/graded_values.h"
#include "core/spectrum/singular_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::spectrum {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

double conditionOf(const std::vector<double>& values, Index rank)
{
    if (values.empty() || rank == 0) {
        return 1;
    }
    const auto last = std::min(values.size(), static_cast<std::size_t>(rank)) - 1;
    return values[last] > 0 ? values.front() / values[last] : infinity;
}

double log10Bound(double relative)
{
    return relative < 1 ? -std::log1p(-relative) / std::numbers::ln10 : infinity;
}

namespace {

LayerSpectrumPointer spectrumOf(const std::vector<double>& values, Index rank, Index smallerSide,
                                double log2Scale, double error)
{
    auto spectrum = std::make_shared<LayerSpectrum>();
    const auto count = std::min(values.size(), static_cast<std::size_t>(rank));
    const double log10Scale = log2Scale * std::log10(2.0);
    const double largest = values.empty() ? 0 : values.front();
    // Every value of a decomposition carries a rounding of the largest.
    const double floor = std::numeric_limits<double>::epsilon() * largest;
    // The eigenvalues of the Gram matrix magnify it for the smallest values.
    const double condition = conditionOf(values, rank);
    const bool byGram =
        condition <= largestGramCondition(rank, goodBoundOf(rank) * std::numbers::ln10);
    const double magnified = byGram ? std::max(1.0, condition / 2) : 1;
    const double decomposition =
        floor * magnified * std::sqrt(static_cast<double>(std::max<Index>(1, rank)));
    spectrum->log10Values.reserve(count);
    spectrum->bounds.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        // A value that came out as zero is rounding too: it must not become minus infinity.
        const double value = std::max(values[i], floor * 1e-3);
        spectrum->log10Values.push_back(std::log10(value) + log10Scale);
        spectrum->bounds.push_back(log10Bound((error + decomposition) / value));
    }
    spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(count);
    spectrum->log10Resolution =
        count == 0 ? -infinity : std::log10(error + decomposition) + log10Scale;
    return spectrum;
}

LayerSpectrumPointer spectrumOf(const BoundedLogs& values, Index smallerSide)
{
    auto spectrum = std::make_shared<LayerSpectrum>();
    spectrum->carrier = Carrier::Recursion;
    spectrum->log10Resolution = -infinity;
    // Beyond this a value is rather unknown than inaccurate.
    constexpr double coarse = 0.01;
    for (std::size_t i = 0; i < values.logs.size(); ++i) {
        const double log10Value = values.logs[i] / std::numbers::ln10;
        spectrum->log10Values.push_back(log10Value);
        spectrum->bounds.push_back(log10Bound(values.bounds[i]));
        if (spectrum->bounds.back() > coarse) {
            // The first is the largest; nothing below it may stand above the line.
            spectrum->log10Resolution =
                std::max(spectrum->log10Resolution, std::nextafter(log10Value, infinity));
        }
    }
    spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(values.logs.size());
    return spectrum;
}

double largestBound(const LayerSpectrum& spectrum)
{
    return spectrum.bounds.empty()
               ? 0
               : *std::max_element(spectrum.bounds.begin(), spectrum.bounds.end());
}

} // namespace

std::string_view carrierName(Carrier carrier)
{
    switch (carrier) {
    case Carrier::Product:
        return "product";
    case Carrier::SingleProduct:
        return "single_product";
    case Carrier::Recursion:
        break;
    }
    return "recursion";
}

double goodBoundOf(Index rank)
{
    return rank <= largestExactRank ? goodBound : goodBoundOfWide;
}

LayerMeasurement measurePlain(const RunningProduct<double>& product, Index smallerSide,
                              double expectedCondition, const Execution& execution)
{
    LayerMeasurement measured;
    if (!product.isFinite()) {
        return measured;
    }
    const Index rank = product.rank();
    const auto values =
        rank == 0 ? std::vector<double>{}
                  : singularValues(product.values(), goodBoundOf(rank) * std::numbers::ln10,
                                   expectedCondition, execution);
    if (rank > 0 && values.empty()) {
        return measured;
    }
    measured.condition = conditionOf(values, rank);
    measured.spectrum = spectrumOf(values, rank, smallerSide, product.log2Scale(), product.error());
    measured.relativeError = rank == 0 || values.front() == 0
                                 ? 0
                                 : product.error() * measured.condition / values.front();
    measured.good = largestBound(*measured.spectrum) <= goodBoundOf(rank);
    return measured;
}

LayerMeasurement measureGraded(const GradedFactor& factor, Index smallerSide,
                               const Execution& execution)
{
    const double tolerance = goodBound * std::numbers::ln10 / 4;
    const auto values = gradedSingularValues(factor, tolerance, execution);
    LayerMeasurement measured;
    if (factor.logScale.empty() || !values.logs.empty()) {
        measured.spectrum = spectrumOf(values, smallerSide);
    }
    return measured;
}

} // namespace initlens::spectrum
