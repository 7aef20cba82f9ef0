#include "core/spectrum/method.h"

#include "core/spectrum/rows.h"

#include <array>

namespace initlens::spectrum {

Table<Method> Method::table()
{
#define INITLENS_ADDRESS(row) &row,
    static constexpr std::array rows = {INITLENS_METHOD_ROWS(INITLENS_ADDRESS)};
#undef INITLENS_ADDRESS
    return rows;
}

std::vector<Index> measuredLayers(Scope::Kind scope, Index depth, Index every)
{
    std::vector<Index> layers;
    if (scope == Scope::Kind::None) {
        return layers;
    }
    if (scope == Scope::Kind::ToOutput) {
        for (Index layer = 0; layer < depth; layer += every) {
            layers.push_back(layer);
        }
        return layers;
    }
    for (Index layer = every; layer <= depth; layer += every) {
        layers.push_back(layer);
    }
    if (layers.empty() || layers.back() != depth) {
        layers.push_back(depth);
    }
    return layers;
}

} // namespace initlens::spectrum
