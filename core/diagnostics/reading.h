#pragma once

#include "core/spectrum/layer_spectrum.h"
#include "core/spectrum/value_quantiles.h"

#include "core/base/matrix.h"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace initlens::diagnostics {

/// How the numbers of a reading are carried. Positive quantities that can leave the range of a
/// double (second moments, gradient norms, singular values) are log10 from where they arise.
enum class Scale { Linear, Log10 };

/// One number per layer. `values[i]` belongs to `layers[i]`; with several trials it is their mean
/// (for log10: the mean of the logarithms), and low and high are the 16 % and 84 % quantiles.
/// Not-a-number marks a layer where the quantity has no value (log10 of zero is -infinity).
struct Profile {
    std::string id; ///< the diagnostic's id
    /// Id of the scope row, where it is measured from the Jacobian; else empty.
    std::string scope = {};
    Scale scale = Scale::Linear;
    std::vector<std::int32_t> layers;
    std::vector<double> values;
    std::vector<double> low;  ///< empty with one trial, but for estimates
    std::vector<double> high; ///< likewise
    /// The values of one Jacobian are estimates: low and high are what their errors reach to.
    bool estimated = false;
};

/// Distribution of the elements of one array at one layer, trial 0. counts[i] of them lie in
/// [edges[i], edges[i+1]), the last bin takes its upper edge too.
struct Histogram {
    std::string id;
    std::int32_t layer = 0;
    std::vector<double> edges;
    std::vector<std::int64_t> counts;
    std::int64_t exactZeros = 0; ///< elements equal to zero; they are in `counts` too
    std::int64_t notFinite = 0;  ///< NaN and infinities; not in `counts`
};

/// Numbers beside a curve that it is to be compared with, at the same positions.
struct Companion {
    std::string name;
    std::vector<double> values;
    friend bool operator==(const Companion&, const Companion&) = default;
};

/// Numbers along an axis that is not the depth: `values[i]` at `positions[i]`, which rise. Of the
/// first trial alone or, as its diagnostic says, the mean over the trials with their 16 % and 84 %
/// quantiles. Not-a-number where there is no value.
struct Curve {
    std::string id;
    std::vector<double> positions;
    std::vector<double> values;
    std::vector<double> low = {};  ///< empty with one trial
    std::vector<double> high = {}; ///< empty with one trial
    std::vector<Companion> companions = {};
};

/// A square map: element (i, j), row by row, belongs to positions i and j. The mean over the
/// trials.
struct Field {
    std::string id;
    std::vector<double> positions; ///< of rows and columns, rising
    std::vector<double> values;    ///< as many as positions squared
};

using spectrum::LayerSpectrum;

/// The singular values of one layer in several networks and at several samples, together.
struct PooledSpectrum {
    std::int64_t replicas = 0; ///< Jacobians with finite elements
    /// Of all of them, descending, without the exact zeros.
    std::vector<double> log10Values;
    std::int64_t exactZeros = 0;
    /// Of the quantiles of single Jacobians (spectrum::quantileLevels): mean over them, and their
    /// 16 % and 84 % quantiles. Not-a-number where one of them has no values.
    spectrum::ValueQuantiles quantiles{};
    spectrum::ValueQuantiles low{};
    spectrum::ValueQuantiles high{};
};
using PooledSpectrumPointer = std::shared_ptr<const PooledSpectrum>;

/// Singular values over depth; values and exactZeros of a layer together count min(rows, columns).
struct Spectrum {
    std::string id;
    std::string scope; ///< id of the scope row
    std::vector<std::int32_t> layers;
    /// Those of the first network at its first sample. Null where an element of that Jacobian is
    /// infinite or not a number.
    std::vector<spectrum::LayerSpectrumPointer> spectra;
    /// Per layer, over networks and samples; empty where only one Jacobian is asked for.
    std::vector<PooledSpectrumPointer> pooled = {};
};

/// What a diagnostic has measured. The alternative decides how it is drawn and written.
using Reading = std::variant<Profile, Histogram, Spectrum, Curve, Field>;
using ReadingPointer = std::shared_ptr<const Reading>;

const std::string& readingId(const Reading& reading);

} // namespace initlens::diagnostics
