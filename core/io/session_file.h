#pragma once

#include "core/base/result.h"
#include "core/experiment/run.h"
#include "core/experiment/run_spec.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace initlens::io {

/// A run in the list of a window, with what a result file of it would hold.
struct SessionRun {
    std::string name;
    bool ownName = false; ///< given by a person: it stays when the settings change
    bool visible = true;
    int style = 0; ///< which colour, marker and line draw it
    experiment::RunSpec spec = {};
    experiment::RecordPointer record = nullptr; ///< null where it is to be computed
};

/// Everything that a person has in the window: a value that may be written on any thread.
struct SessionDocument {
    experiment::RunSpec spec;        ///< the settings; its histogram layer is the selected one
    std::vector<std::string> charts; ///< their keys, in the order of their places
    std::vector<SessionRun> runs;    ///< the current one first, then the pinned ones
};
using SessionPointer = std::shared_ptr<const SessionDocument>;

/// Whether a person has the same in both, results apart: those can be computed again.
bool sameSettings(const SessionDocument& a, const SessionDocument& b);

/// The session file, schema version 1, as UTF-8 JSON; each run has a result file within.
std::string sessionToJson(const SessionDocument& session);

/// Reads a session as a whole or not at all, taking nothing on trust, as resultFromJson does. A
/// file of a newer version is refused with a sentence that says so.
Result<SessionDocument> sessionFromJson(std::string_view text);

/// Writes a session whole or not at all.
Status writeSession(const std::filesystem::path& path, const SessionDocument& session);

/// What a file that can be opened in the window holds.
using OpenedFile = std::variant<SessionDocument, experiment::RunRecord, experiment::RunSpec>;

/// Reads a session, a result or a spec; which one, the file's own keys tell.
Result<OpenedFile> readOpenedFile(const std::filesystem::path& path);

} // namespace initlens::io
