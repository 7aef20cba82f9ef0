#pragma once

#include "core/spectrum/method.h"

namespace initlens::spectrum {

/// The dense method: the product of the factors in double precision, restricted to the active
/// gates, and all singular values of each measured layer. The product goes on while the values of
/// earlier layers are computed beside it. The error of a value is that of a backward stable
/// product: small values far below the largest are lost, and log10Resolution says below which
/// level.
void measureDense(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
                  const SpectrumSink& sink, const Execution& execution);

/// Bytes of measureDense.
double denseBytes(const ProblemSize& size);

} // namespace initlens::spectrum
