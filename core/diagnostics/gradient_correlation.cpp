#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic gradientCorrelation = {
    .head = {.id = "gradient_correlation",
             .label = "Correlation of gradients",
             .group = "backward",
             .formula = "mean over pairs of the cosine of delta^l between the two inputs of the "
                        "pair, both with the same v",
             .source = "Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017, section 3",
             .help = "How alike the gradients of one function at two inputs are, after the same "
                     "direction v was sent back from the output. Where it falls to 0 the gradients "
                     "are shattered: a step that helps one input says nothing about the other. "
                     "Skip connections slow the fall down, normalisation without them speeds it "
                     "up."},
    .needs = Needs::GradientPairs,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "cosine of the gradients of a pair",
    .measure = [](const propagation::LayerStatistics& s) { return s.pairGradientCosine; },
    .predict = [](const theory::LayerPrediction& p) { return p.pairGradientCosine; },
};

} // namespace initlens::diagnostics
