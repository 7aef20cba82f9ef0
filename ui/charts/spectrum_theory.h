#pragma once

#include "ui/charts/depth_shapes.h"
#include "ui/charts/run_theory.h"

#include <QString>

#include <optional>
#include <vector>

namespace initlens::ui {

/// Predicted quantiles of the singular values over depth, log10; NaN where one is zero.
struct PredictedBands {
    std::vector<double> layers;
    QuantileCurves quantiles;
    [[nodiscard]] const std::vector<double>& median() const { return quantiles[3]; }
};

/// The predicted distribution of the singular values of one layer, as it stands on the axis.
struct PredictedDensity {
    struct Atom {
        double place = 0;
        double mass = 0; ///< share of all values
    };
    std::vector<double> places; ///< ascending
    std::vector<double> heights;
    std::vector<Atom> atoms;
    double zeroMass = 0;
    double largest = 0;
};

/// Layers that theory has no spectrum for although it has some, and the clause that says why.
struct UnpredictedLayers {
    std::vector<double> layers; ///< ascending
    QString whyNot;
};

/// Nothing where theory is unknown, outdated or has no spectra.
std::optional<PredictedBands> predictedBands(const RunTheory& theory);

/// Nothing where theory has not exactly this layer.
std::optional<PredictedDensity> predictedDensity(const RunTheory& theory, int layer,
                                                 diagnostics::Scale scale);

/// The layers without a prediction of their own, those with one reason together.
std::vector<UnpredictedLayers> unpredictedLayers(const RunTheory& theory);

/// Why theory has no spectrum of this measured layer; empty when it has one, or may come.
QString whyNotAt(const RunTheory& theory, int layer);

/// All layers that theory has an answer for, be it a spectrum or a reason, ascending.
std::vector<double> answeredLayers(const RunTheory& theory);

} // namespace initlens::ui
