#include "core/base/memory.h"

#include "core/base/buffer.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace initlens {

namespace {

constexpr double share = 0.8;

/// The number after `key` in a file of lines "key number", in its unit.
std::optional<double> numberAfter(const char* file, const std::string& key)
{
    std::ifstream stream(file);
    std::string word;
    while (stream >> word) {
        double value = 0;
        if (word == key && stream >> value) {
            return value;
        }
    }
    return std::nullopt;
}

/// A file that holds one number; nothing where it is absent or says "max".
std::optional<double> numberIn(const char* file)
{
    std::ifstream stream(file);
    double value = 0;
    return stream >> value ? std::optional(value) : std::nullopt;
}

/// What a control group leaves of its limit. Files that it may give back count as free.
std::optional<double> leftInGroup(const char* limitFile, const char* usedFile, const char* statFile,
                                  const char* cacheKey)
{
    const auto limit = numberIn(limitFile);
    const auto used = numberIn(usedFile);
    if (!limit || !used) {
        return std::nullopt;
    }
    return std::max(0.0, *limit - *used + numberAfter(statFile, cacheKey).value_or(0));
}

std::optional<double> leftOfAddressSpace()
{
#ifdef __linux__
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        constexpr double kibibyte = 1024;
        const double used = numberAfter("/proc/self/status", "VmSize:").value_or(0) * kibibyte;
        return std::max(0.0, static_cast<double>(limit.rlim_cur) - used);
    }
#endif
    return std::nullopt;
}

} // namespace

double availableMemory()
{
    double bytes = std::numeric_limits<double>::infinity();
    const auto limitTo = [&](std::optional<double> other) {
        bytes = std::min(bytes, other.value_or(bytes));
    };
    constexpr double kibibyte = 1024;
    if (const auto available = numberAfter("/proc/meminfo", "MemAvailable:")) {
        limitTo(*available * kibibyte);
    }
    limitTo(leftInGroup("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current",
                        "/sys/fs/cgroup/memory.stat", "inactive_file"));
    limitTo(leftInGroup("/sys/fs/cgroup/memory/memory.limit_in_bytes",
                        "/sys/fs/cgroup/memory/memory.usage_in_bytes",
                        "/sys/fs/cgroup/memory/memory.stat", "total_inactive_file"));
    limitTo(leftOfAddressSpace());
    return share * (bytes + bytesBeingFreed());
}

} // namespace initlens
