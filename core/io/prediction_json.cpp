#include "core/io/prediction_json.h"

#include "core/diagnostics/diagnostic.h"
#include "core/io/schema.h"
#include "core/io/spec_json.h"
#include "core/theory/activation_moments.h"
#include "core/theory/jacobian_spectrum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace initlens::io {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double orNull(const std::optional<double>& value)
{
    return value.value_or(none);
}

void writeMeanField(JsonText& json, const theory::MeanField& field)
{
    json.key("mean_field").openObject();
    json.key("sigma_w2").number(field.law.sigmaW2);
    json.key("sigma_b2").number(field.law.sigmaB2);
    json.key("q_star").number(orNull(field.qStar));
    json.key("chi_1").number(orNull(field.chi1));
    json.key("c_star").number(orNull(field.cStar));
    json.key("xi_q").number(orNull(field.lengthDepth));
    json.key("xi_c").number(orNull(field.correlationDepth));
    json.key("xi_grad").number(orNull(field.gradientDepth));
    json.key("phase").text(theory::phaseName(field.phase));
    json.key("fixed_points").openList();
    for (const auto& point : field.fixedPoints) {
        json.element().openObject();
        json.key("q").number(point.q);
        json.key("slope").number(point.slope);
        json.key("stable").boolean(point.stable());
        json.closeObject();
    }
    json.closeList();
    json.closeObject();
}

void writeReadings(JsonText& json, const experiment::RunSpec& spec,
                   const experiment::Prediction& prediction)
{
    std::vector<std::int32_t> layers(static_cast<std::size_t>(spec.depth));
    for (std::size_t i = 0; i < layers.size(); ++i) {
        layers[i] = static_cast<std::int32_t>(i + 1);
    }
    json.key("readings").openObject();
    for (const auto* row : diagnostics::Diagnostic::table()) {
        const std::string id(row->head.id);
        if (prediction.profiles.count(id) == 0) {
            continue;
        }
        json.key(id).openObject();
        json.key("kind").text("profile");
        json.key("scale").text(scaleName(row->scale));
        json.key("layers").wholes(std::span<const std::int32_t>(layers));
        writePredicted(json, prediction, *row, layers);
        json.closeObject();
    }
    json.closeObject();
}

/// The Jacobian of all layers with every layer at the fixed point.
theory::JacobianLaw lawAtFixedPoint(const experiment::Prediction& prediction)
{
    // Where q* is 0 or there is none, slopes are those of the smallest or of any variance.
    constexpr double smallest = 1e-8;
    const theory::NetworkLaw& law = *prediction.law;
    const theory::MeanField& field = *prediction.meanField;
    const double q =
        field.qStar ? std::max(*field.qStar, smallest) : (field.algebraic ? smallest : 1);
    return {.phi = theory::propagated(law),
            .sigmaW2 = law.hidden.sigmaW2,
            .ensemble = law.ensemble,
            .layers = {{.q = q, .count = law.depth}}};
}

/// Why there is no one variance at which all layers are.
std::string whyNoFixedPoint(const experiment::Prediction& prediction)
{
    const theory::MeanField& field = *prediction.meanField;
    if (field.phase == theory::Phase::Diverging &&
        !theory::isHomogeneous(theory::propagated(*prediction.law))) {
        return "the variance of the pre-activations grows without end, so that no two layers have "
               "the same slopes";
    }
    return {};
}

void writeSpectrum(JsonText& json, const experiment::Prediction& prediction,
                   const TheoryRequest& request)
{
    json.key("spectrum");
    const std::string whyNot = whyNoFixedPoint(prediction);
    theory::JacobianPrediction jacobian(lawAtFixedPoint(prediction));
    const theory::JacobianSpectrum& found = jacobian.spectrum();
    json.openObject();
    if (!whyNot.empty() || !found.reason.empty()) {
        json.key("why_not").text(whyNot.empty() ? found.reason : whyNot);
        json.closeObject();
        return;
    }
    std::vector<double> moments;
    for (const double logMoment : found.logMoments) {
        moments.push_back(std::exp(logMoment));
    }
    json.key("moments").numbers(moments);
    json.key("log10_moments").openList();
    for (const double logMoment : found.logMoments) {
        json.element().number(logMoment / std::numbers::ln10);
    }
    json.closeList();
    json.key("s_max").number(std::exp(found.logSMax));
    json.key("log10_s_max").number(found.logSMax / std::numbers::ln10);
    json.key("atoms").openList();
    const auto writeAtom = [&](double s, double mass) {
        json.element().openObject();
        json.key("s").number(s);
        json.key("mass").number(mass);
        json.closeObject();
    };
    if (found.zeroMass > 0) {
        writeAtom(0, found.zeroMass);
    }
    for (const auto& atom : found.atoms) {
        writeAtom(std::exp(atom.logS), atom.mass);
    }
    json.closeList();
    std::vector<double> s = request.densityAt;
    std::vector<double> rho;
    if (s.empty()) {
        for (const auto& point : found.curve) {
            s.push_back(std::exp(point.logS));
            rho.push_back(point.density / s.back());
        }
    } else {
        for (const double value : s) {
            rho.push_back(jacobian.density(value));
        }
    }
    json.key("density").openObject();
    json.key("s").numbers(s);
    json.key("rho").numbers(rho);
    json.closeObject();
    json.closeObject();
}

} // namespace

void writePredicted(JsonText& json, const experiment::Prediction& prediction,
                    const diagnostics::Diagnostic& diagnostic, std::span<const std::int32_t> layers)
{
    const auto found = prediction.profiles.find(diagnostic.head.id);
    if (found == prediction.profiles.end()) {
        const std::string& reason = experiment::whyNot(prediction, diagnostic);
        if (!reason.empty()) {
            json.key("predicted").number(none);
            json.key("why_not").text(reason);
        }
        return;
    }
    const auto write = [&](std::string_view key, const std::vector<double>& all) {
        std::vector<double> values;
        for (const std::int32_t layer : layers) {
            values.push_back(layer >= 1 && static_cast<std::size_t>(layer) <= all.size()
                                 ? all[static_cast<std::size_t>(layer) - 1]
                                 : none);
        }
        json.key(key).numbers(values);
    };
    write("predicted", found->second.values);
    if (!found->second.low.empty()) {
        write("predicted_low", found->second.low);
        write("predicted_high", found->second.high);
    }
}

std::string theoryToJson(const experiment::RunSpec& spec, const experiment::Prediction& prediction,
                         const TheoryRequest& request)
{
    JsonText json;
    json.openObject();
    json.key("initlens").text(INITLENS_VERSION);
    json.key("schema").whole(schemaVersion);
    json.key("spec");
    writeSpec(json, spec);
    if (prediction.meanField) {
        writeMeanField(json, *prediction.meanField);
        writeReadings(json, spec, prediction);
        writeSpectrum(json, prediction, request);
    } else if (prediction.law) {
        json.key("mean_field").number(none);
        writeReadings(json, spec, prediction);
        json.key("spectrum").openObject();
        json.key("why_not").text(prediction.spectra.whyNot);
        json.closeObject();
    } else {
        json.key("mean_field").number(none);
        json.key("why_not").text(prediction.whyNot);
    }
    json.closeObject();
    return json.take();
}

} // namespace initlens::io
