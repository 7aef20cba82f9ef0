#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic gradientNorm = {
    .head = {.id = "gradient_norm",
             .label = "Gradient norm",
             .group = "backward",
             .formula = "root mean square over samples of |delta^l|, delta^l = d<v, x^L>/dh^l, v "
                        "~ N(0, I/n_L)",
             .source = "Schoenholz, Gilmer, Ganguli and Sohl-Dickstein 2017, section 4",
             .help = "The size of the gradient that reaches the pre-activations of each layer "
                     "when a random direction v is sent back from the output. A straight line "
                     "is a constant factor per layer: falling towards layer 1 it vanishes, "
                     "rising it explodes."},
    .needs = Needs::Backward,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "|∂⟨v, x⟩/∂h|",
    .measure = [](const propagation::LayerStatistics& s) { return s.log10GradientNorm; },
    .predict = [](const theory::LayerPrediction& p) { return p.log10GradientNorm; },
    .predictBand =
        [](const theory::LayerPrediction& p) {
            return theory::logNormalBand(p.log10GradientNorm, p.logGradientDeviation, 0.5);
        },
};

} // namespace initlens::diagnostics
