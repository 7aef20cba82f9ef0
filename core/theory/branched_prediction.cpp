#include "core/theory/branched_prediction.h"

#include "core/theory/activation_moments.h"
#include "core/theory/pair_mean.h"
#include "core/theory/slope_fractions.h"

#include <algorithm>
#include <cmath>

namespace initlens::theory {

namespace {

using network::Normalisation;
using network::Skip;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double smallestQ = 1e-290;
constexpr double largestQ = 1e290;
using network::normalisationEpsilon;

/// Second moments at one place of the network: of one input, and what two inputs do not share of
/// it: E[(a - b)^2] / 2, for the two of a pair and for two samples of the batch.
struct Moments {
    double square = 0;
    double pairDistance = 0;
    double sampleDistance = 0;
    double mean = 0;

    friend Moments operator*(double factor, const Moments& m)
    {
        return {factor * m.square, factor * m.pairDistance, factor * m.sampleDistance, m.mean};
    }
    friend Moments operator+(const Moments& a, const Moments& b)
    {
        return {a.square + b.square, a.pairDistance + b.pairDistance,
                a.sampleDistance + b.sampleDistance, a.mean};
    }
};

/// What the backward recursion needs of a layer.
struct Backward {
    double slopes = 0;      ///< E[phi'^2] over the squared deviation of a normalisation
    double pairSlopes = 0;  ///< E[phi'(u) phi'(v)] of a pair, likewise
    double otherSlopes = 0; ///< the same of two samples that are no pair
    double pairCosine = 0;  ///< of what goes into the activation, of a pair
    double otherCosine = 0; ///< likewise
    double inputCosine = 0; ///< of a pair of what the weights read
    double inputs = 0;      ///< fan-in x mean square of what the weights read
};

/// Squared gradients, and the products of those of a pair and of two other samples.
struct Gradient {
    double square = 0;
    double pair = 0;
    double other = 0;

    friend Gradient operator*(double factor, const Gradient& g)
    {
        return {factor * g.square, factor * g.pair, factor * g.other};
    }
    friend Gradient operator+(const Gradient& a, const Gradient& b)
    {
        return {a.square + b.square, a.pair + b.pair, a.other + b.other};
    }
};

class Branched {
public:
    Branched(const NetworkLaw& law, const InputLaw& input)
        : m_law(law), m_input(input), m_moments(law.phi), m_fractions(law.phi)
    {}

    std::vector<LayerPrediction> layers(const Execution& execution)
    {
        std::vector<LayerPrediction> layers;
        layers.reserve(static_cast<std::size_t>(m_law.depth));
        Moments x = inputMoments();
        std::vector<Moments> h;
        for (std::int64_t layer = 1; layer <= m_law.depth; ++layer) {
            if (execution.stopRequested()) {
                return {};
            }
            const LayerLaw& law = layer == 1 ? m_law.first : m_law.hidden;
            const double fanIn = static_cast<double>(layer == 1 ? m_law.firstFanIn : m_law.fanIn);
            // With batch normalisation delta adds up to zero over the batch: what all samples share
            // of x has no gradient.
            const bool batch = m_law.structure.normalisation == Normalisation::Batch;
            const double square = batch ? x.sampleDistance : x.square;
            m_backward.push_back(
                {.inputCosine = 1 - x.pairDistance / square, .inputs = fanIn * square});
            Moments next = law.sigmaW2 * x;
            next.square += law.sigmaB2;
            next.mean = 0;
            if (m_law.structure.joinsPreactivations(layer)) {
                const Skip& skip = m_law.structure.skip;
                next = skip.skip * skip.skip * h[h.size() - 2] + skip.branch * skip.branch * next;
            }
            h.push_back(next);
            layers.push_back(activate(layer, next, x));
        }
        backward(layers);
        return layers;
    }

private:
    [[nodiscard]] Moments inputMoments() const
    {
        double square = 0;
        for (const double meanSquare : m_input.meanSquares) {
            square += meanSquare / static_cast<double>(m_input.meanSquares.size());
        }
        return {.square = square,
                .pairDistance = square * (1 - m_input.pairCorrelation),
                .sampleDistance = square * (1 - m_input.correlation),
                .mean = m_input.mean};
    }

    [[nodiscard]] bool addsInput(std::int64_t layer) const
    {
        return m_law.structure.skip.kind == Skip::Kind::AroundActivation &&
               (layer > 1 || m_law.inputSize == m_law.width * m_law.phi.outputsPerUnit);
    }

    /// The variance that is divided by: 1 without normalisation.
    [[nodiscard]] double divisor(const Moments& h) const
    {
        switch (m_law.structure.normalisation) {
        case Normalisation::Batch: {
            // Deviations from the mean of a batch have B - 1 of B degrees of freedom.
            const auto batch = static_cast<double>(m_input.batch);
            return h.sampleDistance * (batch - 1) / batch + normalisationEpsilon;
        }
        case Normalisation::Layer:
            return h.square + normalisationEpsilon;
        case Normalisation::None:
            break;
        }
        return 1;
    }

    /// The mean of one over it: the variance of a unit over few samples is scattered, as chi^2 is
    /// with B - 1 degrees of freedom.
    [[nodiscard]] double meanInverse(const Moments& h) const
    {
        const auto batch = static_cast<double>(m_input.batch);
        const bool scatters = m_law.structure.normalisation == Normalisation::Batch && batch > 3;
        return (scatters ? (batch - 1) / (batch - 3) : 1) / divisor(h);
    }

    /// What goes into the activation: without the mean over the batch where that is taken away.
    [[nodiscard]] Moments normalised(const Moments& h) const
    {
        Moments n = 1 / divisor(h) * h;
        if (m_law.structure.normalisation == Normalisation::Batch) {
            const auto batch = static_cast<double>(m_input.batch);
            n.square = n.sampleDistance * (batch - 1) / batch;
        }
        return n;
    }

    /// Of two normal numbers of mean square q with E[(a - b)^2] / 2 = `apart`.
    [[nodiscard]] PairMean pairOf(double q, double apart) const
    {
        return std::isnan(apart) ? PairMean{unknown, unknown}
                                 : pairMean(m_law.phi, q, std::clamp(apart / q, 0.0, 2.0));
    }

    LayerPrediction activate(std::int64_t layer, const Moments& h, Moments& x)
    {
        const Moments n = normalised(h);
        const double q = std::clamp(n.square, smallestQ, largestQ);
        const ActivationMoments moments = m_moments.at(q);
        const bool wantsSamples = m_law.structure.normalisation == Normalisation::Batch ||
                                  (m_fractions.hasFlatParts() && m_input.batch > 1);
        const PairMean pair = pairOf(q, n.pairDistance);
        const PairMean other = wantsSamples ? pairOf(q, n.sampleDistance) : PairMean{};
        Moments out = {.square = moments.secondMoment,
                       .pairDistance = pair.distance,
                       .sampleDistance = wantsSamples ? other.distance : unknown,
                       .mean = moments.mean};
        if (addsInput(layer)) {
            const auto [kind, skip, branch] = m_law.structure.skip;
            const double mixed = 2 * skip * branch * x.mean * out.mean;
            const double mean = skip * x.mean + branch * out.mean;
            out = skip * skip * x + branch * branch * out;
            out.square += mixed;
            out.mean = mean;
        }
        x = out;
        const double inverse = meanInverse(h);
        m_backward.back().slopes = moments.slopeMoments[0] * inverse;
        m_backward.back().pairSlopes = pair.slopes * inverse;
        m_backward.back().otherSlopes = other.slopes * inverse;
        m_backward.back().pairCosine = 1 - n.pairDistance / q;
        m_backward.back().otherCosine = 1 - n.sampleDistance / q;

        LayerPrediction prediction;
        prediction.layer = layer;
        const bool inRange = h.square > smallestQ && h.square < largestQ;
        prediction.log10PreactivationMeanSquare = inRange ? std::log10(h.square) : unknown;
        prediction.activationMean = inRange ? x.mean : unknown;
        prediction.log10ActivationMeanSquare = inRange ? std::log10(x.square) : unknown;
        prediction.log10ActivationVariance =
            inRange ? std::log10(std::max(0.0, x.square - x.mean * x.mean)) : unknown;
        prediction.saturatedFraction = m_fractions.saturated(q);
        prediction.pairCosine = 1 - h.pairDistance / h.square;
        if (m_fractions.hasFlatParts()) {
            prediction.deadFraction =
                !std::isnan(m_input.pairCorrelation)
                    ? unknown
                    : m_fractions.dead(q, std::clamp(n.sampleDistance / q, 0.0, 2.0),
                                       m_input.batch);
        }
        prediction.slopeSecondMoment = moments.slopeMoments[0];
        prediction.logPreactivationDeviation = unknown;
        prediction.logActivationDeviation = unknown;
        prediction.logGradientDeviation = unknown;
        return prediction;
    }

    /// What the derivative of batch normalisation leaves of gradients g: it takes off their mean
    /// over the batch and their regression on the normalised numbers n, so that samples that had
    /// nothing in common share a B-th of both.
    [[nodiscard]] Gradient throughBatch(const Gradient& g, const Backward& gates) const
    {
        const auto batch = static_cast<double>(m_input.batch);
        const bool pairs = !std::isnan(m_input.pairCorrelation);
        const double partner = pairs ? 1 : 0;
        const double pair = pairs ? g.pair : 0;
        const double pairCosine = pairs ? gates.pairCosine : 0;
        const double others = batch - 1 - partner;
        // E[g_a <g>] = E[<g>^2], and E[<g n>^2].
        const double mean = (g.square + partner * pair + others * g.other) / batch;
        const double slope =
            (g.square + partner * pair * pairCosine + others * g.other * gates.otherCosine) / batch;
        // Twice E[g_a n_b <g n>] less n_a n_b <g n>^2.
        const auto along = [&](double cosine, double product) {
            const double rest = slope - (g.square + product * cosine) / batch;
            return 2 * ((g.square * cosine + product) / batch + rest * cosine) - cosine * slope;
        };
        return {g.square - mean - slope, g.pair - mean - along(gates.pairCosine, g.pair),
                g.other - mean - along(gates.otherCosine, g.other)};
    }

    void backward(std::vector<LayerPrediction>& layers) const
    {
        const Skip& skip = m_law.structure.skip;
        // Scaled by a number whose logarithm is kept: of x^l, h^l or h^{l+1}, and the one after.
        // Unrelated samples have directions v of their own, unless all have the same.
        Gradient x = {1, 1, m_input.oneCotangent ? 1.0 : 0.0};
        Gradient h;
        Gradient later;
        double log10Scale = 0;
        for (std::size_t i = layers.size(); i-- > 0;) {
            const auto layer = static_cast<std::int64_t>(i) + 1;
            const bool last = i + 1 == layers.size();
            if (!last) {
                const double branch =
                    m_law.structure.joinsPreactivations(layer + 1) ? skip.branch : 1;
                const Gradient through = m_law.hidden.sigmaW2 * branch * branch * h;
                x = addsInput(layer + 1) ? skip.skip * skip.skip * x + through : through;
            }
            const Backward& gates = m_backward[i];
            Gradient here = {gates.slopes * x.square, gates.pairSlopes * x.pair,
                             gates.otherSlopes * x.other};
            if (m_law.structure.normalisation == Normalisation::Batch) {
                here = throughBatch(here, gates);
            }
            if (addsInput(layer)) {
                here = skip.branch * skip.branch * here;
            }
            if (m_law.structure.joinsPreactivations(layer + 2) && layer + 2 <= m_law.depth) {
                here = here + skip.skip * skip.skip * later;
            }
            later = h;
            h = here;
            const double branch = m_law.structure.joinsPreactivations(layer) ? skip.branch : 1;
            layers[i].log10GradientNorm = (std::log10(h.square) + log10Scale) / 2;
            layers[i].pairGradientCosine = h.pair / h.square;
            layers[i].log10WeightGradientNorm =
                m_input.oneCotangent
                    ? std::numeric_limits<double>::quiet_NaN()
                    : layers[i].log10GradientNorm + std::log10(std::abs(branch)) +
                          std::log10(m_backward[i].inputs / static_cast<double>(m_input.batch)) / 2;
            if (!std::isnan(m_input.pairCorrelation)) {
                // The two of a pair add up as far as they are alike.
                const double alike = h.pair / h.square * m_backward[i].inputCosine;
                layers[i].log10WeightGradientNorm += std::log10(1 + alike) / 2;
            }
            constexpr double large = 1e100;
            const double size = std::max({x.square, h.square, later.square});
            if (size > large || size < 1 / large) {
                log10Scale += std::log10(size);
                x = 1 / size * x;
                h = 1 / size * h;
                later = 1 / size * later;
            }
        }
    }

    const NetworkLaw& m_law;
    const InputLaw& m_input;
    MomentTable m_moments;
    SlopeFractions m_fractions;
    std::vector<Backward> m_backward;
};

} // namespace

std::vector<LayerPrediction> predictBranched(const NetworkLaw& law, const InputLaw& input,
                                             const Execution& execution)
{
    return Branched(law, input).layers(execution);
}

} // namespace initlens::theory
