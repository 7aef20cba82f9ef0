#pragma once

#include "core/base/registry.h"
#include "core/code/coded_layer.h"

#include <string>

namespace initlens::code {

/// A library in whose words initial weights are written. A new one is one source file and one line
/// in the table.
struct Framework {
    static constexpr std::string_view kind = "framework";
    static Table<Framework> table();

    RowHead head;
    /// Python source, from the imports to a layer of this shape that is initialized.
    std::string (*write)(const CodedLayer&) = nullptr;
};

} // namespace initlens::code
