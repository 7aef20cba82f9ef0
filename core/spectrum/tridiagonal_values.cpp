#include "core/spectrum/tridiagonal_values.h"

#include "core/base/matrix.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace initlens::spectrum {

namespace {

// Vectors of the compiler, as wide as the processor's; four of them in flight hide the latency of
// the recurrence.
#if defined(__AVX512F__)
constexpr Index lanes = 8;
#elif defined(__AVX__)
constexpr Index lanes = 4;
#else
constexpr Index lanes = 2;
#endif
constexpr Index vectors = 4;
constexpr Index together = lanes * vectors;
using Lanes [[gnu::vector_size(lanes * sizeof(double))]] = double;
using Bits [[gnu::vector_size(lanes * sizeof(std::int64_t))]] = std::uint64_t;

/// Points at which eigenvalues are counted together, and the counts.
using Points = Eigen::Array<double, together, 1>;
using Counts = Eigen::Array<std::int64_t, together, 1>;

/// A tridiagonal matrix divided by its norm.
struct Tridiagonal {
    std::vector<double> diagonal;
    std::vector<double> squares; ///< of the sub-diagonal; the first element is 0
};

/// How many eigenvalues lie below each point: the sign changes of the leading principal minors of
/// T - x, by their three-term recurrence.
Counts countBelow(const Tridiagonal& matrix, const Points& points)
{
    // Minors grow at most threefold a row and shrink by the smallest square at most every other.
    constexpr std::size_t rowsPerScaling = 8;
    std::array<Lanes, vectors> at{};
    std::array<Lanes, vectors> before{};
    std::array<Lanes, vectors> minor{};
    std::array<Bits, vectors> changes{};
    std::memcpy(at.data(), points.data(), sizeof at);
    minor.fill(Lanes{} + 1);
    const std::size_t size = matrix.diagonal.size();
    for (std::size_t begin = 0; begin < size; begin += rowsPerScaling) {
        const std::size_t end = std::min(size, begin + rowsPerScaling);
        for (std::size_t i = begin; i < end; ++i) {
            const double diagonal = matrix.diagonal[i];
            const double square = matrix.squares[i];
#pragma GCC unroll 4
            for (std::size_t v = 0; v < vectors; ++v) {
                const Lanes next = (diagonal - at[v]) * minor[v] - square * before[v];
                changes[v] +=
                    (reinterpret_cast<Bits>(next) ^ reinterpret_cast<Bits>(minor[v])) >> 63;
                before[v] = minor[v];
                minor[v] = next;
            }
        }
#pragma GCC unroll 4
        for (std::size_t v = 0; v < vectors; ++v) {
            const Lanes a = before[v] < 0 ? -before[v] : before[v];
            const Lanes b = minor[v] < 0 ? -minor[v] : minor[v];
            const Lanes scale = 1 / (a > b ? a : b);
            before[v] *= scale;
            minor[v] *= scale;
        }
    }
    Counts counts;
    std::memcpy(counts.data(), changes.data(), sizeof changes);
    return counts;
}

/// Calls body(first, number of points) for groups of points in parallel.
template <class Body>
void forEachGroup(Index count, const Execution& execution, const Body& body)
{
    parallelFor(static_cast<std::size_t>((count + together - 1) / together), execution,
                [&](std::size_t group) {
                    const Index first = static_cast<Index>(group) * together;
                    body(first, std::min(together, count - first));
                });
}

} // namespace

std::vector<double> tridiagonalEigenvalues(const std::vector<double>& diagonal,
                                           const std::vector<double>& offDiagonal,
                                           const Execution& execution, double resolution)
{
    const std::size_t size = diagonal.size();
    // Gershgorin's discs hold all eigenvalues.
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (std::size_t i = 0; i < size; ++i) {
        const double radius = (i > 0 ? std::abs(offDiagonal[i - 1]) : 0) +
                              (i + 1 < size ? std::abs(offDiagonal[i]) : 0);
        low = std::min(low, diagonal[i] - radius);
        high = std::max(high, diagonal[i] + radius);
    }
    const double norm = std::max(std::abs(low), std::abs(high));
    if (size == 0 || norm == 0) {
        return std::vector<double>(size, 0.0);
    }
    // A coupling of 1e-20 moves no eigenvalue by more, and keeps minors from vanishing in a row.
    constexpr double smallestSquare = 1e-40;
    Tridiagonal matrix{std::vector<double>(size), std::vector<double>(size)};
    for (std::size_t i = 0; i < size; ++i) {
        const double coupling = i > 0 ? offDiagonal[i - 1] / norm : 0;
        matrix.diagonal[i] = diagonal[i] / norm;
        matrix.squares[i] = i > 0 ? std::max(coupling * coupling, smallestSquare) : 0;
    }
    constexpr double epsilon = std::numeric_limits<double>::epsilon();
    low = low / norm - 4 * epsilon;
    high = high / norm + 4 * epsilon;

    // Counts at equidistant points spare every eigenvalue its first steps.
    const auto count = static_cast<Index>(size);
    const double distance = (high - low) / static_cast<double>(count);
    std::vector<std::int64_t> below(size + 1, 0);
    forEachGroup(count, execution, [&](Index first, Index points) {
        const Points at = low + distance * (Points::LinSpaced(together, 0, together - 1) +
                                            static_cast<double>(first + 1));
        const Counts counts = countBelow(matrix, at);
        std::copy_n(counts.data(), points, below.begin() + first + 1);
    });
    below.back() = count;

    const int steps =
        static_cast<int>(std::ceil(std::log2(2 * distance / std::max(resolution, epsilon))));
    std::vector<double> values(size);
    forEachGroup(count, execution, [&](Index first, Index points) {
        Points lower = Points::Constant(low);
        Points width = Points::Constant(distance);
        Counts index = Counts::Constant(count);
        for (Index k = 0; k < points; ++k) {
            index[k] = first + k;
            const auto place = std::upper_bound(below.begin() + 1, below.end(), index[k]);
            lower[k] = low + distance * static_cast<double>(place - below.begin() - 1);
        }
        for (int step = 0; step < steps && !execution.stopRequested(); ++step) {
            width /= 2;
            const Points middle = lower + width;
            const Counts counts = countBelow(matrix, middle);
            lower = (counts <= index).select(middle, lower);
        }
        for (Index k = 0; k < points; ++k) {
            values[static_cast<std::size_t>(first + k)] = norm * (lower[k] + width[k] / 2);
        }
    });
    return execution.stopRequested() ? std::vector<double>{} : values;
}

} // namespace initlens::spectrum
