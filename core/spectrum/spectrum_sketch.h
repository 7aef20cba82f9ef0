#pragma once

#include <cstdint>
#include <vector>

namespace initlens::spectrum {

/// A singular value, and how far from it (in log10) the value of the matrix is at most.
struct BoundedValue {
    double log10Value = 0;
    double bound = 0;
};

/// An estimated quantity, and about two standard errors of it.
struct Estimate {
    double value = 0;
    double error = 0;
};

/// A quantile of the singular values that are not zero by structure, log10.
struct SketchQuantile {
    double level = 0; ///< 0 to 1
    double value = 0; ///< not-a-number where the sketch bounds it from above only
    double low = 0;   ///< -infinity where there is no lower bound
    double high = 0;
};

/// What a matrix-free method knows of the singular values of one layer: the extremes one by one,
/// the others as a distribution. Errors are estimates: about two standard errors over the start
/// vectors, and what the finite number of Lanczos steps leaves open.
struct SpectrumSketch {
    std::int64_t count = 0; ///< singular values that are described: all but the exact zeros
    /// The first few, descending. The largest is always there; the others while they are known
    /// well.
    std::vector<BoundedValue> largest;
    /// The last few, ascending; empty where the smallest one is not known well.
    std::vector<BoundedValue> smallest;
    /// At quantileLevels (value_quantiles.h); empty when `count` is 0.
    std::vector<SketchQuantile> quantiles;
    /// A histogram: edges rise, one more than shares. A share is a part of `count`.
    std::vector<double> edges;
    std::vector<double> shares;
    std::vector<double> errors; ///< of each share
    double shareBelow = 0;      ///< part of `count` below the first edge
    /// Over all min(rows, columns) singular values, as the diagnostics of these names say; without
    /// meaning when `count` is 0.
    Estimate log10MeanSquare = {};
    Estimate effectiveRank = {};
    Estimate isometry = {};
};

} // namespace initlens::spectrum
