#include "core/activations/activation.h"

#include "core/activations/rows.h"

#include <array>
#include <cassert>

namespace initlens::activations {

Table<Activation> Activation::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_ACTIVATION_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

Point evaluateAt(const ActivationChoice& activation, double h, int part)
{
    assert(part < activation->outputsPerUnit);
    std::array<double, 2> value{};
    std::array<double, 2> slope{};
    activation->evaluateDouble(&h, value.data(), slope.data(), 1, 1, activation.values.data());
    const auto index = static_cast<std::size_t>(part);
    return {value[index], slope[index]};
}

double largestSlope(const ActivationChoice& activation)
{
    return activation->largestSlope(activation.values.data());
}

} // namespace initlens::activations
