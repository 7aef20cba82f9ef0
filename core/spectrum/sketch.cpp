#include "core/spectrum/sketch.h"

#include "core/spectrum/rows.h"
#include "core/spectrum/sketch_description.h"

#include <algorithm>

namespace initlens::spectrum {

namespace {

/// Every sixteenth layer, then every eighth between them, and so on, the last layer first.
std::vector<Index> coarseToFine(const std::vector<Index>& layers)
{
    std::vector<Index> order;
    order.reserve(layers.size());
    std::vector<bool> taken(layers.size(), false);
    for (std::size_t stride = 16; stride > 0; stride /= 2) {
        for (std::size_t i = 0; i < layers.size(); i += stride) {
            const std::size_t fromTheEnd = layers.size() - 1 - i;
            if (!taken[fromTheEnd]) {
                taken[fromTheEnd] = true;
                order.push_back(layers[fromTheEnd]);
            }
        }
    }
    return order;
}

void measure(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
             const Execution& execution)
{
    measureSketch(SketchSize{}, factors, request, sink, execution);
}

double bytes(const ProblemSize& size)
{
    const SketchSize sketch;
    const auto larger = static_cast<double>(std::max(size.inputs, size.outputs));
    const double smaller = static_cast<double>(std::min(size.inputs, size.outputs));
    const double basis = std::min(smaller, static_cast<double>(sketch.vectors * sketch.steps));
    // Two bases; blocks of vectors under way; the small matrix with its decomposition.
    constexpr double blocks = 12;
    constexpr double smallMatrices = 8;
    return sizeof(double) * (larger * (2 * basis + blocks * static_cast<double>(sketch.vectors)) +
                             smallMatrices * basis * basis);
}

double operations(const ProblemSize& size)
{
    const SketchSize sketch;
    const auto vectors = static_cast<double>(sketch.vectors);
    const auto larger = static_cast<double>(std::max(size.inputs, size.outputs));
    const auto smaller = static_cast<double>(std::min(size.inputs, size.outputs));
    const double basis = std::min(smaller, vectors * static_cast<double>(sketch.steps));
    // A layer's product has half of the factors on average.
    const double factors =
        size.scope == Scope::Kind::PerLayer ? 1 : (static_cast<double>(size.depth) + 1) / 2;
    // Both sides, each of which takes the basis out of every new vector three times.
    const double products = 4 * basis * factors * larger * static_cast<double>(size.outputs);
    const double orthogonal = 12 * larger * basis * basis;
    const double smallMatrices = 3 * basis * basis * basis;
    // Products with a few columns run at the speed of memory: about a quarter of that of large
    // ones.
    constexpr double slowness = 4;
    return slowness * (products + orthogonal + smallMatrices) * static_cast<double>(size.measured);
}

} // namespace

LayerSpectrumPointer sketchOf(LayerProduct& product, const SketchSize& size, Index stream,
                              const Execution& execution)
{
    if (product.rank() == 0) {
        return describeZero(product);
    }
    const auto part = bidiagonalise(product, size, stream, execution);
    if (!part.finite || execution.stopRequested()) {
        return nullptr;
    }
    const auto full = RitzDistribution::of(part, part.b.rows(), part.b.cols(), execution);
    const auto half = RitzDistribution::of(part, part.halfRows, part.halfColumns, execution);
    if (!full || !half) {
        return nullptr;
    }
    // What random vectors do not see at all is not there.
    return full->size() == 0 ? describeZero(product) : describe(*full, *half, product, part.space);
}

void measureSketch(const SketchSize& size, JacobianFactors& factors, const Request& request,
                   const SpectrumSink& sink, const Execution& execution)
{
    std::vector<Index> waiting = coarseToFine(request.layers);
    while (!waiting.empty()) {
        auto next = std::find(waiting.begin(), waiting.end(), request.selectedLayer());
        if (next == waiting.end()) {
            next = waiting.begin();
        }
        const Index layer = *next;
        waiting.erase(next);
        LayerProduct product(factors, request.scope, layer, execution);
        auto spectrum = sketchOf(product, size, layer, execution);
        if (execution.stopRequested()) {
            return;
        }
        sink(layer, std::move(spectrum));
    }
}

constinit const Method sketchRow = {
    .head = {.id = "sketch",
             .label = "matrix-free, for widths beyond 4,096",
             .formula =
                 "block Golub-Kahan bidiagonalisation of 8 random vectors, 64 steps: extremes "
                 "with residual bounds, and stochastic Lanczos quadrature of the density",
             .source = "Golub and Kahan 1965; Larsen 1998; Ubaru, Chen and Saad 2017",
             .help = "Never forms the Jacobian: the largest values, quantiles and a density, each "
                     "with an error estimate. What lies too deep to be told apart is marked, not "
                     "guessed."},
    .measure = &measure,
    .bytes = &bytes,
    .operations = &operations,
    .matrixFree = true};

} // namespace initlens::spectrum
