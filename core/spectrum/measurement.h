#pragma once

#include "core/spectrum/jacobian.h"
#include "core/spectrum/method.h"

namespace initlens::spectrum {

/// Products of this size that wait until their singular values are found take no more bytes than
/// this: a hundred should find room, for a network of that depth is then walked through once.
double backlogBytes(double productBytes);

/// How many products are decomposed at a time, at most: their working memory is bounded.
int decompositionsAtOnce(double productBytes, int threads);

/// Bytes of the largest product of a scope.
double largestProduct(const JacobianFactors& factors, Scope::Kind scope);

/// Measures the layers of a request whose scope multiplies factors together, from coarse to fine.
///
/// A walk goes through all layers once. At some of them, the anchors, singular values are found at
/// once: they make the coarse picture and tell whether the plain product is good enough. Where it
/// is not, the walk goes back to the anchor before and continues with a graded product. The
/// products between the anchors wait in a backlog. What the backlog cannot hold, or what turns out
/// to need refinement, is reached again from the anchor before it. No value depends on the order of
/// the work, nor on `bytes`, the room of the backlog (0: backlogBytes).
void measureProducts(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                     const Execution& execution, double bytes = 0);

/// Measures the layers of a request for single factors, some at a time: from coarse to fine where
/// all weights are at hand, else in the order in which they are drawn.
void measureSingleFactors(JacobianFactors& factors, const Request& request,
                          const SpectrumSink& sink, const Execution& execution);

} // namespace initlens::spectrum
