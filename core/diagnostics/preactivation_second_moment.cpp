#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic preactivationSecondMoment = {
    .head = {.id = "preactivation_second_moment",
             .label = "Pre-activation second moment",
             .group = "forward",
             .formula = "q^l = mean over units and samples of (h^l)^2",
             .source = "Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, equation 3",
             .help = "q, the mean square of the pre-activations: the length that mean-field "
                     "theory follows from layer to layer. A straight line on this log axis is "
                     "a constant factor per layer."},
    .needs = Needs::Forward,
    .reading = Kind::Profile,
    .scale = Scale::Log10,
    .axis = "q, mean of h²",
    .measure = [](const propagation::LayerStatistics& s) { return s.log10PreactivationMeanSquare; },
    .predict = [](const theory::LayerPrediction& p) { return p.log10PreactivationMeanSquare; },
    .predictBand =
        [](const theory::LayerPrediction& p) {
            return theory::logNormalBand(p.log10PreactivationMeanSquare,
                                         p.logPreactivationDeviation, 1);
        },
};

} // namespace initlens::diagnostics
