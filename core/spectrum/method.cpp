#include "core/spectrum/method.h"

#include "core/spectrum/dense.h"
#include "core/spectrum/rows.h"

#include <array>

namespace initlens::spectrum {

constinit const Method exactRow = {
    .head = {.id = "exact",
             .label = "all values, at any depth",
             .formula =
                 "double-precision product while its error bound is below 1e-9 in log10, then a "
                 "graded QR recursion that carries a scale for every direction",
             .source = "Dieci and Van Vleck 1995; Stewart 1997; Demmel and Veselic 1992",
             .help = "All singular values, with a bound of the error of each. Where weights have "
                     "exact zeros or low rank, the product is kept, and values that drown in its "
                     "rounding are marked."},
    .measure = &measureDense,
    .bytes = &denseBytes};

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
