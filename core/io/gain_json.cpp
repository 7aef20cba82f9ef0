#include "core/io/gain_json.h"

#include "core/io/json_text.h"

#include <cmath>
#include <limits>

namespace initlens::io {

namespace {

void writeEdge(JsonText& json, std::string_view key, const std::vector<theory::EdgePoint>& points)
{
    json.key(key).openList();
    for (const auto& point : points) {
        json.element().openObject();
        json.key("q_star").number(point.qStar.value_or(std::numeric_limits<double>::quiet_NaN()));
        json.key("sigma_w2").number(point.sigmaW2);
        json.key("sigma_b2").number(point.sigmaB2);
        json.key("stable").boolean(point.stable);
        json.closeObject();
    }
    json.closeList();
}

} // namespace

std::string gainToJson(const experiment::GainReport& report)
{
    JsonText json;
    json.openObject();
    json.key(report.request.formula ? "formula" : "activation").text(report.name);
    json.key("q").number(report.gains.q);
    json.key("mean").number(report.gains.mean);
    json.key("second_moment").number(report.gains.secondMoment);
    json.key("slope_second_moment").number(report.gains.slopeSecondMoment);
    json.key("gains").openObject();
    json.key("forward").number(report.gains.forward);
    json.key("backward").number(report.gains.backward);
    json.key("compromise").number(report.gains.compromise);
    json.closeObject();
    json.key("sigma_w").number(std::sqrt(report.law.sigmaW2));
    json.key("bias_std").number(std::sqrt(report.law.sigmaB2));
    json.key("conserved").boolean(report.conserved);
    json.key("fixed_points").openList();
    for (const auto& [point, chi1] : report.fixedPoints) {
        json.element().openObject();
        json.key("q").number(point.q);
        json.key("slope").number(point.slope);
        json.key("chi_1").number(chi1);
        json.key("stable").boolean(point.stable());
        json.closeObject();
    }
    json.closeList();
    writeEdge(json, "edge_without_bias", report.edgeWithoutBias);
    writeEdge(json, "edge", report.edge);
    if (!report.whyNoEdge.empty()) {
        json.key("why_no_edge").text(report.whyNoEdge);
    }
    json.key("isometry").openObject();
    json.key("possible").boolean(report.isometryPossible);
    json.key("why").text(report.isometry);
    json.closeObject();
    if (report.library) {
        json.key("pytorch").openObject();
        json.key("nonlinearity").text(report.library->name);
        json.key("gain").number(report.library->gain);
        json.key("forward_factor").number(report.library->forwardFactor);
        json.key("backward_factor").number(report.library->backwardFactor);
        json.closeObject();
    }
    json.key("notes").texts(report.notes);
    json.closeObject();
    return json.take();
}

} // namespace initlens::io
