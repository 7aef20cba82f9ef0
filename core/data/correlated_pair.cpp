#include "core/data/columns.h"
#include "core/data/rows.h"

#include <fmt/format.h>

namespace initlens::data {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "correlation",
                                     .label = "correlation",
                                     .help = "Cosine of the angle between the two of a pair.",
                                     .initial = 0.5,
                                     .min = -1,
                                     .max = 1}};

/// Makes of two Gaussian columns two of length sqrt(n) whose cosine is `correlation`: the second is
/// turned out of the first within the plane of both.
void makePair(Eigen::Ref<Vector<double>> first, Eigen::Ref<Vector<double>> second,
              double correlation)
{
    setLength(first, 1);
    // Twice is enough (Giraud, Langou and Rozloznik 2005): once leaves a rest where both are close.
    for (int pass = 0; pass < 2; ++pass) {
        second -= first.dot(second) * first;
        setLength(second, 1);
    }
    const double sine = std::sqrt((1 - correlation) * (1 + correlation));
    second = sine > 0 ? Vector<double>(correlation * first + sine * second)
                      : Vector<double>(correlation * first);
    const double length = std::sqrt(static_cast<double>(first.size()));
    first *= length;
    second *= length;
}

void fill(MatrixView<double> x, const InputRequest& request, const Execution& execution)
{
    fillGaussian(x, request.stream, 1.0, execution);
    forColumnTiles(x, 2, execution, [&](Index first, Index count) {
        for (Index column = first; column < first + count; column += 2) {
            makePair(x.col(column), x.col(column + 1), request.params[0]);
        }
    });
}

std::string refusal(Index size, Index batch, std::span<const double> params)
{
    if (batch % 2 != 0) {
        return fmt::format("batch must be even, not {}: columns 2k and 2k + 1 are a pair", batch);
    }
    if (size == 1 && std::abs(params[0]) != 1) {
        return "input_size must be at least 2, as two numbers correlate by 1 or -1 only";
    }
    return {};
}

} // namespace

constinit const Input correlatedPairRow = {
    .head = {.id = "correlated_pair",
             .label = "Correlated pairs",
             .formula = "|a| = |b| = sqrt(n), a.b = correlation n",
             .source = "Poole et al. 2016, equation 5",
             .help =
                 "Samples come in twos with exactly this cosine, which is then followed through "
                 "the layers. Order draws the two together, chaos pulls them apart.",
             .params = paramSpecs},
    .fill = &fill,
    .refusal = &refusal,
    .pairs = true};

} // namespace initlens::data
