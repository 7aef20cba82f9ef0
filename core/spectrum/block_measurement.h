#pragma once

#include "core/spectrum/method.h"

namespace initlens::spectrum {

using MeasureFactors = void (*)(JacobianFactors& factors, const Request& request,
                                const SpectrumSink& sink, const Execution& execution);

/// Measures a Jacobian block by block and sends the values of all blocks together: some layers over
/// all depth first, then the others. False, and nothing done, where it has no blocks. Bounds are
/// twice those of the blocks, as forming a block's factor rounds as much as multiplying it does.
bool measureBlocks(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                   const Execution& execution, MeasureFactors measure);

} // namespace initlens::spectrum
