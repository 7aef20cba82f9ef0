#include "app/command_line/output_paths.h"

#include "app/command_line/terminal.h"
#include "core/io/result_file.h"

#include <fmt/format.h>

#include <unistd.h>

#include <system_error>

namespace initlens::app {

namespace fs = std::filesystem;

namespace {

std::string parentRefusal(const fs::path& path)
{
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::error_code code;
    if (!fs::is_directory(parent, code)) {
        return fmt::format("cannot write '{}': there is no directory '{}'", path.string(),
                           parent.string());
    }
    if (::access(parent.c_str(), W_OK | X_OK) != 0) {
        return fmt::format("cannot write '{}': the directory '{}' may not be written to",
                           path.string(), parent.string());
    }
    return {};
}

} // namespace

std::string fileRefusal(const fs::path& path)
{
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (fs::is_directory(status)) {
        return fmt::format("cannot write '{}': it is a directory", path.string());
    }
    if (fs::exists(status) && ::access(path.c_str(), W_OK) != 0) {
        return fmt::format("cannot write '{}': it is write-protected", path.string());
    }
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        return {}; // a device or a pipe: nothing is made beside it
    }
    const fs::path target = fs::weakly_canonical(path, code);
    if (code || target.string().starts_with("/proc/")) {
        return {};
    }
    return parentRefusal(target.has_filename() && fs::is_symlink(path, code) ? target : path);
}

std::string directoryRefusal(const fs::path& path)
{
    std::error_code code;
    if (!fs::exists(path, code)) {
        // "made/here/" names the same directory as "made/here".
        return parentRefusal(path.has_filename() ? path : path.parent_path());
    }
    if (!fs::is_directory(path, code)) {
        return fmt::format("--csv needs a directory; '{}' is a file", path.string());
    }
    if (::access(path.c_str(), W_OK | X_OK) != 0) {
        return fmt::format("the directory '{}' may not be written to", path.string());
    }
    return {};
}

const std::string* outputFile(const Invocation& invocation, Error& problems)
{
    const std::string* output = invocation.find("--output");
    if (output != nullptr) {
        if (const std::string why = fileRefusal(*output); !why.empty()) {
            problems.add(why);
        }
    }
    return output;
}

int deliver(std::string_view text, const std::string* output)
{
    if (output == nullptr) {
        return print(text);
    }
    const auto status = io::writeFile(*output, text);
    return status ? number(ExitCode::Done) : fail(status.error(), ExitCode::Failed);
}

} // namespace initlens::app
