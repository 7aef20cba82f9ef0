#include "core/diagnostics/diagnostic.h"
#include "core/io/reading_reader.h"
#include "core/io/result_file.h"
#include "core/io/result_json.h"
#include "core/io/schema.h"
#include "core/io/spec_reader.h"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace initlens::io {

namespace {

using experiment::RunRecord;

constexpr double longestTime = 1e12;

void readTiming(const JsonPlace& place, experiment::Timing& timing)
{
    static constexpr std::array<std::string_view, 6> keys = {
        "draw_s", "forward_s", "backward_s", "spectrum_s", "total_s", "threads"};
    if (!place.object(keys)) {
        return;
    }
    const auto seconds = [&](std::string_view key) {
        const auto member = place.member(key);
        return member ? member->number(0, longestTime).value_or(0) : 0;
    };
    timing.drawSeconds = seconds("draw_s");
    timing.forwardSeconds = seconds("forward_s");
    timing.backwardSeconds = seconds("backward_s");
    timing.spectrumSeconds = seconds("spectrum_s");
    timing.totalSeconds = seconds("total_s");
    if (const auto member = place.member("threads")) {
        timing.threads = static_cast<int>(member->whole(0, 1 << 20).value_or(0));
    }
}

void readEvents(const JsonPlace& place, RunRecord& record)
{
    if (!place.list()) {
        return;
    }
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        if (auto text = place.at(i).text()) {
            record.events.push_back(*std::move(text));
        }
    }
}

void readOutcome(const JsonPlace& place, RunRecord& record)
{
    using experiment::Outcome;
    const auto text = place.text();
    for (const Outcome outcome : {Outcome::Finished, Outcome::Cancelled}) {
        if (text == outcomeName(outcome)) {
            record.outcome = outcome;
            return;
        }
    }
    if (text) {
        place.complain("must be 'finished' or 'cancelled'");
    }
}

/// Nothing in files older than this member, and where there was nothing to compare.
void readAgreements(const JsonPlace& place, RunRecord& record)
{
    static constexpr std::array<std::string_view, 3> keys = {"diagnostic", "statement", "value"};
    if (!place.list()) {
        return;
    }
    for (std::size_t i = 0; i < place.value().size(); ++i) {
        const JsonPlace one = place.at(i);
        if (!one.object(keys)) {
            return;
        }
        const auto diagnostic = one.member("diagnostic");
        const auto statement = one.member("statement");
        const auto value = one.member("value");
        if (!diagnostic || !statement || !value) {
            return;
        }
        const auto id = diagnostic->text();
        const auto sentence = statement->text();
        // What is beyond all numbers is null.
        const auto number = value->value().is_null()
                                ? std::numeric_limits<double>::infinity()
                                : value->number(0, std::numeric_limits<double>::max());
        if (!id || !sentence || !number) {
            return;
        }
        const auto table = diagnostics::Diagnostic::table();
        if (findRow(table, *id) == nullptr) {
            diagnostic->complain(unknownIdMessage(diagnostics::Diagnostic::kind, *id, ids(table)));
            return;
        }
        record.agreements.push_back({*id, *sentence, *number});
    }
}

} // namespace

Result<RunRecord> readRecord(const Json& document, const std::string& path)
{
    Error problems;
    const JsonPlace root(document, path, problems);
    RunRecord record;
    if (!checkSchema(root)) {
        return problems;
    }
    if (const auto version = root.member("initlens")) {
        record.version = version->text().value_or(std::string{});
    }
    if (const auto spec = root.member("spec")) {
        record.spec = readSpecFields(*spec);
        if (problems.empty()) {
            problems.append(experiment::validate(record.spec));
        }
    }
    if (!problems.empty()) {
        return problems; // what follows depends on the spec
    }
    if (const auto outcome = root.member("outcome")) {
        readOutcome(*outcome, record);
    }
    if (const auto events = root.member("events")) {
        readEvents(*events, record);
    }
    if (const auto timing = root.member("timing")) {
        readTiming(*timing, record.timing);
    }
    if (const auto readings = root.member("readings")) {
        readReadings(*readings, record);
    }
    if (root.has("agreement")) {
        readAgreements(*root.member("agreement"), record);
    }
    if (!problems.empty()) {
        return problems;
    }
    return record;
}

Result<RunRecord> resultFromJson(std::string_view text)
{
    const auto document = parseDocument(text);
    if (!document) {
        return document.error();
    }
    return readRecord(*document, {});
}

Result<RunRecord> readResult(const std::filesystem::path& path)
{
    const auto text = readFile(path, largestJsonFile());
    if (!text) {
        return text.error();
    }
    auto record = resultFromJson(*text);
    if (!record) {
        return Error(fmt::format("'{}': {}", path.string(), record.error().message()));
    }
    return record;
}

} // namespace initlens::io
