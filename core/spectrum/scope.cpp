#include "core/spectrum/scope.h"

#include <array>

namespace initlens::spectrum {

namespace {

constexpr std::string_view pennington = "Pennington, Schoenholz and Ganguli 2017, equation 2";

constinit const Scope fromInput = {.head = {.id = "from_input",
                                            .label = "from the input",
                                            .formula = "J^l = D^l W^l ... D^1 W^1",
                                            .source = pennington,
                                            .help = "How layer l answers to the input."},
                                   .scope = Scope::Kind::FromInput};
constinit const Scope toOutput = {
    .head = {.id = "to_output",
             .label = "to the output",
             .formula = "D^L W^L ... D^{l+1} W^{l+1}",
             .source = pennington,
             .help = "How the output answers to layer l: what a gradient passes on its way back."},
    .scope = Scope::Kind::ToOutput};
constinit const Scope perLayer = {.head = {.id = "per_layer",
                                           .label = "each layer",
                                           .formula = "D^l W^l",
                                           .source = pennington,
                                           .help = "What a single layer does."},
                                  .scope = Scope::Kind::PerLayer};
constinit const Scope none = {
    .head = {.id = "none", .label = "none", .help = "No singular values are computed."},
    .scope = Scope::Kind::None};

} // namespace

Table<Scope> Scope::table()
{
    static constexpr std::array rows = {&fromInput, &toOutput, &perLayer, &none};
    return rows;
}

} // namespace initlens::spectrum
