#pragma once

#include "core/spectrum/spectrum_sketch.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace initlens::spectrum {

/// How the product behind a layer's singular values was carried.
enum class Carrier {
    Product,       ///< multiplied out in double precision (running_product.h)
    SingleProduct, ///< the same in single precision (quick_measurement.h)
    Recursion      ///< graded, with a scale for every direction (graded_product.h)
};

/// All of them.
inline constexpr std::array carriers = {Carrier::Product, Carrier::SingleProduct,
                                        Carrier::Recursion};
/// The name of a carrier in files: "product", "single_product" or "recursion".
std::string_view carrierName(Carrier carrier);

/// Singular values of the Jacobian at one layer.
struct LayerSpectrum {
    std::vector<double> log10Values; ///< descending, without the exact zeros
    std::int64_t exactZeros = 0;     ///< singular values that are zero by structure (dead gates)
    /// log10 of the estimated rounding error of a value of this layer. Values below it are rounding
    /// noise and must be shown as such. -infinity when unknown errors are negligible.
    double log10Resolution = 0;
    /// Bound of the error of each log10 value, by the model of rounding of its carrier; infinity
    /// where a value is lost. Empty in files written before bounds were known.
    std::vector<double> bounds = {};
    Carrier carrier = Carrier::Product;
    /// What a matrix-free method knows instead; then log10Values is empty, and log10Resolution is
    /// where values begin to be told apart.
    std::shared_ptr<const SpectrumSketch> sketch = nullptr;

    /// Singular values that are not zero by structure.
    [[nodiscard]] std::int64_t nonZeros() const
    {
        return sketch != nullptr ? sketch->count : static_cast<std::int64_t>(log10Values.size());
    }
};
using LayerSpectrumPointer = std::shared_ptr<const LayerSpectrum>;

} // namespace initlens::spectrum
