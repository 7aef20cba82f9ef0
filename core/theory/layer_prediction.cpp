#include "core/theory/layer_prediction.h"

#include "core/theory/activation_moments.h"
#include "core/theory/branched_prediction.h"
#include "core/theory/correlation_chain.h"
#include "core/theory/pair_mean.h"
#include "core/theory/slope_fractions.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
/// Beyond them a square no longer fits a double.
constexpr double smallestQ = 1e-290;
constexpr double largestQ = 1e290;

/// q of one group of samples on its way through the layers, with the variance of ln q over networks
/// and what its gradients are multiplied with.
struct Trajectory {
    double q = 0;
    double relativeVariance = 0;
    ActivationMoments moments;
};

class Prediction {
public:
    Prediction(const NetworkLaw& law, const InputLaw& input)
        : m_law(law), m_input(input), m_moments(law.phi), m_fractions(law.phi)
    {
        m_paths.resize(input.meanSquares.size());
    }

    std::vector<LayerPrediction> layers(const Execution& execution)
    {
        std::vector<LayerPrediction> layers;
        layers.reserve(static_cast<std::size_t>(m_law.depth));
        start();
        CorrelationChain pairs(m_law.phi, m_law.looksLinear, m_moments);
        CorrelationChain samples(m_law.phi, m_law.looksLinear, m_moments);
        pairs.start(m_law.first, meanInput(), m_input.pairCorrelation);
        if (m_fractions.hasFlatParts() && m_input.batch > 1 && !hasPairs()) {
            samples.start(m_law.first, meanInput(), m_input.correlation);
        }
        for (std::int64_t layer = 1; layer <= m_law.depth && !execution.stopRequested(); ++layer) {
            if (layer > 1) {
                pairs.advance(m_law.hidden, meanQ());
                samples.advance(m_law.hidden, meanQ());
                advance();
            }
            layers.push_back(forward(layer));
            layers.back().pairCosine = 1 - pairs.decorrelation();
            rememberGates(samples.decorrelation());
            m_pairs.push_back({meanQ(), pairs.decorrelation()});
        }
        if (execution.stopRequested()) {
            return {};
        }
        addDeadFractions(layers);
        backward(layers);
        addPairGradients(layers);
        return layers;
    }

private:
    /// Variance of the pre-activations and 1 - c of a pair.
    struct Pair {
        double q = 0;
        double decorrelation = 0;
    };

    /// What decides how many units of a layer are dead.
    struct Gates {
        std::vector<double> q; ///< of every path
        double decorrelation = 0;
    };

    [[nodiscard]] bool hasPairs() const { return !std::isnan(m_input.pairCorrelation); }

    [[nodiscard]] double meanInput() const
    {
        return mean(m_input.meanSquares, [](double square) { return square; });
    }
    [[nodiscard]] double meanQ() const
    {
        return mean(m_paths, [](const Trajectory& path) { return path.q; });
    }

    void rememberGates(double decorrelation)
    {
        if (m_fractions.hasFlatParts()) {
            Gates gates{.q = {}, .decorrelation = decorrelation};
            for (const Trajectory& path : m_paths) {
                // Gates that open at zero do not see how long the input is.
                gates.q.push_back(m_moments.homogeneous() ? 1 : path.q);
            }
            m_gates.push_back(std::move(gates));
        }
    }

    template <class Range, class Get>
    static double mean(const Range& range, Get&& get)
    {
        double sum = 0;
        for (const auto& element : range) {
            sum += get(element);
        }
        return sum / static_cast<double>(range.size());
    }

    void start()
    {
        const double units = static_cast<double>(m_law.width);
        for (std::size_t i = 0; i < m_paths.size(); ++i) {
            const double weights = m_law.first.sigmaW2 * m_input.meanSquares[i];
            m_paths[i].q = weights + m_law.first.sigmaB2;
            m_paths[i].relativeVariance =
                samplingVariance(weights, m_law.first.sigmaB2, m_law.firstFanIn) /
                (m_paths[i].q * m_paths[i].q) / units;
            place(m_paths[i]);
        }
    }

    /// Variance of h^2 over the units of a layer whose inputs are given: independent weights
    /// scatter it all, orthogonal ones keep the length of the weights' part, or where the layer has
    /// fewer units than inputs, a share of it that has a beta distribution.
    [[nodiscard]] double samplingVariance(double weights, double biases, std::int64_t fanIn) const
    {
        const double q = weights + biases;
        if (m_law.ensemble == Ensemble::Gaussian && !m_law.looksLinear) {
            return 2 * q * q;
        }
        const auto inputs = static_cast<double>(fanIn);
        const double cut = std::max(0.0, inputs - static_cast<double>(m_law.width));
        return 2 * weights * weights * cut / (inputs + 2) + 4 * weights * biases +
               2 * biases * biases;
    }

    /// Variance of phi^2 over the units beyond what follows from the layer's own length.
    [[nodiscard]] static double ownVariance(const Trajectory& path)
    {
        const double carried = path.q * path.moments.secondMomentSlope;
        return std::max(0.0, path.moments.squareVariance - 2 * carried * carried);
    }

    /// Of ln of the mean of x^2 over networks.
    [[nodiscard]] double activationVariance(const Trajectory& path) const
    {
        const double square = path.moments.secondMoment;
        const double carried = path.q * path.moments.secondMomentSlope / square;
        return std::log1p(carried * carried * path.relativeVariance +
                          ownVariance(path) / (square * square) / static_cast<double>(m_law.width));
    }

    void place(Trajectory& path)
    {
        path.moments = m_moments.at(std::clamp(path.q, smallestQ, largestQ));
    }

    void advance()
    {
        const LayerLaw& law = m_law.hidden;
        const double units = static_cast<double>(m_law.width);
        // The halves of weights that look linear meet one linear network.
        const std::int64_t inputs = m_law.looksLinear ? m_law.width : m_law.fanIn;
        for (Trajectory& path : m_paths) {
            const ActivationMoments& m = path.moments;
            const double square = m_law.looksLinear ? path.q : m.secondMoment;
            const double weights = law.sigmaW2 * square;
            const double next = weights + law.sigmaB2;
            const double slope = law.sigmaW2 * (m_law.looksLinear ? 1 : m.secondMomentSlope);
            const double own = m_law.looksLinear ? 0 : ownVariance(path);
            const double carried = slope * path.q / next;
            const double sampled = samplingVariance(weights, law.sigmaB2, inputs);
            path.relativeVariance =
                carried * carried * path.relativeVariance +
                (law.sigmaW2 * law.sigmaW2 * own + sampled) / (next * next) / units;
            if (path.q != next) {
                path.q = next;
                place(path);
            }
        }
    }

    [[nodiscard]] LayerPrediction forward(std::int64_t layer)
    {
        LayerPrediction prediction;
        prediction.layer = layer;
        const double q = meanQ();
        const bool inRange = q > smallestQ && q < largestQ;
        const double activationMean =
            mean(m_paths, [](const Trajectory& path) { return path.moments.mean; });
        const double square =
            mean(m_paths, [](const Trajectory& path) { return path.moments.secondMoment; });
        // Rounding leaves a difference where the variance vanishes.
        const double variance = std::max(0.0, square - activationMean * activationMean);
        prediction.log10PreactivationMeanSquare = inRange ? std::log10(q) : unknown;
        prediction.activationMean = inRange ? activationMean : unknown;
        prediction.log10ActivationMeanSquare = inRange ? std::log10(square) : unknown;
        prediction.log10ActivationVariance = inRange ? std::log10(variance) : unknown;
        prediction.saturatedFraction =
            mean(m_paths, [&](const Trajectory& path) { return m_fractions.saturated(path.q); });
        prediction.logPreactivationDeviation = std::sqrt(mean(
            m_paths, [](const Trajectory& path) { return std::log1p(path.relativeVariance); }));
        prediction.logActivationDeviation = std::sqrt(
            mean(m_paths, [&](const Trajectory& path) { return activationVariance(path); }));
        prediction.slopeSecondMoment =
            m_law.looksLinear ? 1 : mean(m_paths, [](const Trajectory& path) {
                return path.moments.slopeMoments[0];
            });
        prediction.lengthSlope =
            m_law.hidden.sigmaW2 * (m_law.looksLinear ? 1 : mean(m_paths, [](const auto& path) {
                return path.moments.secondMomentSlope;
            }));
        m_backward.push_back(
            {.slopes =
                 mean(m_paths, [](const Trajectory& path) { return path.moments.slopeMoments[0]; }),
             .fourthSlopes =
                 mean(m_paths, [](const Trajectory& path) { return path.moments.slopeMoments[1]; }),
             .inputs = square * static_cast<double>(m_law.fanIn)});
        return prediction;
    }

    [[nodiscard]] double deadFraction(const Gates& at) const
    {
        return mean(at.q,
                    [&](double q) { return m_fractions.dead(q, at.decorrelation, m_input.batch); });
    }

    /// Fills the dead fractions of layers from + 1 .. to - 1. Where little changes from one end to
    /// the other they lie on a straight line, to some 1e-4 of the change.
    void fillDead(std::vector<LayerPrediction>& layers, std::size_t from, std::size_t to) const
    {
        if (to - from < 2) {
            return;
        }
        constexpr double little = 0.02;
        const auto alike = [](double a, double b) {
            return std::abs(a - b) <= little * std::abs(a);
        };
        const Gates& low = m_gates[from];
        const Gates& high = m_gates[to];
        const std::size_t middle = (from + to) / 2;
        const Gates& between = m_gates[middle];
        const bool straight = std::equal(low.q.begin(), low.q.end(), high.q.begin(), alike) &&
                              std::equal(low.q.begin(), low.q.end(), between.q.begin(), alike) &&
                              alike(low.decorrelation, high.decorrelation) &&
                              alike(low.decorrelation, between.decorrelation);
        if (straight) {
            for (std::size_t i = from + 1; i < to; ++i) {
                const double part = static_cast<double>(i - from) / static_cast<double>(to - from);
                layers[i].deadFraction =
                    std::lerp(layers[from].deadFraction, layers[to].deadFraction, part);
            }
            return;
        }
        layers[middle].deadFraction = deadFraction(between);
        fillDead(layers, from, middle);
        fillDead(layers, middle, to);
    }

    void addDeadFractions(std::vector<LayerPrediction>& layers) const
    {
        if (!m_fractions.hasFlatParts()) {
            return;
        }
        if (hasPairs()) {
            for (LayerPrediction& layer : layers) {
                layer.deadFraction = unknown;
            }
            return;
        }
        layers.front().deadFraction = deadFraction(m_gates.front());
        layers.back().deadFraction = deadFraction(m_gates.back());
        fillDead(layers, 0, layers.size() - 1);
    }

    /// E[phi'(u) phi'(v)] / E[phi'^2] of a layer.
    [[nodiscard]] double sharedSlopes(const Pair& pair)
    {
        const double q = std::clamp(pair.q, smallestQ, largestQ);
        return pairMean(m_law.phi, q, pair.decorrelation).slopes / m_moments.at(q).slopeMoments[0];
    }

    /// Going back from the output, where both of a pair get the same v, a layer multiplies the
    /// cosine of their gradients by the share of slopes that they have in common. Layers that
    /// change little from one to the next lie on straight lines.
    void addPairGradients(std::vector<LayerPrediction>& layers)
    {
        if (!hasPairs()) {
            return;
        }
        constexpr double little = 0.02;
        const auto alike = [](double a, double b) {
            return std::abs(a - b) <= little * std::abs(a);
        };
        std::vector<double> shared(layers.size());
        std::size_t known = 0;
        shared[0] = sharedSlopes(m_pairs[0]);
        for (std::size_t i = 1; i < layers.size(); ++i) {
            const bool far = !alike(m_pairs[known].q, m_pairs[i].q) ||
                             !alike(m_pairs[known].decorrelation, m_pairs[i].decorrelation);
            const bool next = i + 1 == layers.size() ||
                              !alike(m_pairs[known].q, m_pairs[i + 1].q) ||
                              !alike(m_pairs[known].decorrelation, m_pairs[i + 1].decorrelation);
            if (!far && !next) {
                continue;
            }
            shared[i] = sharedSlopes(m_pairs[i]);
            for (std::size_t j = known + 1; j < i; ++j) {
                const double part = static_cast<double>(j - known) / static_cast<double>(i - known);
                shared[j] = std::lerp(shared[known], shared[i], part);
            }
            known = i;
        }
        double cosine = 1;
        for (std::size_t i = layers.size(); i-- > 0;) {
            // The concatenated rectifier passes both gradients on alike.
            const bool last = i + 1 == layers.size();
            cosine *= m_law.looksLinear && !last ? 1 : shared[i];
            layers[i].pairGradientCosine = cosine;
            // The two of a pair add up in the weight gradient as far as they are alike.
            const LayerLaw& law = i == 0 ? m_law.first : m_law.hidden;
            const auto& [q, decorrelation] = m_pairs[i];
            const double inputs = (q * (1 - decorrelation) - law.sigmaB2) / (q - law.sigmaB2);
            if (!last) {
                layers[i].correlationSlope =
                    m_law.hidden.sigmaW2 * q / m_pairs[i + 1].q *
                    (m_law.looksLinear ? 1 : shared[i] * m_backward[i].slopes);
            }
            layers[i].log10WeightGradientNorm += std::log10(1 + cosine * inputs) / 2;
        }
    }

    void backward(std::vector<LayerPrediction>& layers) const
    {
        const double units = static_cast<double>(m_law.width);
        double log10Square = 0;
        double variance = 0;
        for (std::size_t i = layers.size(); i-- > 0;) {
            const Backward& here = m_backward[i];
            const bool last = i + 1 == layers.size();
            // The concatenated rectifier passes every gradient on through one of its halves.
            const double slopes = m_law.looksLinear ? (last ? here.slopes : 1) : here.slopes;
            const double factor = last ? slopes : slopes * m_law.hidden.sigmaW2;
            log10Square += std::log10(factor);
            const double ratio = here.fourthSlopes / (here.slopes * here.slopes);
            const bool scattered = last || m_law.ensemble == Ensemble::Gaussian;
            if (!m_law.looksLinear || last) {
                const double one = scattered ? 3 * ratio - 1 : std::max(0.0, 3 * ratio - 3);
                variance += one / units / (last ? m_law.phi.outputsPerUnit : 1);
            }
            const double inputs = i > 0 ? m_backward[i - 1].inputs
                                        : meanInput() * static_cast<double>(m_law.firstFanIn);
            layers[i].log10GradientNorm = log10Square / 2;
            layers[i].log10WeightGradientNorm =
                m_input.oneCotangent
                    ? unknown
                    : (log10Square + std::log10(inputs / static_cast<double>(m_input.batch))) / 2;
            layers[i].logGradientDeviation = std::sqrt(std::log1p(variance));
        }
    }

    /// What the backward recursion needs of a layer.
    struct Backward {
        double slopes = 0;       ///< E[phi'^2]
        double fourthSlopes = 0; ///< E[phi'^4]
        double inputs = 0;       ///< E|x|^2 over what a unit of the next layer reads
    };

    const NetworkLaw& m_law;
    const InputLaw& m_input;
    MomentTable m_moments;
    SlopeFractions m_fractions;
    std::vector<Trajectory> m_paths;
    std::vector<Backward> m_backward;
    std::vector<Pair> m_pairs;
    std::vector<Gates> m_gates; ///< of every layer, where the activation has flat parts
};

} // namespace

Band logNormalBand(double log10Mean, double logDeviation, double power)
{
    const double typical = log10Mean - power * logDeviation * logDeviation / 2 / std::numbers::ln10;
    const double half = power * logDeviation / std::numbers::ln10;
    return {typical - half, typical + half};
}

std::vector<LayerPrediction> predictLayers(const NetworkLaw& law, const InputLaw& input,
                                           const Execution& execution)
{
    return law.structure.isStack() ? Prediction(law, input).layers(execution)
                                   : predictBranched(law, input, execution);
}

} // namespace initlens::theory
