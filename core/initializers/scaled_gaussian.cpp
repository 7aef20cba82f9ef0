#include "core/initializers/common_params.h"
#include "core/initializers/independent.h"
#include "core/initializers/rows.h"
#include "core/initializers/variance_scaling.h"

namespace initlens::initializers {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "sigma_w",
                                     .label = "sigma_w",
                                     .help = "Square root of fan-in x variance.",
                                     .initial = 1,
                                     .min = smallestDeviation,
                                     .max = largestDeviation}};

ElementLaw law(const WeightShape& shape, std::span<const double> params)
{
    return normalOfVariance(params[0] * params[0] / static_cast<double>(shape.fanIn()));
}

} // namespace

constinit const Initializer scaledGaussianRow = independent<&law>(
    {.id = "scaled_gaussian",
     .label = "scaled Gaussian",
     .group = "variance scaling",
     .formula = "N(0, sigma_w^2 / fan_in)",
     .source = "Poole, Lahiri, Raghu, Sohl-Dickstein and Ganguli 2016, section 2",
     .help = "The law of mean-field theory, with sigma_w as the one number that counts. Not "
             "truncated.",
     .params = paramSpecs});

} // namespace initlens::initializers
