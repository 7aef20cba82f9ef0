#include "core/random/stream.h"

#include "core/base/parallel.h"
#include "core/random/philox.h"
#include "core/random/vector_math.h"

#include <algorithm>
#include <cassert>
#include <numbers>

namespace initlens::random {

namespace {

constexpr int wordsPerBlock = static_cast<int>(blockSize);

/// The 32-bit words of block `block` of a stream: one Philox call makes four of them. The words of
/// call c stand at c, c + n/4, c + n/2 and c + 3n/4, so that the loop over the calls is vector
/// code.
template <int words>
void philoxWords(const Stream& stream, std::uint64_t block, std::uint32_t* out,
                 std::uint32_t purposeBits = 0)
{
    constexpr int calls = words / 4;
    const auto purpose = static_cast<std::uint32_t>(stream.purpose) | purposeBits;
    const std::uint64_t firstCall = block * calls;
    // Counter: call number (48 bits), purpose (16 bits), layer, trial.
    philox(
        {{static_cast<std::uint32_t>(firstCall),
          static_cast<std::uint32_t>(firstCall >> 32) | (purpose << 16), stream.layer,
          stream.trial}},
        {{static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)}},
        calls, out);
}

/// Uniform numbers on the open interval (0, 1) for one block.
void uniformBlock(const Stream& stream, std::uint64_t block, float* out)
{
    alignas(64) std::uint32_t words[wordsPerBlock];
    philoxWords<wordsPerBlock>(stream, block, words);
    constexpr float step = 1.0F / 8388608.0F; // 23 bits: (k + 1/2) / 2^23 is exact, below one
    for (int i = 0; i < wordsPerBlock; ++i) {
        out[i] = (static_cast<float>(static_cast<std::int32_t>(words[i] >> 9)) + 0.5F) * step;
    }
}

void uniformBlock(const Stream& stream, std::uint64_t block, double* out)
{
    // The words of single precision give the leading digits, words of their own the others: both
    // precisions draw the same network, as far as single precision reaches.
    constexpr std::uint32_t lowerDigits = 0x8000;
    alignas(64) std::uint32_t leading[wordsPerBlock];
    alignas(64) std::uint32_t lower[wordsPerBlock];
    philoxWords<wordsPerBlock>(stream, block, leading);
    philoxWords<wordsPerBlock>(stream, block, lower, lowerDigits);
    constexpr double step = 1.0 / 4503599627370496.0; // 52 bits
    for (int i = 0; i < wordsPerBlock; ++i) {
        const auto high = static_cast<double>(static_cast<std::int32_t>(leading[i] >> 6));
        const auto low = static_cast<double>(static_cast<std::int32_t>(lower[i] >> 6));
        out[i] = (high * 67108864.0 + low + 0.5) * step;
    }
}

/// Standard normal numbers by Box and Muller: the two halves of a block are the two members of
/// each pair.
void normalBlock(const Stream& stream, std::uint64_t block, float* out)
{
    constexpr int half = wordsPerBlock / 2;
    alignas(64) float u[wordsPerBlock];
    uniformBlock(stream, block, u);
    for (int i = 0; i < half; ++i) {
        const float radius = std::sqrt(-2.0F * fastLog(u[i]));
        const SineAndCosine direction = fastSineAndCosine(2.0F * u[i + half] - 1.0F);
        out[i] = radius * direction.cosine;
        out[i + half] = radius * direction.sine;
    }
}

void normalBlock(const Stream& stream, std::uint64_t block, double* out)
{
    constexpr int half = wordsPerBlock / 2;
    alignas(64) double u[wordsPerBlock];
    uniformBlock(stream, block, u);
    alignas(64) double radius[half];
    for (int i = 0; i < half; ++i) {
        radius[i] = std::sqrt(-2.0 * std::log(u[i]));
    }
    // Sine and cosine in loops of their own: a joint call of both has no vector variant.
    for (int i = 0; i < half; ++i) {
        out[i] = radius[i] * std::cos((2.0 * u[i + half] - 1.0) * std::numbers::pi);
    }
    for (int i = 0; i < half; ++i) {
        out[i + half] = radius[i] * std::sin((2.0 * u[i + half] - 1.0) * std::numbers::pi);
    }
}

/// Inverse of the normal distribution function at 1/2 + q, |q| <= 0.4773 (|z| <= 2), by the
/// rational approximations of Wichura (1988, algorithm AS 241), relative error 1e-16. Both branches
/// are computed and one is chosen: that is vector code.
double normalQuantile(double q)
{
    constexpr double innerTop[] = {
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608};
    constexpr double innerBottom[] = {
        5226.495278852854561,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1.0};
    constexpr double outerTop[] = {7.7454501427834140764e-4, 0.0227238449892691845833,
                                   0.24178072517745061177,   1.27045825245236838258,
                                   3.64784832476320460504,   5.7694972214606914055,
                                   4.6303378461565452959,    1.42343711074968357734};
    constexpr double outerBottom[] = {1.05075007164441684324e-9, 5.475938084995344946e-4,
                                      0.0151986665636164571966,  0.14810397642748007459,
                                      0.68976733498510000455,    1.6763848301838038494,
                                      2.05319162663775882187,    1.0};
    const double inner = 0.180625 - q * q;
    const double outer = std::sqrt(-std::log(0.5 - std::abs(q))) - 1.6;
    const double central = q * polynomial(innerTop, inner) / polynomial(innerBottom, inner);
    const double tail =
        std::copysign(polynomial(outerTop, outer) / polynomial(outerBottom, outer), q);
    return std::abs(q) <= 0.425 ? central : tail;
}

/// The same in single precision (relative error 1e-7).
float normalQuantile(float q)
{
    constexpr float innerTop[] = {59.109374720F, 159.29113202F, 50.434271938F, 3.3871327179F};
    constexpr float innerBottom[] = {67.187563600F, 78.757757664F, 17.895169469F, 1.0F};
    constexpr float outerTop[] = {0.17023821103F, 1.3067284816F, 2.7568153900F, 1.4234372777F};
    constexpr float outerBottom[] = {0.12021132975F, 0.73700164250F, 1.0F};
    const float inner = 0.180625F - q * q;
    const float outer = std::sqrt(-fastLog(0.5F - std::abs(q))) - 1.6F;
    const float central = q * polynomial(innerTop, inner) / polynomial(innerBottom, inner);
    const float tail =
        std::copysign(polynomial(outerTop, outer) / polynomial(outerBottom, outer), q);
    return std::abs(q) <= 0.425F ? central : tail;
}

template <class T>
void truncatedBlock(const Stream& stream, std::uint64_t block, T* out)
{
    constexpr T body = T(0.95449973610364158560); // P(|z| < 2)
    alignas(64) T u[wordsPerBlock];
    uniformBlock(stream, block, u);
    for (int i = 0; i < wordsPerBlock; ++i) {
        const T z = normalQuantile(body * (u[i] - T(0.5)));
        out[i] = std::min(T(2), std::max(T(-2), z));
    }
}

template <class T, class Block>
void fillBlocks(std::int64_t first, std::span<T> out, Block&& makeBlock)
{
    assert(first % blockSize == 0);
    auto block = static_cast<std::uint64_t>(first / blockSize);
    std::size_t done = 0;
    while (done + blockSize <= out.size()) {
        makeBlock(block, out.data() + done);
        done += blockSize;
        ++block;
    }
    if (done < out.size()) {
        alignas(64) T whole[wordsPerBlock];
        makeBlock(block, whole);
        std::copy_n(whole, out.size() - done, out.data() + done);
    }
}

} // namespace

template <class T>
void fillNormal(const Stream& stream, std::int64_t first, std::span<T> out)
{
    fillBlocks(first, out, [&](std::uint64_t block, T* to) { normalBlock(stream, block, to); });
}

template <class T>
void fillTruncatedNormal(const Stream& stream, std::int64_t first, std::span<T> out)
{
    fillBlocks(first, out,
               [&](std::uint64_t block, T* to) { truncatedBlock<T>(stream, block, to); });
}

template <class T>
void fillUniform(const Stream& stream, std::int64_t first, std::span<T> out)
{
    fillBlocks(first, out, [&](std::uint64_t block, T* to) { uniformBlock(stream, block, to); });
}

std::uint64_t uniformIndex(const Stream& stream, std::int64_t element, std::uint64_t bound)
{
    assert(bound >= 1);
    std::uint32_t words[4];
    philoxWords<4>(stream, static_cast<std::uint64_t>(element), words);
    const std::uint64_t high = (static_cast<std::uint64_t>(words[0]) << 32) | words[1];
    // The upper half of a 128-bit product: the bias is below bound / 2^64.
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(high) * bound) >> 64);
}

template <class T>
void fill(const Stream& stream, Law law, std::span<T> out, double scale, double offset,
          const Execution& execution)
{
    constexpr std::size_t chunk = 64 * static_cast<std::size_t>(blockSize);
    const std::size_t chunks = (out.size() + chunk - 1) / chunk;
    parallelFor(chunks, execution, [&](std::size_t c) {
        const std::size_t begin = c * chunk;
        const auto part = out.subspan(begin, std::min(chunk, out.size() - begin));
        // Block by block, so that scaling finds the numbers in the first-level cache.
        for (std::size_t done = 0; done < part.size(); done += blockSize) {
            const auto piece =
                part.subspan(done, std::min<std::size_t>(blockSize, part.size() - done));
            const auto first = static_cast<std::int64_t>(begin + done);
            switch (law) {
            case Law::Normal:
                fillNormal(stream, first, piece);
                break;
            case Law::TruncatedNormal:
                fillTruncatedNormal(stream, first, piece);
                break;
            case Law::Uniform:
                fillUniform(stream, first, piece);
                break;
            }
            const T factor = static_cast<T>(scale);
            const T shift = static_cast<T>(offset);
            for (T& value : piece) {
                value = value * factor + shift;
            }
        }
    });
}

template void fillNormal<float>(const Stream&, std::int64_t, std::span<float>);
template void fillNormal<double>(const Stream&, std::int64_t, std::span<double>);
template void fillTruncatedNormal<float>(const Stream&, std::int64_t, std::span<float>);
template void fillTruncatedNormal<double>(const Stream&, std::int64_t, std::span<double>);
template void fillUniform<float>(const Stream&, std::int64_t, std::span<float>);
template void fillUniform<double>(const Stream&, std::int64_t, std::span<double>);
template void fill<float>(const Stream&, Law, std::span<float>, double, double, const Execution&);
template void fill<double>(const Stream&, Law, std::span<double>, double, double, const Execution&);

} // namespace initlens::random
