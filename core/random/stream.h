#pragma once

#include "core/base/execution.h"

#include <cstdint>
#include <span>

namespace initlens::random {

/// What a stream of random numbers is for. Streams of different purposes never share a number.
/// The values are part of every result: never renumber them.
enum class Purpose : std::uint32_t {
    Weights = 1,
    Biases = 2,
    Input = 3,
    Cotangent = 4,
    Pattern = 5, ///< which weights of a sparse layer are there; which digits make the batch
    Probe = 6,   ///< probe vectors of spectrum estimators
};

/// A stream of random numbers, named by what it is for instead of carrying a state: element i is a
/// function of (seed, purpose, layer, trial, i) and nothing else. So any part of it can be drawn by
/// any thread, in any order, again and again.
///
/// The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) with the seed as key.
/// Numbers of type float and double are made of the same words, so they agree to single precision
/// (but in the far tails of the normal law, where single precision has few numbers).
struct Stream {
    std::uint64_t seed = 0;
    Purpose purpose = Purpose::Weights;
    std::uint32_t layer = 0;
    std::uint32_t trial = 0;
};

/// Draws are made in blocks of this many elements; a range may start only at a multiple of it.
inline constexpr std::int64_t blockSize = 1024;

/// Elements first .. first + out.size() - 1 of the stream of independent standard normal numbers
/// (Box and Muller 1958). `first` is a multiple of blockSize. T is float or double.
template <class T>
void fillNormal(const Stream& stream, std::int64_t first, std::span<T> out);

/// The same for standard normal numbers conditioned on |z| <= 2 (by the inverse of the
/// distribution function, so that an element still depends on its index alone). Their variance is
/// truncatedVariance.
template <class T>
void fillTruncatedNormal(const Stream& stream, std::int64_t first, std::span<T> out);

/// The same for numbers uniform on the open interval (0, 1).
template <class T>
void fillUniform(const Stream& stream, std::int64_t first, std::span<T> out);

/// Standard deviation of a standard normal number conditioned on |z| <= 2:
/// sqrt(1 - 4 pdf(2) / erf(sqrt 2)).
inline constexpr double truncatedDeviation = 0.87962566103423978;
inline constexpr double truncatedVariance = truncatedDeviation * truncatedDeviation;

/// A number of the stream, uniform on 0 .. bound - 1 (bound >= 1), for shuffles and choices.
std::uint64_t uniformIndex(const Stream& stream, std::int64_t element, std::uint64_t bound);

/// Fills a whole array from the stream, on the current workers.
enum class Law { Normal, TruncatedNormal, Uniform };
template <class T>
void fill(const Stream& stream, Law law, std::span<T> out, double scale, double offset,
          const Execution& execution);

} // namespace initlens::random
