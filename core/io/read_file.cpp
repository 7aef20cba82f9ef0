#include "core/base/memory.h"
#include "core/io/result_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <system_error>

namespace initlens::io {

namespace {

Error cannotRead(const std::filesystem::path& path, std::string_view why)
{
    return Error(fmt::format("cannot read '{}': {}", path.string(), why));
}

std::string systemReason()
{
    return std::generic_category().message(errno);
}

/// Closes a descriptor at the end of its scope.
struct Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    ~Descriptor()
    {
        if (number >= 0) {
            ::close(number);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

/// Why a file with this status cannot be read, empty when it can. Pipes may be: their end is not
/// known beforehand, so the limit is watched while they are read.
std::string refusal(const struct stat& info, std::uintmax_t largest)
{
    if (S_ISDIR(info.st_mode)) {
        return "it is a directory";
    }
    if (!S_ISREG(info.st_mode) && !S_ISFIFO(info.st_mode)) {
        return "it is a device, not a file";
    }
    if (static_cast<std::uintmax_t>(info.st_size) > largest) {
        return fmt::format("it has {} bytes; {} are allowed", info.st_size, largest);
    }
    return {};
}

} // namespace

std::uintmax_t largestJsonFile()
{
    // The worst text, nothing but brackets, takes 20 times its size once it is parsed.
    constexpr double bytesPerByte = 24;
    constexpr double most = 2e9;
    return static_cast<std::uintmax_t>(std::min(most, availableMemory() / bytesPerByte));
}

Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t largest)
{
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0) {
        return cannotRead(path, systemReason());
    }
    // Looked at before it is opened: opening a device may already do something.
    if (const std::string why = refusal(info, largest); !why.empty()) {
        return cannotRead(path, why);
    }
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number < 0) {
        return cannotRead(path, systemReason());
    }
    constexpr std::size_t smallestStep = std::size_t{1} << 16;
    std::string contents;
    std::size_t filled = 0;
    try {
        while (true) {
            if (filled == contents.size()) {
                const auto expected = static_cast<std::size_t>(info.st_size) + 1;
                contents.resize(std::max({expected, filled + filled / 2, smallestStep}));
            }
            const ssize_t got =
                ::read(file.number, contents.data() + filled, contents.size() - filled);
            if (got < 0 && errno != EINTR) {
                return cannotRead(path, systemReason());
            }
            if (got == 0) {
                break;
            }
            filled += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
            if (filled > largest) {
                return cannotRead(path, fmt::format("it has more than {} bytes", largest));
            }
        }
    } catch (const std::bad_alloc&) {
        return cannotRead(path, "there is not enough memory for it");
    }
    contents.resize(filled);
    return contents;
}

} // namespace initlens::io
