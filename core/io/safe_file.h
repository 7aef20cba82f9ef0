#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace initlens::io {

/// A file that is written whole or not at all.
///
/// The bytes go to a temporary file beside the target; `commit()` flushes it to the disk and
/// renames it over the target. Until then, and after any failure, an existing target is untouched;
/// the destructor removes what was not committed. A symbolic link is followed, so that the file it
/// points to is replaced and not the link. Pipes and devices (/dev/stdout) are written straight.
///
///     auto file = SafeFile::create("result.json");
///     if (!file) { return file.error(); }
///     if (auto status = file->write(text); !status) { return status.error(); }
///     return file->commit();
class SafeFile {
public:
    static Result<SafeFile> create(const std::filesystem::path& path);

    SafeFile(SafeFile&& other) noexcept;
    SafeFile& operator=(SafeFile&& other) noexcept;
    ~SafeFile();

    Status write(std::string_view bytes);
    Status commit();

private:
    SafeFile(std::filesystem::path asked, std::filesystem::path target)
        : m_asked(std::move(asked)), m_target(std::move(target))
    {}
    Status openStraight();
    Status openBeside();
    [[nodiscard]] Error failure(int code) const;
    void discard();

    std::filesystem::path m_asked;     ///< as the caller names it: for messages
    std::filesystem::path m_target;    ///< the real place, links followed
    std::filesystem::path m_temporary; ///< empty when the target is written straight
    int m_descriptor = -1;
};

} // namespace initlens::io
