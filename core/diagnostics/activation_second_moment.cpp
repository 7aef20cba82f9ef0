#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic activationSecondMoment = {
    .head = {.id = "activation_second_moment",
             .label = "Activation second moment",
             .group = "forward",
             .formula = "mean over units and samples of (x^l)^2",
             .source = "He, Zhang, Ren and Sun 2015, equation 8",
             .help = "The mean square of the activations: what the next layer's "
                     "pre-activations are made of, fan-in x Var(W) times it."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "mean of x²",
    .measure = [](const propagation::LayerStatistics& s) { return s.log10ActivationMeanSquare; },
    .predict = [](const theory::LayerPrediction& p) { return p.log10ActivationMeanSquare; },
    .predictBand =
        [](const theory::LayerPrediction& p) {
            return theory::logNormalBand(p.log10ActivationMeanSquare, p.logActivationDeviation, 1);
        },
};

} // namespace initlens::diagnostics
