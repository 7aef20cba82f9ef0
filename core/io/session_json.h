#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace initlens::io {

/// Version of the session file that this program writes and reads.
inline constexpr std::int64_t sessionSchemaVersion = 1;

/// The first key of a session, by which it is known from a result; its value is the version of
/// the program.
inline constexpr std::string_view sessionKey = "initlens_session";

/// What a session may hold at most: more than any window shows.
inline constexpr std::size_t mostSessionRuns = 1000;
inline constexpr std::size_t mostSessionCharts = 64;
inline constexpr std::size_t longestSessionName = 4096; ///< in bytes
inline constexpr std::int64_t largestSessionStyle = 1'000'000;

} // namespace initlens::io
