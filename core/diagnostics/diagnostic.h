#pragma once

#include "core/base/registry.h"
#include "core/diagnostics/path_gradients.h"
#include "core/diagnostics/reading.h"
#include "core/diagnostics/spatial_modes.h"
#include "core/propagation/statistics.h"

namespace initlens::theory {
struct Band;
struct LayerPrediction;
struct ModePrediction;
} // namespace initlens::theory

namespace initlens::diagnostics {

/// Which part of a run must happen for a diagnostic to be measured.
/// Pairs and GradientPairs are forward and backward parts that need inputs in pairs, PathGradients
/// inputs along a path, SpatialModes a convolution with circular padding, PairModes both of that
/// and inputs in pairs.
enum class Needs {
    Forward,
    Pairs,
    Backward,
    GradientPairs,
    Jacobian,
    Histogram,
    PathGradients,
    SpatialModes,
    PairModes
};

inline bool needsPairs(Needs needs)
{
    return needs == Needs::Pairs || needs == Needs::GradientPairs || needs == Needs::PairModes;
}

inline bool needsModes(Needs needs)
{
    return needs == Needs::SpatialModes || needs == Needs::PairModes;
}

/// What kind of reading a diagnostic makes, and so which chart shows it.
enum class Kind { Profile, Spectrum, Histogram, Curve, Field };

/// Which array of a layer a histogram shows.
enum class Array { Preactivations, Activations, Weights };

/// One measured quantity. A new profile is one source file and one line in the table: it appears
/// in the plot menu, `list diagnostics`, files and charts by itself. `head.help` is the paragraph
/// that the window shows; `head.formula` says how it is computed.
struct Diagnostic {
    static constexpr std::string_view kind = "diagnostic";
    static Table<Diagnostic> table();

    RowHead head;
    Needs needs = Needs::Forward;
    Kind reading = Kind::Profile;
    Scale scale = Scale::Linear;
    std::string_view axis; ///< label of the value axis, with the symbol: "q, mean of h^2"
    /// Label of the horizontal axis of a curve, and of both axes of a map.
    std::string_view positionAxis = {};
    /// The profile's value at one layer of one trial, on `scale`, from what the passes sum up or
    /// from the singular values of the Jacobian. One of them, by what is needed; none for other
    /// kinds. Not-a-number where the quantity has no value. The error is not zero where the
    /// singular values are known from a sketch.
    double (*measure)(const propagation::LayerStatistics&) = nullptr;
    spectrum::Estimate (*measureSpectrum)(const spectrum::LayerSpectrum&) = nullptr;
    /// The curve or map of one trial, without its id: from gradients along a path, or from the
    /// spatial modes of a convolution. One of them, by what is needed.
    Curve (*measureAlongPath)(const PathGradients&) = nullptr;
    Field (*measureBetween)(const PathGradients&) = nullptr;
    Curve (*measureModes)(const SpatialModes&) = nullptr;
    /// The curve is that of the first trial, not the mean over all.
    bool firstTrialOnly = false;
    /// The companions of the curve are compared in shape and drawn beside it, not over it.
    bool companionsApart = false;
    /// What theory expects there in an infinitely wide network, and between which values most
    /// networks of finite width lie. Null where theory has nothing to say.
    double (*predict)(const theory::LayerPrediction&) = nullptr;
    theory::Band (*predictBand)(const theory::LayerPrediction&) = nullptr;
    /// The same for a curve over spatial modes, at its positions; empty where there is no value.
    std::vector<double> (*predictModes)(const theory::ModePrediction&) = nullptr;
    /// Depends on width or batch by more than chance: a narrow network says nothing about a wide
    /// one.
    bool dependsOnSize = false;
    /// The array of a histogram; without meaning for other kinds.
    Array array = Array::Preactivations;
};

} // namespace initlens::diagnostics
