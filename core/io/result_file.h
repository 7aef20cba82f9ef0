#pragma once

#include "core/base/execution.h"
#include "core/base/result.h"
#include "core/experiment/run.h"
#include "core/experiment/shorthand.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace initlens::io {

/// Bytes of the largest JSON file that is read on this machine; larger ones are refused unread.
/// What is parsed takes many times the memory of its text.
std::uintmax_t largestJsonFile();

/// The result file, schema version 1, as UTF-8 JSON; numbers read back as the same doubles.
std::string resultToJson(const experiment::RunRecord& record);

/// Reads a result. Nothing is taken on trust: syntax, nesting, types, counts, the schema version
/// and the spec are checked; the message says what is wrong and where.
Result<experiment::RunRecord> resultFromJson(std::string_view text);

/// A spec as JSON: the fields' keys; a choice is its id, or an object with `id` and its parameters.
std::string specToJson(const experiment::RunSpec& spec);

/// Reads a spec, or the spec inside a result. Fields that are absent keep their default; unknown
/// keys are errors that name the nearest valid one.
Result<experiment::RunSpec> specFromJson(std::string_view text);
/// A network in one line (experiment::specFromShorthand), or the JSON of a spec or result, which is
/// whole and owes nothing to `base`.
Result<experiment::ShorthandReading> specFromLine(std::string_view text,
                                                  const experiment::RunSpec& base);

Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t largest);
Result<experiment::RunRecord> readResult(const std::filesystem::path& path);
Result<experiment::RunSpec> readSpec(const std::filesystem::path& path);

/// Writes a file whole or not at all: beside its place first, then flushed, then renamed. A failed
/// write leaves an existing file as it was.
Status writeFile(const std::filesystem::path& path, std::string_view contents);

Status writeResult(const std::filesystem::path& path, const experiment::RunRecord& record);

/// One CSV per reading into a directory, which is made when it is not there: `<diagnostic>.csv`.
Status writeCsv(const std::filesystem::path& directory, const experiment::RunRecord& record);

/// The network of trial 0 as NPZ (numpy's own format): W_1.., b_1.., x_0, v, drawn again from
/// their streams layer by layer.
Status writeNetwork(const std::filesystem::path& path, const experiment::RunSpec& spec,
                    const Execution& execution, int threads);

} // namespace initlens::io
