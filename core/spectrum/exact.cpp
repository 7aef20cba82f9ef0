#include "core/spectrum/dense.h"
#include "core/spectrum/rows.h"

namespace initlens::spectrum {

namespace {

double operations(const ProblemSize& size)
{
    const DenseOperations dense = denseOperations(size);
    return dense.products + dense.values;
}

} // namespace

constinit const Method exactRow = {
    .head = {.id = "exact",
             .label = "all values, at any depth",
             .formula = "double-precision product while its error bound is below 1e-9 in log10 "
                        "(1e-7 above rank 256), then a "
                        "graded QR recursion that carries a scale for every direction",
             .source = "Dieci and Van Vleck 1995; Stewart 1997; Demmel and Veselic 1992",
             .help = "All singular values, with a bound of the error of each. Where weights have "
                     "exact zeros or low rank, the product is kept, and values that drown in its "
                     "rounding are marked."},
    .measure = &measureDense,
    .bytes = &denseBytes,
    .operations = &operations,
    .usesBlocks = true};

} // namespace initlens::spectrum
