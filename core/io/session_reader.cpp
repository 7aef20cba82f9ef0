#include "core/io/json_document.h"
#include "core/io/json_place.h"
#include "core/io/result_file.h"
#include "core/io/result_json.h"
#include "core/io/session_file.h"
#include "core/io/session_json.h"
#include "core/io/spec_reader.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace initlens::io {

namespace {

bool isSession(const Json& document)
{
    return document.is_object() && document.contains(sessionKey);
}

bool checkSessionSchema(const JsonPlace& root)
{
    static constexpr std::array<std::string_view, 5> keys = {sessionKey, "schema", "spec", "charts",
                                                             "runs"};
    if (!isSession(root.value())) {
        root.complain("it is not a session of InitLens");
        return false;
    }
    const auto schema = root.member("schema");
    const auto version = schema ? schema->whole(1, std::int64_t{1} << 40) : std::nullopt;
    if (!version) {
        return false;
    }
    if (*version > sessionSchemaVersion) {
        root.complain(fmt::format("this session is from a newer InitLens (schema {}); this one "
                                  "reads schema {}",
                                  *version, sessionSchemaVersion));
        return false;
    }
    return root.object(keys);
}

std::string readName(const JsonPlace& place)
{
    auto name = place.text();
    if (name && name->size() > longestSessionName) {
        place.complain(fmt::format("must have at most {} bytes", longestSessionName));
        return {};
    }
    return std::move(name).value_or(std::string{});
}

bool readFlag(const JsonPlace& place)
{
    if (!place.value().is_boolean()) {
        place.complain("must be true or false");
        return false;
    }
    return place.value().get<bool>();
}

experiment::RunSpec readValidSpec(const JsonPlace& place, Error& problems)
{
    const std::size_t before = problems.problems.size();
    auto spec = readSpecFields(place);
    if (problems.problems.size() == before) {
        for (const auto& problem : experiment::validate(spec).problems) {
            place.complain(problem);
        }
    }
    return spec;
}

SessionRun readRun(const JsonPlace& place, Error& problems)
{
    static constexpr std::array<std::string_view, 6> keys = {"name",  "own_name", "visible",
                                                             "style", "spec",     "result"};
    SessionRun run;
    if (!place.object(keys)) {
        return run;
    }
    if (const auto name = place.member("name")) {
        run.name = readName(*name);
    }
    if (const auto ownName = place.member("own_name")) {
        run.ownName = readFlag(*ownName);
    }
    if (const auto visible = place.member("visible")) {
        run.visible = readFlag(*visible);
    }
    if (const auto style = place.member("style")) {
        run.style = static_cast<int>(style->whole(0, largestSessionStyle).value_or(0));
    }
    if (const auto spec = place.member("spec")) {
        run.spec = readValidSpec(*spec, problems);
    }
    if (place.has("result")) {
        const auto result = place.member("result");
        auto record = readRecord(result->value(), result->path());
        if (record) {
            run.record = std::make_shared<const experiment::RunRecord>(*std::move(record));
        } else {
            problems.append(record.error());
        }
    }
    return run;
}

void readCharts(const JsonPlace& place, SessionDocument& session)
{
    if (!place.list()) {
        return;
    }
    if (place.value().size() > mostSessionCharts) {
        place.complain(fmt::format("must have at most {} elements", mostSessionCharts));
        return;
    }
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        session.charts.push_back(readName(place.at(i)));
    }
}

void readRuns(const JsonPlace& place, SessionDocument& session, Error& problems)
{
    if (!place.list()) {
        return;
    }
    if (place.value().empty() || place.value().size() > mostSessionRuns) {
        place.complain(fmt::format("must have 1 to {} elements", mostSessionRuns));
        return;
    }
    for (std::size_t i = 0; i < place.value().size() && problems.empty(); ++i) {
        session.runs.push_back(readRun(place.at(i), problems));
    }
}

Result<SessionDocument> readDocument(const Json& document)
{
    Error problems;
    const JsonPlace root(document, {}, problems);
    SessionDocument session;
    if (!checkSessionSchema(root)) {
        return problems;
    }
    if (const auto version = root.member(sessionKey)) {
        readName(*version);
    }
    if (const auto spec = root.member("spec")) {
        session.spec = readValidSpec(*spec, problems);
    }
    if (const auto charts = root.member("charts")) {
        readCharts(*charts, session);
    }
    if (const auto runs = root.member("runs")) {
        readRuns(*runs, session, problems);
    }
    if (!problems.empty()) {
        return problems;
    }
    return session;
}

template <class Value>
Result<OpenedFile> opened(Result<Value> value)
{
    if (!value) {
        return value.error();
    }
    return OpenedFile(*std::move(value));
}

Result<OpenedFile> openedFromJson(std::string_view text)
{
    const auto document = parseDocument(text);
    if (!document) {
        return document.error();
    }
    if (isSession(*document)) {
        return opened(readDocument(*document));
    }
    if (document->is_object() && !document->contains("schema") && !document->contains("readings")) {
        Error problems;
        const auto spec = readValidSpec(JsonPlace(*document, {}, problems), problems);
        if (!problems.empty()) {
            return problems;
        }
        return OpenedFile(spec);
    }
    return opened(readRecord(*document, {}));
}

} // namespace

Result<SessionDocument> sessionFromJson(std::string_view text)
{
    const auto document = parseDocument(text);
    if (!document) {
        return document.error();
    }
    return readDocument(*document);
}

Result<OpenedFile> readOpenedFile(const std::filesystem::path& path)
{
    const auto text = readFile(path, largestJsonFile());
    if (!text) {
        return text.error();
    }
    auto file = openedFromJson(*text);
    if (!file) {
        return Error(fmt::format("'{}': {}", path.string(), file.error().message()));
    }
    return file;
}

} // namespace initlens::io
