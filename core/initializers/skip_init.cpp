#include "core/initializers/residual_branch.h"
#include "core/initializers/rows.h"

namespace initlens::initializers {

namespace {

ElementLaw law(const WeightShape& shape, std::span<const double> /*params*/)
{
    return endsBlock(shape) ? zeroLaw() : heLaw(shape);
}

} // namespace

constinit const Initializer skipInitRow = residualBranch<&law>(
    {.id = "skip_init",
     .label = "SkipInit",
     .group = "residual",
     .formula = "last layer of a block 0, other layers N(0, 2 / fan_in)",
     .source = "De and Smith 2020, section 5",
     .help = "The method multiplies each branch by a number that starts at 0; with a last layer "
             "of zeros the network is the same at the start. Where biases or activations are not "
             "zero at zero, a branch still adds those."});

} // namespace initlens::initializers
