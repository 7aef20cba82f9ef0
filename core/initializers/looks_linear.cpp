#include "core/base/parallel.h"
#include "core/initializers/centre_tap.h"
#include "core/initializers/common_params.h"
#include "core/initializers/orthogonal_fill.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {gainParam(1)};

Index unconcatenatedInputs(const WeightShape& shape)
{
    return shape.channels() / shape.inputParts;
}

template <class T>
void fillLooksLinear(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    const Index half = unconcatenatedInputs(request.shape);
    fillScaledOrthogonal<T>(MatrixView<T>(weights.data(), weights.rows(), half), request,
                            execution);
    if (request.shape.inputParts == 1) {
        return;
    }
    parallelFor(static_cast<std::size_t>(half), execution, [&](std::size_t c) {
        const auto column = static_cast<Index>(c);
        weights.col(half + column) = -weights.col(column);
    });
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    return scaledOrthogonalMoments({shape.outputs, unconcatenatedInputs(shape)}, params);
}

WeightLaw law(const WeightShape& shape, std::span<const double> params)
{
    return OrthogonalMatrix{.gain = params[0], .mirrored = shape.inputParts == 2};
}

Index rank(const WeightShape& shape, std::span<const double> /*params*/)
{
    return std::min(shape.outputs, unconcatenatedInputs(shape));
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "looks_linear",
                .label = "looks linear",
                .group = "isometric",
                .formula = "[W', -W'], W' = gain Q, the shorter side of Q orthonormal; of a kernel "
                           "at the centre tap",
                .source = "Balduzzi, Frean, Leary, Lewis, Ma and McWilliams 2017, section 4",
                .help = "Behind CReLU the two halves cancel the rectifier: at the start the "
                        "network is an exact linear isometry. It needs the activation crelu.",
                .params = paramSpecs};
    row.workingCopies = orthogonalWorkingCopies;
    row.fillFloat = &fillLooksLinear<float>;
    row.fillDouble = &fillLooksLinear<double>;
    row.law = &law;
    row.rank = &rank;
    row.needsConcatenatedRectifier = true;
    row.ensemble = Ensemble::Orthogonal;
    return atCentreTap<&moments>(row);
}

} // namespace

constinit const Initializer looksLinearRow = makeRow();

} // namespace initlens::initializers
