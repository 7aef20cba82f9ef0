#include "core/io/fans_json.h"

#include "core/io/json_text.h"

namespace initlens::io {

namespace {

void writeFans(JsonText& json, const initializers::Fans& fans)
{
    json.key("fan_in").whole(fans.in);
    json.key("fan_out").whole(fans.out);
}

} // namespace

std::string fansToJson(const initializers::FanReport& report)
{
    JsonText json;
    json.openObject();
    json.key("connections").openObject();
    writeFans(json, report.connections);
    json.closeObject();
    json.key("frameworks").openList();
    for (const auto& framework : report.frameworks) {
        json.element().openObject();
        json.key("framework").text(framework.framework);
        if (framework.fans) {
            json.key("layer").text(framework.layer);
            json.key("shape").wholes(std::span<const Index>(framework.shape));
            writeFans(json, *framework.fans);
        }
        if (!framework.difference.empty()) {
            json.key("difference").text(framework.difference);
        }
        json.closeObject();
    }
    json.closeList();
    json.closeObject();
    return json.take();
}

} // namespace initlens::io
