#include "core/spectrum/dense.h"

#include "core/spectrum/block_measurement.h"
#include "core/spectrum/measurement.h"

#include <algorithm>

namespace initlens::spectrum {

void measureDense(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                  const Execution& execution)
{
    if (request.layers.empty() || measureBlocks(factors, request, sink, execution, &measureDense)) {
        return;
    }
    if (request.scope == Scope::Kind::PerLayer) {
        measureSingleFactors(factors, request, sink, execution);
    } else {
        measureProducts(factors, request, sink, execution);
    }
}

DenseOperations denseOperations(const ProblemSize& size)
{
    const auto outputs = static_cast<double>(size.outputs);
    const bool fromInput = size.scope == Scope::Kind::FromInput || size.depth == 1;
    const double columns = fromInput ? static_cast<double>(size.inputs) : outputs;
    const double smaller = std::min(outputs, columns);
    const bool perLayer = size.scope == Scope::Kind::PerLayer;
    const double products = perLayer ? 0 : static_cast<double>(size.depth);
    // A decomposition runs at about a quarter of the speed of a product.
    constexpr double slowness = 4;
    const auto blocks = static_cast<double>(size.blocks);
    return {.products = 2 * outputs * outputs * columns * products * blocks,
            .values = slowness * 8 / 3 * std::max(outputs, columns) * smaller * smaller *
                      static_cast<double>(size.measured) * blocks};
}

double denseBytes(const ProblemSize& size)
{
    const auto product = [](Index rows, Index columns) {
        return static_cast<double>(rows) * static_cast<double>(columns);
    };
    const bool toOutput = size.scope == Scope::Kind::ToOutput;
    // One factor and its transpose, the product before and after it.
    const Index before = size.depth > 1 ? std::max(size.inputs, size.active) : size.inputs;
    const double factor = toOutput ? 2 * product(size.active, std::max(size.inputs, size.outputs))
                                   : product(size.active, before);
    const double running =
        toOutput ? product(std::max(size.inputs, size.outputs), size.active)
        : size.scope == Scope::Kind::PerLayer
            ? product(size.active,
                      std::max(size.inputs, size.depth > 1 ? size.outputs : size.inputs))
            : product(size.active, size.inputs);
    // The plain product that is kept to go back to, or the parts of the graded one: a basis, a
    // triangle, and what a step makes of them.
    constexpr double graded = 7;
    const bool fromInput = size.scope == Scope::Kind::FromInput || size.depth == 1;
    const Index rank = fromInput ? std::min(size.inputs, size.active) : size.active;
    const double part = product(std::max(size.inputs, size.outputs), rank);
    // Beside them the layers whose values are being found, with what a decomposition takes, and the
    // layers that wait.
    const double bytes = running * sizeof(double);
    const double tasks = 6 * running * decompositionsAtOnce(bytes, size.threads);
    const double waiting = bytes * static_cast<double>(size.measured);
    constexpr double anchors = 16;
    const double room = backlogBytes(bytes);
    const double kept =
        std::min(waiting, room) + (waiting > room ? anchors * 2 * bytes : 3 * bytes);
    const double one = (factor + 3 * running + graded * part + tasks) * sizeof(double) + kept;
    // As many blocks as there are threads, and what the others have found.
    const double found = 2 * sizeof(double) * static_cast<double>(size.active) *
                         static_cast<double>(size.measured) * static_cast<double>(size.blocks);
    return size.blocks == 1
               ? one
               : found + one * static_cast<double>(std::min<Index>(size.blocks, size.threads));
}

} // namespace initlens::spectrum
