#include "core/experiment/gain_report.h"

#include "core/theory/activation_moments.h"
#include "core/theory/formula.h"
#include "core/theory/gaussian_mean.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace initlens::experiment {

namespace {

constexpr double smallestQ = 1e-12;
constexpr double largestQ = 1e12;
constexpr double largestSigma = 1e6;
constexpr std::array edgeQ = {0.1, 1.0, 10.0};
constexpr double nearZero = 1e-200; // in place of q = 0, where moments have their limits

/// phi until a stop is asked for, then 0: whatever is being computed of it is over in a moment.
theory::ActivationFunction stoppable(theory::ActivationFunction phi, const Execution& execution)
{
    auto evaluate = std::move(phi.evaluate);
    phi.evaluate = [evaluate = std::move(evaluate), execution](std::span<const double> h,
                                                               std::span<double> value,
                                                               std::span<double> slope) {
        if (execution.stopRequested()) {
            std::fill(value.begin(), value.end(), 0.0);
            std::fill(slope.begin(), slope.end(), 0.0);
        } else {
            evaluate(h, value, slope);
        }
    };
    return phi;
}

void addFixedPoints(const theory::ActivationFunction& phi, GainReport& report)
{
    const auto length = [&](double q) {
        return report.law.sigmaW2 * theory::activationMoments(phi, q).secondMoment +
               report.law.sigmaB2;
    };
    constexpr std::array probes = {1e-6, 1e-2, 0.7, 3.0, 40.0, 1e5};
    report.conserved = std::all_of(probes.begin(), probes.end(),
                                   [&](double q) { return std::abs(length(q) / q - 1) < 1e-12; });
    if (report.conserved) {
        return;
    }
    for (const auto& point : theory::fixedPoints(phi, report.law)) {
        // Where means overflow, signs are chance.
        if (point.q == 0 || std::abs(length(point.q) / point.q - 1) < 1e-6) {
            const auto at = theory::activationMoments(phi, std::max(point.q, nearZero));
            report.fixedPoints.push_back(
                {.point = point, .chi1 = report.law.sigmaW2 * at.slopeMoments[0]});
        }
    }
}

void addEdge(const theory::ActivationFunction& phi, GainReport& report)
{
    report.edgeWithoutBias = theory::edgeWithBias(phi, 0);
    if (!theory::isHomogeneous(phi)) {
        for (const double q : edgeQ) {
            if (const auto point = theory::edgeAt(phi, q)) {
                report.edge.push_back(*point);
            }
        }
    }
    if (report.edge.empty()) {
        report.whyNoEdge = theory::whyNoEdge(phi, report.name);
    }
}

/// Whether the squared slopes of a unit's outputs add up to the same at every h, as those of CReLU.
bool slopesShared(const theory::ActivationFunction& phi)
{
    constexpr std::array points = {-7.0, -1.3, -0.2, 0.4, 1.7, 9.0};
    std::vector<double> value(points.size() * static_cast<std::size_t>(phi.outputsPerUnit));
    std::vector<double> slope(value.size());
    phi.evaluate(points, value, slope);
    std::array<double, points.size()> sums{};
    for (std::size_t i = 0; i < slope.size(); ++i) {
        sums[i % points.size()] += slope[i] * slope[i];
    }
    return std::all_of(sums.begin(), sums.end(),
                       [&](double sum) { return std::abs(sum - sums[0]) < 1e-12 * sums[0]; });
}

void judgeIsometry(const theory::ActivationFunction& phi, GainReport& report)
{
    if (phi.outputsPerUnit > 1 && slopesShared(phi)) {
        report.isometryPossible = true;
        report.isometry = "possible with looks-linear weights: of the outputs of a unit one "
                          "passes what the other blocks";
        return;
    }
    constexpr double none = 1e-9;
    for (const auto& point : report.edgeWithoutBias) {
        const double q = point.qStar.value_or(1);
        const double spread = theory::gains(phi, std::max(q, nearZero)).slopeSpread();
        if (spread < none && point.stable) {
            report.isometryPossible = true;
            report.isometry = fmt::format(
                "possible with orthogonal weights of gain {:.6g}{}: the slopes of all units agree "
                "there",
                std::sqrt(point.sigmaW2), point.qStar ? " as q* goes to 0" : "");
            return;
        }
    }
    double smallest = std::numeric_limits<double>::infinity();
    for (const auto* points : {&report.edgeWithoutBias, &report.edge}) {
        for (const auto& point : *points) {
            if (point.stable) {
                smallest = std::min(
                    smallest,
                    theory::gains(phi, std::max(point.qStar.value_or(1), nearZero)).slopeSpread());
            }
        }
    }
    report.isometry =
        std::isfinite(smallest)
            ? fmt::format(
                  "not possible: on the stable edge of chaos the squared slopes of a layer spread "
                  "by {:.3g} of their mean's square or more",
                  smallest)
            : "not possible: no stable point of the edge of chaos was found";
}

/// Steps, whose slope no number has, and growth beyond what means over `reach` deviations see.
void addNotes(const theory::ActivationFunction& phi, GainReport& report)
{
    const auto valueAt = [&](double h) {
        std::array<double, 2> value{};
        std::array<double, 2> slope{};
        const auto parts = static_cast<std::size_t>(phi.outputsPerUnit);
        phi.evaluate(std::span(&h, 1), std::span(value).first(parts),
                     std::span(slope).first(parts));
        return value[0];
    };
    std::vector<double> kinks = phi.kinks;
    std::stable_sort(kinks.begin(), kinks.end(),
                     [](double a, double b) { return std::abs(a) < std::abs(b); });
    for (const double kink : kinks) {
        const double near = 1e-9 * std::max(1.0, std::abs(kink));
        const double jump = valueAt(kink + near) - valueAt(kink - near);
        if (std::abs(jump) > 1e-5 * std::max(1.0, phi.largestSlope)) {
            report.notes.push_back(
                fmt::format("it jumps by {:.4g} at x = {:.6g}; slopes are those beside the jumps, "
                            "where gradients pass",
                            jump, kink + 0.0));
            break;
        }
    }
    const double far = theory::reach * std::sqrt(report.gains.q);
    const double share =
        std::exp(2 * std::log(std::max(std::abs(valueAt(far)), std::abs(valueAt(-far)))) -
                 theory::reach * theory::reach / 2);
    if (!std::isfinite(report.gains.secondMoment) || share > 1e-10 * report.gains.secondMoment) {
        report.notes.emplace_back(
            "it grows too fast for means at this q; smaller q have accurate ones");
    }
}

void addCurve(const theory::ActivationFunction& phi, GainCurve& curve)
{
    constexpr int steps = 320;
    for (int i = 0; i <= steps; ++i) {
        curve.h.push_back(-curveReach + 2 * curveReach * i / steps);
    }
    // A kink is drawn as one where there is a point on both of its sides.
    for (const double kink : phi.kinks) {
        if (std::abs(kink) < curveReach) {
            curve.h.insert(curve.h.end(), {kink - 1e-9, kink + 1e-9});
        }
    }
    std::sort(curve.h.begin(), curve.h.end());
    const auto count = curve.h.size() * static_cast<std::size_t>(phi.outputsPerUnit);
    curve.value.resize(count);
    curve.slope.resize(count);
    phi.evaluate(curve.h, curve.value, curve.slope);
}

} // namespace

Error validate(const GainRequest& request)
{
    Error problems;
    if (!request.formula && request.activation.row == nullptr) {
        problems.add("the gain workbench needs an activation or a formula");
    }
    if (!(request.q >= smallestQ && request.q <= largestQ)) {
        problems.add(fmt::format("q must be from {:g} to {:g}", smallestQ, largestQ));
    }
    if (request.sigmaW && !(*request.sigmaW > 0 && *request.sigmaW <= largestSigma)) {
        problems.add(fmt::format("sigma_w must be above 0 and at most {:g}", largestSigma));
    }
    if (!(request.biasStd >= 0 && request.biasStd <= largestSigma)) {
        problems.add(fmt::format("bias_std must be from 0 to {:g}", largestSigma));
    }
    return problems;
}

Result<GainReport> gainReport(const GainRequest& request, const Execution& execution)
{
    if (Error problems = validate(request); !problems.empty()) {
        return problems;
    }
    theory::ActivationFunction phi;
    if (request.formula) {
        auto function = theory::functionOfFormula(*request.formula);
        if (!function) {
            return function.error();
        }
        phi = stoppable(*std::move(function), execution);
    } else {
        phi = stoppable(theory::functionOf(request.activation), execution);
    }
    GainReport report;
    report.request = request;
    report.name = request.formula ? *request.formula : choiceText(request.activation);
    report.gains = theory::gains(phi, request.q);
    const double sigmaW = request.sigmaW.value_or(report.gains.forward);
    report.law = {.sigmaW2 = sigmaW * sigmaW, .sigmaB2 = request.biasStd * request.biasStd};
    addFixedPoints(phi, report);
    addEdge(phi, report);
    judgeIsometry(phi, report);
    report.library = theory::libraryGain(phi, report.gains);
    addNotes(phi, report);
    addCurve(phi, report.curve);
    if (execution.stopRequested()) {
        return Error("stopped");
    }
    return report;
}

} // namespace initlens::experiment
