#include "core/io/safe_file.h"

#include "core/io/result_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <random>
#include <system_error>
#include <utility>

namespace initlens::io {

namespace fs = std::filesystem;

namespace {

std::string reason(int code)
{
    return std::generic_category().message(code);
}

Error cannotWrite(const fs::path& path, std::string_view why)
{
    return Error(fmt::format("cannot write '{}': {}", path.string(), why));
}

/// The place that `path` names in the end. The last links of a chain are followed by hand, because
/// the file at the end of it need not exist.
Result<fs::path> followLinks(const fs::path& path)
{
    constexpr int longestChain = 40;
    fs::path place = path;
    for (int i = 0; i < longestChain; ++i) {
        std::error_code code;
        const fs::path parent = place.has_parent_path() ? place.parent_path() : fs::path(".");
        const fs::path directory = fs::canonical(parent, code);
        if (code) {
            return cannotWrite(path, fmt::format("there is no directory '{}'", parent.string()));
        }
        place = directory / place.filename();
        // Descriptors of this process look like links to files, but are no places to rename to.
        if (place.string().starts_with("/proc/") || !fs::is_symlink(place, code)) {
            return place;
        }
        const fs::path link = fs::read_symlink(place, code);
        if (code) {
            return cannotWrite(path, reason(code.value()));
        }
        place = link.is_absolute() ? link : directory / link;
    }
    return cannotWrite(path, reason(ELOOP));
}

Status syncDirectory(const fs::path& directory)
{
    const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return Done{}; // a directory that may be written but not read
    }
    const bool failed = ::fsync(descriptor) != 0 && errno == EIO;
    ::close(descriptor);
    if (failed) {
        return cannotWrite(directory, reason(EIO));
    }
    return Done{};
}

} // namespace

Result<SafeFile> SafeFile::create(const fs::path& path)
{
    if (path.empty()) {
        return Error("the name of the file to write is empty");
    }
    struct stat info = {};
    const bool exists = ::stat(path.c_str(), &info) == 0;
    if ((exists && S_ISDIR(info.st_mode)) || !path.has_filename()) {
        return cannotWrite(path, "it names a directory");
    }
    auto target = followLinks(path);
    if (!target) {
        return target.error();
    }
    SafeFile file(path, *target);
    const bool straight =
        (exists && !S_ISREG(info.st_mode)) || target->string().starts_with("/proc/");
    if (auto status = straight ? file.openStraight() : file.openBeside(); !status) {
        return status.error();
    }
    return file;
}

Status SafeFile::openStraight()
{
    // Through the name that was asked for: the end of the chain may be "pipe:[4711]".
    m_descriptor = ::open(m_asked.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);
    if (m_descriptor < 0) {
        return failure(errno);
    }
    return Done{};
}

Status SafeFile::openBeside()
{
    struct stat info = {};
    const bool exists = ::stat(m_target.c_str(), &info) == 0;
    if (exists && ::access(m_target.c_str(), W_OK) != 0) {
        return failure(errno); // a rename would replace even a write-protected file
    }
    constexpr int attempts = 100;
    std::random_device entropy;
    for (int i = 0; i < attempts; ++i) {
        fs::path beside = m_target.parent_path() / fmt::format(".initlens-{:08x}.part", entropy());
        m_descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (m_descriptor >= 0) {
            m_temporary = std::move(beside);
            break;
        }
        if (errno != EEXIST) {
            return failure(errno);
        }
    }
    if (m_descriptor < 0) {
        return failure(EEXIST);
    }
    if (exists && ::fchmod(m_descriptor, info.st_mode & 07777) != 0) {
        return failure(errno);
    }
    return Done{};
}

SafeFile::SafeFile(SafeFile&& other) noexcept
    : m_asked(std::move(other.m_asked)), m_target(std::move(other.m_target)),
      m_temporary(std::exchange(other.m_temporary, {})),
      m_descriptor(std::exchange(other.m_descriptor, -1))
{}

SafeFile& SafeFile::operator=(SafeFile&& other) noexcept
{
    if (this != &other) {
        discard();
        m_asked = std::move(other.m_asked);
        m_target = std::move(other.m_target);
        m_temporary = std::exchange(other.m_temporary, {});
        m_descriptor = std::exchange(other.m_descriptor, -1);
    }
    return *this;
}

SafeFile::~SafeFile()
{
    discard();
}

void SafeFile::discard()
{
    if (m_descriptor >= 0) {
        ::close(std::exchange(m_descriptor, -1));
    }
    if (!m_temporary.empty()) {
        ::unlink(m_temporary.c_str());
        m_temporary.clear();
    }
}

Error SafeFile::failure(int code) const
{
    return cannotWrite(m_asked, reason(code));
}

Status SafeFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return failure(errno);
        }
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    return Done{};
}

Status SafeFile::commit()
{
    const bool beside = !m_temporary.empty();
    if (beside && ::fsync(m_descriptor) != 0) {
        return failure(errno);
    }
    if (::close(std::exchange(m_descriptor, -1)) != 0 && errno != EINTR) {
        return failure(errno);
    }
    if (!beside) {
        return Done{};
    }
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return failure(errno);
    }
    m_temporary.clear();
    return syncDirectory(m_target.parent_path());
}

Status writeFile(const fs::path& path, std::string_view contents)
{
    auto file = SafeFile::create(path);
    if (!file) {
        return file.error();
    }
    if (auto status = file->write(contents); !status) {
        return status;
    }
    return file->commit();
}

} // namespace initlens::io
