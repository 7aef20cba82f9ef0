#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic activationMean = {
    .head = {.id = "activation_mean",
             .label = "Activation mean",
             .group = "forward",
             .formula = "mean over units and samples of x^l",
             .source = "Glorot and Bengio 2010, section 3",
             .help = "The mean of the activations. Rectifiers push it away from zero, and a "
                     "mean far from zero lets one direction dominate all inputs of the next "
                     "layer."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "mean of x",
    .measure = [](const propagation::LayerStatistics& s) { return s.activationMean; },
    .predict = [](const theory::LayerPrediction& p) { return p.activationMean; },
};

} // namespace initlens::diagnostics
