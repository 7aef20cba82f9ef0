#include "core/initializers/identity_fill.h"
#include "core/initializers/rows.h"

#include <fmt/format.h>

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "groups",
                                     .label = "groups",
                                     .help = "Equal parts of the outputs, each of which passes "
                                             "on the first input channels.",
                                     .initial = 1,
                                     .min = 1,
                                     .max = 16384,
                                     .integer = true}};

Index groupsOf(std::span<const double> params)
{
    return static_cast<Index>(params[0]);
}

template <class T>
void fill(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    fillIdentity(weights, 1, groupsOf(request.params), execution);
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    return identityMoments(shape, 1, groupsOf(params));
}

WeightLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return DiagonalMatrix{.value = 1, .groups = groupsOf(params)};
}

Index rank(const WeightShape& shape, std::span<const double> params)
{
    return onesPerGroup(shape, groupsOf(params));
}

std::string refusal(const WeightShape& shape, std::span<const double> params)
{
    if (shape.outputs % groupsOf(params) == 0) {
        return {};
    }
    return fmt::format("groups must divide the {} outputs, not {}", shape.outputs, params[0]);
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "dirac",
                .label = "Dirac",
                .group = "isometric",
                .formula = "1 at the centre tap where output = input channel, in each group",
                .source = "PyTorch 2 torch.nn.init.dirac_; Zagoruyko and Komodakis 2017",
                .help = "The convolution passes its input on unchanged. With groups several "
                        "outputs are equal. The centre of an even kernel is here the tap before "
                        "its middle, in PyTorch the one after.",
                .params = paramSpecs};
    row.fillFloat = &fill<float>;
    row.fillDouble = &fill<double>;
    row.law = &law;
    row.rank = &rank;
    row.refusal = &refusal;
    row.structure = alignedStructure;
    return atCentreTap<&moments>(row);
}

} // namespace

constinit const Initializer diracRow = makeRow();

} // namespace initlens::initializers
