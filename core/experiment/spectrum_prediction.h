#pragma once

#include "core/base/execution.h"
#include "core/base/result.h"
#include "core/experiment/run_spec.h"
#include "core/spectrum/value_quantiles.h"
#include "core/theory/jacobian_spectrum.h"
#include "core/theory/layer_prediction.h"
#include "core/theory/mean_field.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace initlens::experiment {

/// What theory expects of the singular values of one Jacobian of a wide network.
struct PredictedLayerSpectrum {
    std::int32_t layer = 0;
    double zeroMass = 0; ///< share of exact zeros, with those that a finite width adds
    /// log10 of the non-zero ones at spectrum::quantileLevels.
    spectrum::ValueQuantiles log10Quantiles{};
    double log10SMax = 0; ///< log10 of the largest, atoms included
    /// The continuous part: points of log10 s, ascending, with its density there. The area under it
    /// is the share of all singular values that it holds. Empty where it holds none.
    std::vector<double> log10S;
    std::vector<double> density;
    /// Places that hold a share of all singular values: log10 s and the share.
    struct Atom {
        double log10S = 0;
        double mass = 0;
    };
    std::vector<Atom> atoms;
};
using PredictedLayerPointer = std::shared_ptr<const PredictedLayerSpectrum>;

/// Which theory the prediction follows: width far over depth, or depth over width.
enum class Regime { Free, Lyapunov };

/// A layer that has no prediction where others have one.
struct AbsentSpectrum {
    std::int32_t layer = 0;
    std::string whyNot; ///< a clause
};

struct PredictedSpectra {
    std::string whyNot = {}; ///< the clause that says why there is none; empty when there is one
    Regime regime = Regime::Free;
    std::vector<PredictedLayerPointer> layers = {}; ///< ascending
    std::vector<AbsentSpectrum> absent = {};        ///< ascending; none beside a `whyNot`
    /// The clause that says why there is no answer for some measured layers at all; else empty.
    std::string whyNotAll = {};
};

/// The Jacobian of one layer of the spec's scope, or the reason why there is no prediction:
/// layers that are not square, or a Jacobian that is not asked for.
///
/// Free probability takes the weights of all layers as free of each other and of the slopes
/// (Pennington, Schoenholz and Ganguli 2018): right for width over depth. A network whose depth
/// exceeds its width and whose weights are Gaussian is in the regime of Lyapunov exponents (Newman
/// 1986, Tucci 2010), which also counts the zeros of a finite width.
/// Slopes are those at the variances that theory predicts for the layers. Layers whose slopes
/// differ little share one variance, which keeps the mean square of the singular values.
class SpectrumPredictor {
public:
    SpectrumPredictor(const RunSpec& spec, const theory::NetworkLaw& law,
                      const std::vector<theory::LayerPrediction>& layers);
    [[nodiscard]] const std::string& whyNot() const { return m_whyNot; }
    [[nodiscard]] Regime regime() const { return m_regime; }
    /// For a layer that the spec measures: its spectrum, or the clause that says why there is none.
    /// One call at a time.
    [[nodiscard]] Result<PredictedLayerPointer> at(std::int64_t layer);

private:
    struct SlopesOfLayer {
        double logQ = 0;
        double logMean = 0;   ///< ln E[phi'^2]
        double logSpread = 0; ///< ln(E[phi'^4] / E[phi'^2]^2)
    };
    [[nodiscard]] std::vector<theory::LayersAtVariance> variances(std::int64_t first,
                                                                  std::int64_t last) const;
    void prepareExponents();
    [[nodiscard]] PredictedLayerPointer beyondWidth(std::int64_t first, std::int64_t last,
                                                    double logGain, std::int64_t layer);

    RunSpec m_spec;
    theory::NetworkLaw m_law;
    theory::ActivationFunction m_phi;
    std::vector<SlopesOfLayer> m_slopes;
    /// Lyapunov exponents at the variances that stand for those of all layers.
    struct Exponents {
        double logQ = 0;
        double openShare = 1;
        std::vector<double> values;
    };
    std::vector<Exponents> m_exponents;
    std::string m_whyNot;
    Regime m_regime = Regime::Free;
};

/// Layers whose singular values a run measures: K, 2K, ... and the last; for to_output from 0 on.
std::vector<std::int64_t> measuredLayers(const RunSpec& spec);

} // namespace initlens::experiment
