#include "core/diagnostics/rows.h"
#include "core/theory/mode_prediction.h"

namespace initlens::diagnostics {

constinit const Diagnostic varianceModes = {
    .head = {.id = "variance_modes",
             .label = "Spatial modes of the variance",
             .group = "images",
             .formula = "lambda_theta: regression of the Fourier mode theta of q(pixel), the mean "
                        "of h^2 over channels, at layer l+1 on that at layer l, over all layers",
             .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, section 2.3",
             .help = "What a wave of theta over the image, in the variance of the "
                     "pre-activations, is multiplied by in every layer; its depth scale is "
                     "-1 / ln |lambda|. A kernel of equal taps blurs: fine waves are gone after a "
                     "few layers. A delta-orthogonal one keeps all of them alike. Waves along the "
                     "rows and the columns, the first 16 samples."},
    .needs = Needs::SpatialModes,
    .reading = Kind::Curve,
    .scale = Scale::Linear,
    .axis = "factor per layer, lambda",
    .positionAxis = "wave theta / pi",
    .measureModes =
        [](const SpatialModes& modes) {
            return Curve{.id = {}, .positions = waveNumbers(modes.side), .values = modes.variance};
        },
    .predictModes = [](const theory::ModePrediction& p) { return p.variance; },
};

} // namespace initlens::diagnostics
