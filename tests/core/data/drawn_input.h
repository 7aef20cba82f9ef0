#pragma once

#include "core/base/parallel.h"
#include "core/data/input.h"

#include <string_view>

namespace initlens::data::testing {

inline random::Stream stream(std::uint64_t seed = 11, std::uint32_t trial = 0)
{
    return {.seed = seed, .purpose = random::Purpose::Input, .layer = 0, .trial = trial};
}

/// A size and a batch that every row accepts.
inline Index acceptedSize(const Input& row)
{
    return row.fixedSize > 0 ? row.fixedSize : 37;
}
inline constexpr Index acceptedBatch = 24;

inline Matrix<double> draw(const InputChoice& choice, Index size, Index batch,
                           const random::Stream& from = stream(), int threads = 1)
{
    Matrix<double> x = Matrix<double>::Constant(size, batch, -1e99);
    Workers(threads).run([&] {
        choice->fill(MatrixView<double>(x.data(), size, batch),
                     {.size = size, .batch = batch, .params = choice.values, .stream = from},
                     Execution{});
    });
    return x;
}

inline InputChoice chosen(std::string_view text)
{
    return *parseChoice(Input::table(), Input::kind, text);
}

} // namespace initlens::data::testing
