#include "core/initializers/independent.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "low",
                                     .label = "low",
                                     .help = "Lower end of the interval.",
                                     .initial = -0.05,
                                     .min = -1e6,
                                     .max = 1e6},
                                    {.key = "high",
                                     .label = "high",
                                     .help = "Upper end of the interval.",
                                     .initial = 0.05,
                                     .min = -1e6,
                                     .max = 1e6}};

ElementLaw law(const WeightShape& /*shape*/, std::span<const double> params)
{
    return uniformLaw(params[0], params[1]);
}

std::string refusal(const WeightShape& /*shape*/, std::span<const double> params)
{
    return params[0] < params[1] ? std::string() : "low must be less than high";
}

constexpr Initializer makeRow()
{
    Initializer row = independent<&law>(
        {.id = "uniform",
         .label = "uniform",
         .group = "basic",
         .formula = "U(low, high)",
         .source = "Keras 3 RandomUniform (-0.05 to 0.05); PyTorch 2 uniform_ (0 to 1)",
         .help = "An interval that is not centred at zero gives weights a mean, which drives all "
                 "units of a layer to the same value; theory for centred weights does not hold "
                 "then.",
         .params = paramSpecs});
    row.refusal = &refusal;
    return row;
}

} // namespace

constinit const Initializer uniformRow = makeRow();

} // namespace initlens::initializers
