#include "core/spectrum/method.h"

#include "core/spectrum/dense.h"

#include <array>

namespace initlens::spectrum {

namespace {

constinit const Method exact = {
    .head = {.id = "exact",
             .label = "dense, all values",
             .formula =
                 "double-precision product; eigenvalues of J^T J, or bidiagonalisation where "
                 "the condition number asks for it",
             .source = "Golub and Van Loan 2013, sections 5.4 and 8.6",
             .help = "All singular values, in double precision. Values far below the largest one "
                     "drown in the rounding of the product; the resolution says where."},
    .measure = &measureDense,
    .bytes = &denseBytes};

} // namespace

Table<Method> Method::table()
{
    static constexpr std::array rows = {&exact};
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
