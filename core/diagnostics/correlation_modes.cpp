#include "core/diagnostics/rows.h"
#include "core/theory/mode_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic correlationModes = {
    .head = {.id = "correlation_modes",
             .label = "Spatial modes of the correlation",
             .group = "images",
             .formula = "lambda_theta: regression of the Fourier mode theta of c(pixel), the "
                        "cosine of a pair over channels, at layer l+1 on that at layer l, over all "
                        "layers",
             .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, section 2.3",
             .help = "What a wave of theta over the image, in the correlation of two inputs, is "
                     "multiplied by in every layer: chi_c times the Fourier transform of the "
                     "kernel's variances. Its depth scale -1 / ln |lambda| says how deep a network "
                     "still tells apart images that differ in such detail. The first 8 pairs."},
    .needs = Needs::PairModes,
    .reading = Kind::Curve,
    .scale = Scale::Linear,
    .axis = "factor per layer, lambda",
    .positionAxis = "wave theta / pi",
    .measureModes =
        [](const SpatialModes& modes) {
            return Curve{
                .id = {}, .positions = waveNumbers(modes.side), .values = modes.correlation};
        },
    .predictModes = [](const theory::ModePrediction& p) { return p.correlation; },
};

} // namespace initlens::diagnostics
