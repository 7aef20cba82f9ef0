#pragma once

#include <filesystem>
#include <string>

namespace initlens::io {

/// A directory of the test's own, removed with all it holds.
class TemporaryDirectory {
public:
    TemporaryDirectory();
    ~TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const
    {
        return m_path / name;
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::size_t entries() const;

private:
    std::filesystem::path m_path;
};

/// What the file holds, byte for byte.
std::string contentsOf(const std::filesystem::path& path);

} // namespace initlens::io
