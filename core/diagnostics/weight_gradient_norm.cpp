#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic weightGradientNorm = {
    .head = {.id = "weight_gradient_norm",
             .label = "Weight-gradient norm",
             .group = "backward",
             .formula = "Frobenius norm of (1/B) sum over samples of delta^l (x^{l-1})^T",
             .source = "Glorot and Bengio 2010, section 4.2",
             .help = "The size of the gradient of the layer's weights, averaged over the "
                     "batch: what the first step of training would change."},
    .needs = Needs::Backward,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "|∂⟨v, x⟩/∂W|",
    .measure = [](const propagation::LayerStatistics& s) { return s.log10WeightGradientNorm; },
    .predict = [](const theory::LayerPrediction& p) { return p.log10WeightGradientNorm; },
    .dependsOnSize = true,
};

} // namespace initlens::diagnostics
