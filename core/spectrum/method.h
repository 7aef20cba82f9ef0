#pragma once

#include "core/base/execution.h"
#include "core/base/registry.h"
#include "core/spectrum/jacobian.h"
#include "core/spectrum/layer_spectrum.h"
#include "core/spectrum/scope.h"

#include <atomic>
#include <functional>
#include <memory>

namespace initlens::spectrum {

/// Receives the singular values of one layer, on any thread and in any order of the layers. Null
/// when an element of that Jacobian is infinite or not a number.
using SpectrumSink = std::function<void(Index layer, LayerSpectrumPointer spectrum)>;

/// What is to be measured.
struct Request {
    Scope::Kind scope = Scope::Kind::None;
    /// Ascending; what a layer means is the scope's business.
    std::vector<Index> layers;
    /// The layer that somebody is looking at, which should come next; null or 0: none. It changes
    /// the order of the work, never a result.
    std::shared_ptr<const std::atomic<std::int32_t>> selected = nullptr;

    /// Whether somebody may be looking while layers come in: then a picture of all depth comes
    /// first, which takes memory for the layers in between.
    [[nodiscard]] bool isWatched() const { return selected != nullptr; }
    /// The selected layer, or -1.
    [[nodiscard]] Index selectedLayer() const
    {
        const Index layer = selected == nullptr ? 0 : selected->load(std::memory_order_relaxed);
        return layer > 0 ? layer : -1;
    }
};

/// What the memory and the time of a method depend on.
struct ProblemSize {
    Scope::Kind scope = Scope::Kind::None;
    Index depth = 0;
    Index inputs = 0;   ///< rows of x^0
    Index outputs = 0;  ///< rows of every other x^l
    Index active = 0;   ///< rows of x^l with open gates, at most: one of two behind a crelu
    Index measured = 0; ///< layers
    /// Blocks of the Jacobian (JacobianFactors::blocks), of which inputs, outputs and active are
    /// the largest one's.
    Index blocks = 1;
    int threads = 1;
};

/// How singular values are computed. Methods know the Jacobian as operators only; a new one is one
/// source file and one line in the table (rows.h).
struct Method {
    static constexpr std::string_view kind = "spectrum";
    static Table<Method> table();

    RowHead head;
    /// Whether the values keep to their bounds. A method that does not is there to be compared.
    bool reliable = true;
    /// Measures the layers of a request and returns when all are sent, or early once a stop is
    /// requested. Bit-identical for any number of threads.
    void (*measure)(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                    const Execution& execution) = nullptr;
    /// Bytes that it takes at most.
    double (*bytes)(const ProblemSize& size) = nullptr;
    /// About how many multiplications and additions of a large product in double precision take as
    /// long, for one Jacobian. How deep the layers are that need the most is known only afterwards.
    double (*operations)(const ProblemSize& size) = nullptr;
    /// Measures a Jacobian that falls into blocks block by block.
    bool usesBlocks = false;
    /// Applies the factors again and again instead of forming the Jacobian: it fits where others do
    /// not, and weights are better kept than drawn each time.
    bool matrixFree = false;
};

/// The layers that are measured when every K-th is asked for, ascending: K, 2K, ... and L, or
/// 0, K, 2K, ... < L for the Jacobians to the output.
std::vector<Index> measuredLayers(Scope::Kind scope, Index depth, Index every);

} // namespace initlens::spectrum
