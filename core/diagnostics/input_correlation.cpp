#include "core/diagnostics/rows.h"
#include "core/theory/layer_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic inputCorrelation = {
    .head = {.id = "input_correlation",
             .label = "Correlation of a pair",
             .group = "forward",
             .formula = "mean over pairs of the cosine of h^l between the two inputs of the pair",
             .source = "Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, equation 5",
             .help = "How alike the network sees the two inputs of a pair. In the ordered "
                     "phase all inputs become equal (1), in the chaotic phase near ones are "
                     "torn apart."},
    .needs = Needs::Pairs,
    .reading = Kind::Profile,
    .scale = Scale::Linear,
    .axis = "cosine of a pair",
    .measure = [](const propagation::LayerStatistics& s) { return s.pairCosine; },
    .predict = [](const theory::LayerPrediction& p) { return p.pairCosine; },
};

} // namespace initlens::diagnostics
