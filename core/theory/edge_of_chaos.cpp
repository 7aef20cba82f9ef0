#include "core/theory/edge_of_chaos.h"

#include "core/theory/activation_moments.h"
#include "core/theory/root.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace initlens::theory {

namespace {

constexpr double smallestQ = 1e-10;
constexpr double largestQ = 1e8;
constexpr double perDecade = 5;
/// sigma_b^2 / q below it is rounding.
constexpr double rounding = 1e-14;

/// sigma_b^2 of the edge at q, as a share of q.
double biasShare(const ActivationMoments& moments, double q)
{
    const double share = 1 - moments.secondMoment / moments.slopeMoments[0] / q;
    return std::abs(share) < rounding ? 0 : share;
}

EdgePoint pointAt(const ActivationMoments& moments, double q)
{
    EdgePoint point;
    point.qStar = q;
    point.sigmaW2 = 1 / moments.slopeMoments[0];
    point.sigmaB2 = q * biasShare(moments, q);
    point.qSlope = point.sigmaW2 * moments.secondMomentSlope;
    point.stable = point.qSlope <= 1;
    return point;
}

std::vector<double> sampleQ()
{
    std::vector<double> samples;
    const double step = std::log(10.0) / perDecade;
    for (double logQ = std::log(smallestQ); logQ <= std::log(largestQ); logQ += step) {
        samples.push_back(std::exp(logQ));
    }
    return samples;
}

bool everywhereCritical(const ActivationFunction& phi)
{
    return isHomogeneous(phi) && biasShare(activationMoments(phi, 1), 1) == 0;
}

} // namespace

std::optional<EdgePoint> edgeAt(const ActivationFunction& phi, double qStar)
{
    const auto moments = activationMoments(phi, qStar);
    if (!(moments.slopeMoments[0] > 0) || biasShare(moments, qStar) < 0) {
        return std::nullopt;
    }
    return pointAt(moments, qStar);
}

std::vector<EdgePoint> edgeWithBias(const ActivationFunction& phi, double sigmaB2)
{
    std::vector<EdgePoint> points;
    if (isHomogeneous(phi)) {
        if (sigmaB2 == 0 && everywhereCritical(phi)) {
            EdgePoint point = pointAt(activationMoments(phi, 1), 1);
            point.qStar.reset();
            points.push_back(point);
        }
        return points;
    }
    constexpr double nearZero = 1e-200;
    if (sigmaB2 == 0) {
        const auto moments = activationMoments(phi, nearZero);
        if (moments.slopeMoments[0] > 0 && moments.secondMoment < 1e3 * nearZero) {
            EdgePoint point = pointAt(moments, nearZero);
            if (std::abs(point.sigmaW2 * moments.secondMoment / nearZero - 1) < 1e-9) {
                point.qStar = 0;
                point.sigmaB2 = 0;
                // What q does near 0 decides: it falls (tanh) or leaves (gelu).
                constexpr double small = 1e-6;
                point.stable = point.sigmaW2 * activationMoments(phi, small).secondMoment <= small;
                points.push_back(point);
            }
        }
    }
    const auto excess = [&](double logQ) {
        const double q = std::exp(logQ);
        return q * biasShare(activationMoments(phi, q), q) - sigmaB2;
    };
    const auto samples = sampleQ();
    double before = std::log(samples.front());
    double excessBefore = excess(before);
    for (std::size_t i = 1; i < samples.size(); ++i) {
        const double logQ = std::log(samples[i]);
        const double here = excess(logQ);
        if (std::isfinite(excessBefore) && std::isfinite(here) && excessBefore != 0 &&
            (excessBefore > 0) != (here > 0)) {
            const double q = std::exp(findRoot(excess, before, logQ));
            EdgePoint point = pointAt(activationMoments(phi, q), q);
            point.sigmaB2 = sigmaB2;
            points.push_back(point);
        }
        before = logQ;
        excessBefore = here;
    }
    return points;
}

std::string whyNoEdge(const ActivationFunction& phi, const std::string& name)
{
    if (everywhereCritical(phi)) {
        return fmt::format("{} is critical at one point only, sigma_w^2 = {:.6g} without biases: "
                           "with biases q has no fixed point there",
                           name, 1 / activationMoments(phi, 1).slopeMoments[0]);
    }
    const auto samples = sampleQ();
    const bool any = std::any_of(samples.begin(), samples.end(),
                                 [&](double q) { return edgeAt(phi, q).has_value(); });
    return any ? std::string()
               : fmt::format("{} has no edge of chaos: chi_1 = 1 would need a negative variance of "
                             "the biases at every q",
                             name);
}

} // namespace initlens::theory
