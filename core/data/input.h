#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/base/registry.h"
#include "core/random/stream.h"

#include <string>

namespace initlens::data {

/// What an input row is asked to make: `size` x `batch` numbers, a column a sample.
struct InputRequest {
    Index size = 0;
    Index batch = 0;
    std::span<const double> params;
    random::Stream stream; ///< purpose Input
};

/// One law of inputs.
struct Input {
    static constexpr std::string_view kind = "input";
    static Table<Input> table();

    RowHead head;
    /// Writes every element of `x` (size x batch), on the current workers; after a stop request the
    /// contents are undefined.
    void (*fill)(MatrixView<double> x, const InputRequest&, const Execution&) = nullptr;
    /// The clause that says why the row cannot serve this size and batch, without the row's name;
    /// empty when it can. Null: always.
    std::string (*refusal)(Index size, Index batch, std::span<const double> params) = nullptr;
    /// Number of inputs where the data fix it (digits: 64), else 0.
    Index fixedSize = 0;
    /// Columns 2k and 2k+1 are a pair whose correlation is followed through the layers.
    bool pairs = false;
    /// Where a sample stands on the path whose points the samples are, rising with the sample; null
    /// where they are none. Gradients are then followed along it.
    double (*position)(Index sample, Index batch, std::span<const double> params) = nullptr;
};

using InputChoice = Choice<Input>;

} // namespace initlens::data
