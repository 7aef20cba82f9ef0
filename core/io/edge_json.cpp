#include "core/io/edge_json.h"

#include "core/io/json_text.h"

#include <limits>

namespace initlens::io {

std::string edgeToJson(const EdgeResult& result)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    JsonText json;
    json.openObject();
    if (result.formula) {
        json.key("formula").text(*result.formula);
    } else {
        json.key("activation").text(choiceText(result.activation));
    }
    json.key("points").openList();
    for (const auto& point : result.points) {
        json.element().openObject();
        json.key("q_star").number(point.qStar.value_or(none));
        json.key("sigma_w2").number(point.sigmaW2);
        json.key("sigma_b2").number(point.sigmaB2);
        json.key("stable").boolean(point.stable);
        json.closeObject();
    }
    json.closeList();
    if (!result.whyNot.empty()) {
        json.key("why_not").text(result.whyNot);
    }
    json.closeObject();
    return json.take();
}

} // namespace initlens::io
