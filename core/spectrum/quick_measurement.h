#pragma once

#include "core/spectrum/layer_measurement.h"
#include "core/spectrum/method.h"

#include <vector>

namespace initlens::spectrum {

/// The error of a log10 singular value that the quick method allows itself: a quarter of a percent
/// of the value, which no chart shows.
inline constexpr double quickBound = 1e-3;

/// The singular values of a product in single precision: from its Gram matrix, formed in single
/// precision too where that keeps every bound below quickBound, else in double precision. Not good
/// where a bound is larger, or where the product lacks the full rank. The bounds follow the model
/// of noise_bound.h. `expectedCondition` says whether to try single precision. After a stop request
/// the result is undefined.
LayerMeasurement measureSingle(const RunningProduct<float>& product, Index smallerSide,
                               double expectedCondition, const Execution& execution);

/// Measures the layers of a request by products in single precision, from coarse to fine, while
/// their bounds stay below quickBound. Returns those that were not good enough, which the sink has
/// not seen; all of those behind the first anchor that is not good count as such. No value depends
/// on the order of the work, nor on `bytes`, the room for products that wait (0: backlogBytes).
std::vector<Index> measureInSinglePrecision(JacobianFactors& factors, const Request& request,
                                            const SpectrumSink& sink, const Execution& execution,
                                            double bytes = 0);

} // namespace initlens::spectrum
