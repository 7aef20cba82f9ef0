#include "core/diagnostics/diagnostic.h"

#include "core/diagnostics/rows.h"

#include <array>

namespace initlens::diagnostics {

Table<Diagnostic> Diagnostic::table()
{
    static constexpr std::array rows = {
        &activationVariance,        &gradientNorm,           &jacobianSingularValues,
        &preactivationSecondMoment, &activationMean,         &activationSecondMoment,
        &weightGradientNorm,        &inputCorrelation,       &deadFraction,
        &saturatedFraction,         &preactivationHistogram, &activationHistogram,
        &weightHistogram,
    };
    return rows;
}

const std::string& readingId(const Reading& reading)
{
    return std::visit([](const auto& alternative) -> const std::string& { return alternative.id; },
                      reading);
}

} // namespace initlens::diagnostics
