#include "core/theory/mean_field.h"

#include "core/theory/activation_moments.h"
#include "core/theory/pair_mean.h"
#include "core/theory/root.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace initlens::theory {

namespace {

constexpr double smallestQ = 1e-14;
constexpr double largestQ = 1e14;
/// In place of q = 0, where slopes have their limits.
constexpr double nearZero = 1e-200;
constexpr double perDecade = 4;

/// ln(V(q) / q): zero at a fixed point, and smooth over all decades.
class LengthMap {
public:
    LengthMap(const ActivationFunction& phi, const LayerLaw& law) : m_phi(phi), m_law(law) {}

    [[nodiscard]] double value(double q) const
    {
        return m_law.sigmaW2 * activationMoments(m_phi, q).secondMoment + m_law.sigmaB2;
    }
    [[nodiscard]] double slope(double q) const
    {
        return m_law.sigmaW2 * activationMoments(m_phi, q).secondMomentSlope;
    }
    [[nodiscard]] double growth(double q) const { return std::log(value(q) / q); }
    [[nodiscard]] bool keepsZero() const
    {
        return m_law.sigmaB2 == 0 && value(nearZero) < 1e3 * m_law.sigmaW2 * nearZero;
    }
    /// No variance is larger after a layer of a bounded activation; more than enough for the
    /// others.
    [[nodiscard]] double largestVariance() const
    {
        constexpr double margin = 4; // the points may miss the largest value
        double largest = 0;
        for (double h = 0.1; h < 1e9; h *= 1.3) {
            for (const double point : {h, -h}) {
                std::array<double, 2> value{};
                std::array<double, 2> slope{};
                const auto parts = static_cast<std::size_t>(m_phi.outputsPerUnit);
                m_phi.evaluate(std::span(&point, 1), std::span(value).first(parts),
                               std::span(slope).first(parts));
                largest = std::max({largest, std::abs(value[0]), std::abs(value[1])});
            }
        }
        return margin * m_law.sigmaW2 * largest * largest + m_law.sigmaB2;
    }
    [[nodiscard]] double slopeAtZero() const { return value(nearZero) / nearZero; }

private:
    const ActivationFunction& m_phi;
    LayerLaw m_law;
};

struct Sample {
    double logQ = 0;
    double growth = 0;
};

std::vector<Sample> sampleGrowth(const LengthMap& map)
{
    std::vector<Sample> samples;
    const double step = std::log(10.0) / perDecade;
    const double end = std::log(std::min(largestQ, map.largestVariance())) + step;
    for (double logQ = std::log(smallestQ); logQ <= end; logQ += step) {
        samples.push_back({logQ, map.growth(std::exp(logQ))});
    }
    return samples;
}

/// Between two samples of one sign a pair of fixed points may hide: the extremum tells.
std::optional<Sample> extremumBetween(const LengthMap& map, const Sample& left,
                                      const Sample& middle, const Sample& right)
{
    const double sign = middle.growth > 0 ? 1 : -1;
    if (sign * middle.growth > sign * left.growth || sign * middle.growth > sign * right.growth) {
        return std::nullopt;
    }
    // It dips less below the middle than the middle below its neighbours.
    const double depth = std::max(sign * left.growth, sign * right.growth) - sign * middle.growth;
    if (sign * middle.growth > depth) {
        return std::nullopt;
    }
    constexpr double golden = 0.6180339887498949;
    double low = left.logQ;
    double high = right.logQ;
    for (int step = 0; step < 40; ++step) {
        const double first = high - golden * (high - low);
        const double second = low + golden * (high - low);
        if (sign * map.growth(std::exp(first)) < sign * map.growth(std::exp(second))) {
            high = second;
        } else {
            low = first;
        }
    }
    const double logQ = (low + high) / 2;
    const double growth = map.growth(std::exp(logQ));
    return sign * growth < 0 ? std::optional(Sample{logQ, growth}) : std::nullopt;
}

std::vector<FixedPoint> findFixedPoints(const LengthMap& map)
{
    std::vector<Sample> samples = sampleGrowth(map);
    std::vector<Sample> refined;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        refined.push_back(samples[i]);
        const bool inside = i > 0 && i + 1 < samples.size();
        if (inside && samples[i - 1].growth * samples[i].growth > 0 &&
            samples[i].growth * samples[i + 1].growth > 0) {
            if (const auto hidden =
                    extremumBetween(map, samples[i - 1], samples[i], samples[i + 1])) {
                refined.push_back(*hidden);
            }
        }
    }
    std::sort(refined.begin(), refined.end(),
              [](const Sample& a, const Sample& b) { return a.logQ < b.logQ; });
    // Where the map is linear to the last digit (hard tanh at small q) signs are chance.
    constexpr double rounding = 1e-14;
    std::erase_if(refined, [](const Sample& s) { return std::abs(s.growth) < rounding; });
    std::vector<FixedPoint> points;
    if (map.keepsZero()) {
        points.push_back({0, map.slopeAtZero()});
    }
    for (std::size_t i = 0; i + 1 < refined.size(); ++i) {
        const Sample& left = refined[i];
        const Sample& right = refined[i + 1];
        if ((left.growth > 0) != (right.growth > 0) && left.growth != right.growth) {
            const double logQ =
                findRoot([&](double x) { return map.growth(std::exp(x)); }, left.logQ, right.logQ);
            // A last step of Newton's method: the logarithm has lost the last digits.
            const double q = std::exp(logQ);
            const double slope = map.slope(q);
            const double polished =
                std::abs(1 - slope) > 1e-3 ? q + (map.value(q) - q) / (1 - slope) : q;
            points.push_back({polished, slope});
        }
    }
    return points;
}

bool conservesAll(const LengthMap& map)
{
    constexpr std::array probes = {1e-6, 1e-2, 0.7, 3.0, 40.0, 1e5};
    return std::all_of(probes.begin(), probes.end(),
                       [&](double q) { return std::abs(map.growth(q)) < 1e-12; });
}

/// Where a variance of 1 ends up; nothing when it grows for ever. The map is monotone between fixed
/// points for every activation in use, so the next fixed point in its direction is the end.
std::optional<FixedPoint> attractor(const LengthMap& map, const std::vector<FixedPoint>& points)
{
    constexpr double start = 1;
    const double growth = map.growth(start);
    if (std::abs(growth) < 1e-13) {
        return FixedPoint{start, map.slope(start)};
    }
    if (growth > 0) {
        const auto next = std::find_if(points.begin(), points.end(),
                                       [](const FixedPoint& point) { return point.q > start; });
        return next == points.end() ? std::nullopt : std::optional(*next);
    }
    const auto next = std::find_if(points.rbegin(), points.rend(),
                                   [](const FixedPoint& point) { return point.q < start; });
    return next == points.rend() ? std::nullopt : std::optional(*next);
}

std::optional<double> depthScale(double factor)
{
    const double logFactor = std::log(std::abs(factor));
    return factor == 0 || logFactor == 0 || !std::isfinite(logFactor)
               ? std::nullopt
               : std::optional(-1 / logFactor);
}

/// c* < 1 of a chaotic network: Newton's method from c = 0, which is monotone because C is convex
/// (its power series in c has no negative coefficient).
double chaoticFixedPoint(const ActivationFunction& phi, const LayerLaw& law, double q)
{
    const double next = law.sigmaW2 * activationMoments(phi, q).secondMoment + law.sigmaB2;
    double c = 0;
    double before = 1;
    for (int step = 0; step < 60; ++step) {
        const PairMean pair = pairMean(phi, q, 1 - c);
        const double excess = (1 - c) - law.sigmaW2 * pair.distance / next;
        const double slope = law.sigmaW2 * pair.slopes * q / next;
        const double change = excess / (1 - slope);
        c = std::clamp(c + change, 0.0, 1.0);
        // Rounding ends the descent.
        const bool isRounding = std::abs(change) < 1e-8 && std::abs(change) > before / 2;
        if (std::abs(change) < 1e-15 + 1e-14 * c || isRounding) {
            break;
        }
        before = std::abs(change);
    }
    constexpr double nothing = 1e-12; // what rounding leaves of 0
    return c < nothing ? 0 : c;
}

void addCorrelations(MeanField& field, const ActivationFunction& phi)
{
    const double q = std::max(*field.qStar, nearZero);
    field.cStar = 1;
    field.cSlope = field.chi1;
    if (field.phase == Phase::Chaotic) {
        field.cStar = chaoticFixedPoint(phi, field.law, q);
        field.cSlope = field.law.sigmaW2 * pairMean(phi, q, 1 - *field.cStar).slopes;
    }
    if (field.phase != Phase::Critical) {
        field.correlationDepth = depthScale(*field.cSlope);
        field.gradientDepth = depthScale(*field.chi1);
    }
}

Phase phaseOf(double chi1)
{
    if (std::abs(chi1 - 1) <= criticalTolerance) {
        return Phase::Critical;
    }
    return chi1 < 1 ? Phase::Ordered : Phase::Chaotic;
}

} // namespace

std::string_view phaseName(Phase phase)
{
    switch (phase) {
    case Phase::Ordered:
        return "ordered";
    case Phase::Critical:
        return "critical";
    case Phase::Chaotic:
        return "chaotic";
    case Phase::Diverging:
        break;
    }
    return "diverging";
}

std::vector<FixedPoint> fixedPoints(const ActivationFunction& phi, const LayerLaw& law)
{
    const LengthMap map(phi, law);
    return conservesAll(map) ? std::vector<FixedPoint>() : findFixedPoints(map);
}

MeanField meanField(const ActivationFunction& phi, const LayerLaw& law)
{
    MeanField field;
    field.law = law;
    const LengthMap map(phi, law);
    const auto chi = [&](double q) {
        return law.sigmaW2 * activationMoments(phi, std::max(q, nearZero)).slopeMoments[0];
    };
    if (conservesAll(map)) {
        field.conserved = true;
        field.chi1 = chi(1);
        field.phase = phaseOf(*field.chi1);
        return field;
    }
    field.fixedPoints = findFixedPoints(map);
    const auto end = attractor(map, field.fixedPoints);
    if (!end) {
        field.phase = Phase::Diverging;
        return field;
    }
    field.chi1 = chi(end->q);
    field.phase = phaseOf(*field.chi1);
    if (end->q == 0 && std::abs(end->slope - 1) < 1e-12) {
        field.algebraic = true;
        return field;
    }
    field.qStar = end->q;
    field.qSlope = end->slope;
    field.lengthDepth = depthScale(end->slope);
    addCorrelations(field, phi);
    return field;
}

} // namespace initlens::theory
