#pragma once

#include "core/spectrum/method.h"

namespace initlens::spectrum {

/// The dense method: all singular values of each measured layer, restricted to the active gates,
/// computed beside the product of the factors. The product is multiplied out in double precision
/// while the bound of every value is below goodBound (layer_measurement.h); then a graded product
/// goes on from the last layer where that was so. Where weights have exact zeros or less than full
/// rank it stays with the plain product: small values far below the largest are then lost, and
/// their bounds and log10Resolution say so.
void measureDense(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                  const Execution& execution);

/// Bytes of measureDense.
double denseBytes(const ProblemSize& size);

/// About how many operations the products with all factors take, and the values of the measured
/// layers, in double precision (Method::operations).
struct DenseOperations {
    double products = 0;
    double values = 0;
};
DenseOperations denseOperations(const ProblemSize& size);

} // namespace initlens::spectrum
