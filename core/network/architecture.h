#pragma once

#include "core/base/matrix.h"
#include "core/base/registry.h"

#include <string>

namespace initlens::network {

/// How a layer's map is laid out in space. A dense layer has one pixel and a kernel of one tap.
struct Geometry {
    Index side = 1;   ///< rows and columns of a layer's square image
    Index kernel = 1; ///< side of the square kernel
    enum class Padding { Circular, Zero };
    Padding padding = Padding::Circular;

    [[nodiscard]] Index pixels() const { return side * side; }
    [[nodiscard]] Index taps() const { return kernel * kernel; }
    friend bool operator==(const Geometry&, const Geometry&) = default;
};

/// What is added to the branch of a layer:
///
///     None                  h^l = W^l x^{l-1} + b^l,  x^l = phi(h^l)
///     AroundActivation      x^l = skip x^{l-1} + branch phi(h^l)
///     AroundTwoLayers       h^l = skip h^{l-2} + branch (W^l x^{l-1} + b^l),  l = 3, 5, 7, ...
struct Skip {
    enum class Kind { None, AroundActivation, AroundTwoLayers };
    Kind kind = Kind::None;
    double skip = 1;
    double branch = 1;
    [[nodiscard]] bool isNone() const { return kind == Kind::None; }
    friend bool operator==(const Skip&, const Skip&) = default;
};

/// What stands between a layer's product and its activation, without learned scale or shift:
/// phi takes (h - mean) / deviation, over the samples of each unit (Ioffe and Szegedy 2015) or over
/// the units of each sample (Ba, Kiros and Hinton 2016).
enum class Normalisation { None, Batch, Layer };
/// What is added to the variance before its root is taken, as frameworks do by default.
inline constexpr double normalisationEpsilon = 1e-5;

/// Everything that passes, spectra and theory need to know of an architecture.
struct Structure {
    Geometry geometry = {};
    Skip skip = {};
    Normalisation normalisation = Normalisation::None;

    /// True where nothing is added to a layer's own outcome and nothing normalised.
    [[nodiscard]] bool isStack() const
    {
        return skip.isNone() && normalisation == Normalisation::None;
    }
    /// True where a layer is W^l x^{l-1} + b^l and the activation, and no more.
    [[nodiscard]] bool isPlain() const { return *this == Structure(); }
    /// Whether layer `layer` ends with the sum over two layers.
    [[nodiscard]] bool joinsPreactivations(Index layer) const
    {
        return skip.kind == Skip::Kind::AroundTwoLayers && layer >= 3 && layer % 2 == 1;
    }
    friend bool operator==(const Structure&, const Structure&) = default;
};

/// How layers are put together. A new one is one source file and one line in the table, as long as
/// it is made of the parts of a Structure.
struct Architecture {
    static constexpr std::string_view kind = "architecture";
    static Table<Architecture> table();

    RowHead head;
    Structure (*structure)(std::span<const double> params) = nullptr;
};

using ArchitectureChoice = Choice<Architecture>;

} // namespace initlens::network
