#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic activationVariance = {
    .head = {.id = "activation_variance",
             .label = "Activation variance",
             .group = "forward",
             .formula = "mean over units and samples of (x^l - mean)^2",
             .source = "Glorot and Bengio 2010, equation 5",
             .help = "The variance of the activations over all units and samples. When it "
                     "shrinks by a constant factor per layer the signal fades with depth; when "
                     "it grows it explodes."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "Var(x)",
    .measure = [](const propagation::LayerStatistics& s) { return s.log10ActivationVariance; },
    .predict = [](const theory::LayerPrediction& p) { return p.log10ActivationVariance; },
    .predictBand =
        [](const theory::LayerPrediction& p) {
            return theory::logNormalBand(p.log10ActivationVariance, p.logActivationDeviation, 1);
        },
};

} // namespace initlens::diagnostics
