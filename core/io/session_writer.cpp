#include "core/io/json_text.h"
#include "core/io/result_file.h"
#include "core/io/result_json.h"
#include "core/io/session_file.h"
#include "core/io/session_json.h"
#include "core/io/spec_json.h"

#include <algorithm>

namespace initlens::io {

namespace {

void writeRun(JsonText& json, const SessionRun& run)
{
    json.openObject();
    json.key("name").text(run.name);
    json.key("own_name").boolean(run.ownName);
    json.key("visible").boolean(run.visible);
    json.key("style").whole(run.style);
    json.key("spec");
    writeSpec(json, run.spec);
    if (run.record != nullptr) {
        json.key("result");
        writeRecord(json, *run.record);
    }
    json.closeObject();
}

bool sameRun(const SessionRun& a, const SessionRun& b)
{
    return a.name == b.name && a.ownName == b.ownName && a.visible == b.visible &&
           a.style == b.style && a.spec == b.spec;
}

} // namespace

bool sameSettings(const SessionDocument& a, const SessionDocument& b)
{
    return a.spec == b.spec && a.charts == b.charts &&
           std::equal(a.runs.begin(), a.runs.end(), b.runs.begin(), b.runs.end(), sameRun);
}

std::string sessionToJson(const SessionDocument& session)
{
    JsonText json;
    json.openObject();
    json.key(sessionKey).text(INITLENS_VERSION);
    json.key("schema").whole(sessionSchemaVersion);
    json.key("spec");
    writeSpec(json, session.spec);
    json.key("charts").texts(session.charts);
    json.key("runs").openList();
    for (const SessionRun& run : session.runs) {
        writeRun(json.element(), run);
    }
    json.closeList();
    json.closeObject();
    return json.take();
}

Status writeSession(const std::filesystem::path& path, const SessionDocument& session)
{
    return writeFile(path, sessionToJson(session));
}

} // namespace initlens::io
