#include "core/experiment/phase_map.h"

#include "core/experiment/weights_of_variance.h"

#include <cmath>

namespace initlens::experiment {

namespace {

constexpr int finest = 128;

/// `usual`, or a round number with some room beyond `value`.
double sideFor(double usual, double value)
{
    constexpr double room = 1.25;
    if (value <= usual) {
        return usual;
    }
    const double unit = std::pow(10.0, std::floor(std::log10(value * room)));
    return std::ceil(value * room / unit) * unit;
}

} // namespace

PhaseMapRequest phaseMapRequest(const RunSpec& spec)
{
    PhaseMapRequest request{.activation = spec.activation};
    if (const auto law = lawOf(spec)) {
        request.looksLinear = law->looksLinear;
        request.sigmaW = std::sqrt(law->hidden.sigmaW2);
        request.sigmaB = std::sqrt(law->hidden.sigmaB2);
    }
    return request;
}

void computePhaseMap(const PhaseMapRequest& request, const PhaseMapSink& sink,
                     const Execution& execution)
{
    theory::NetworkLaw law;
    law.phi = theory::functionOf(request.activation);
    law.looksLinear = request.looksLinear;
    const auto phi = theory::propagated(law);
    auto rectangle = theory::usualRectangle(phi);
    rectangle.sigmaWTo = sideFor(rectangle.sigmaWTo, request.sigmaW);
    rectangle.sigmaBTo = sideFor(rectangle.sigmaBTo, request.sigmaB);
    theory::computePhaseDiagram(
        phi, rectangle, finest,
        [&sink](theory::PhaseDiagram diagram) {
            sink(std::make_shared<const theory::PhaseDiagram>(std::move(diagram)));
        },
        execution);
}

} // namespace initlens::experiment
