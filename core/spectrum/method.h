#pragma once

#include "core/base/execution.h"
#include "core/base/registry.h"
#include "core/spectrum/jacobian.h"
#include "core/spectrum/layer_spectrum.h"
#include "core/spectrum/scope.h"

#include <functional>

namespace initlens::spectrum {

/// Receives the singular values of one layer, on any thread and in any order of the layers. Null
/// when an element of that Jacobian is infinite or not a number.
using SpectrumSink = std::function<void(Index layer, LayerSpectrumPointer spectrum)>;

/// What the memory of a method depends on.
struct ProblemSize {
    Scope::Kind scope = Scope::Kind::None;
    Index depth = 0;
    Index inputs = 0;  ///< rows of x^0
    Index outputs = 0; ///< rows of every other x^l
    Index active = 0;  ///< rows of x^l with open gates, at most: one of two behind a crelu
};

/// How singular values are computed. Methods know the Jacobian as operators only; a new one is one
/// source file and one line in rows.h.
struct Method {
    static constexpr std::string_view kind = "spectrum";
    static Table<Method> table();

    RowHead head;
    /// Measures the given layers (ascending; what a layer means is the scope's business) and
    /// returns when all are sent, or early once a stop is requested. Bit-identical for any number
    /// of threads.
    void (*measure)(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
                    const SpectrumSink& sink, const Execution& execution) = nullptr;
    /// Bytes that it takes at most.
    double (*bytes)(const ProblemSize& size) = nullptr;
    /// Applies the factors again and again instead of forming the Jacobian: it fits where others do
    /// not, and weights are better kept than drawn each time.
    bool matrixFree = false;
};

/// The layers that are measured when every K-th is asked for, ascending: K, 2K, ... and L, or
/// 0, K, 2K, ... < L for the Jacobians to the output.
std::vector<Index> measuredLayers(Scope::Kind scope, Index depth, Index every);

} // namespace initlens::spectrum
