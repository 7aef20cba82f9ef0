#pragma once

#include "core/spectrum/bidiagonalisation.h"
#include "core/spectrum/method.h"

namespace initlens::spectrum {

/// The matrix-free method: extremes by Golub-Kahan bidiagonalisation, the distribution of the
/// others by stochastic Lanczos quadrature from the same steps (spectrum_sketch.h). Only products
/// with vectors are taken, so a layer costs 2 * steps * vectors of them with every factor of its
/// product. Layers come coarse to fine.
void measureSketch(const SketchSize& size, JacobianFactors& factors, const Request& request,
                   const SpectrumSink& sink, const Execution& execution);

/// The description of one layer. Null where an element is infinite or not a number, where the
/// iteration does not converge, and after a stop request.
LayerSpectrumPointer sketchOf(LayerProduct& product, const SketchSize& size, Index stream,
                              const Execution& execution);

} // namespace initlens::spectrum
