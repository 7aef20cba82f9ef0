#include "core/initializers/residual_branch.h"
#include "core/initializers/rows.h"

#include <string_view>

namespace initlens::initializers {

namespace {

constexpr std::string_view baseNames[] = {"he", "lecun"};

constexpr ParamSpec paramSpecs[] = {{.key = "base",
                                     .label = "base",
                                     .help = "Variance of the other layers: 2 / fan_in or "
                                             "1 / fan_in.",
                                     .max = 1,
                                     .options = baseNames}};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    const double base = params[0] == 0 ? 1 : 0.5;
    return heLaw(shape, endsBlock(shape) ? base / static_cast<double>(shape.blocks) : base);
}

} // namespace

constinit const Initializer residualScaledRow = residualBranch<&law>(
    {.id = "residual_scaled",
     .label = "residual 1/sqrt(depth)",
     .group = "residual",
     .formula = "N(0, 2 / fan_in), the last layer of a block divided by sqrt(blocks)",
     .source = "Radford, Wu, Child, Luan, Amodei and Sutskever 2019, section 2.3; Hayou, Clerico, "
               "He, Deligiannidis, Doucet and Rousseau 2021",
     .help = "All branches together add about as much as one unscaled branch, so the signal "
             "grows by a bounded factor at any depth.",
     .params = paramSpecs});

} // namespace initlens::initializers
