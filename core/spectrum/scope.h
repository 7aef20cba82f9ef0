#pragma once

#include "core/base/registry.h"

namespace initlens::spectrum {

/// Which Jacobian is meant, with D^l = diag phi'(h^l) at one sample:
/// from_input J^l = D^l W^l ... D^1 W^1 (l = 1 .. L), to_output D^L W^L ... D^{l+1} W^{l+1}
/// (l = 0 .. L-1), per_layer D^l W^l.
struct Scope {
    static constexpr std::string_view kind = "jacobian";
    static Table<Scope> table();

    enum class Kind { FromInput, ToOutput, PerLayer, None };
    RowHead head;
    Kind scope = Kind::FromInput;
};

} // namespace initlens::spectrum
