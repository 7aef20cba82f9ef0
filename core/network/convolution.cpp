#include "core/network/rows.h"

namespace initlens::network {

namespace {

constexpr std::string_view paddingNames[] = {"circular", "zero"};

constexpr ParamSpec paramSpecs[] = {{.key = "size",
                                     .label = "image size",
                                     .help = "Rows and columns of the square image.",
                                     .initial = 8,
                                     .min = 1,
                                     .max = 64,
                                     .integer = true},
                                    {.key = "kernel",
                                     .label = "kernel size",
                                     .help = "Rows and columns of the square kernel.",
                                     .initial = 3,
                                     .min = 1,
                                     .max = 11,
                                     .integer = true},
                                    {.key = "padding",
                                     .label = "padding",
                                     .help = "What stands beyond the edge of the image: its "
                                             "opposite side, or zeros.",
                                     .max = 1,
                                     .options = paddingNames}};

Structure structure(std::span<const double> params)
{
    return {.geometry = {.side = static_cast<Index>(params[0]),
                         .kernel = static_cast<Index>(params[1]),
                         .padding = params[2] == 0 ? Geometry::Padding::Circular
                                                   : Geometry::Padding::Zero}};
}

} // namespace

constinit const Architecture convolutionRow = {
    .head = {.id = "conv",
             .label = "Convolutions",
             .formula = "h^l = W^l * x^{l-1} + b^l, x^l = phi(h^l)",
             .source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, equation 1",
             .help = "A stack of two-dimensional convolutions at stride 1; the width is the number "
                     "of channels. A unit is a channel with all its pixels. The kernel is "
                     "not turned round (cross-correlation, as in PyTorch).",
             .params = paramSpecs},
    .structure = &structure};

} // namespace initlens::network
