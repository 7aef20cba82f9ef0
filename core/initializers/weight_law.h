#pragma once

#include "core/base/matrix.h"

#include <variant>

namespace initlens::initializers {

// What is known of the weights of one layer before they are drawn, as a value: rows are outputs,
// columns are inputs. Sources are those of the rows that have such weights.

/// Every weight has the same value.
struct EqualElements {
    double value = 0;
};

/// Independent numbers N(mean, deviation^2).
struct NormalElements {
    double mean = 0;
    double deviation = 1;
};

/// The same, drawn again while they are outside low .. high: `deviation` is that of the numbers
/// before the truncation.
struct TruncatedNormalElements {
    double mean = 0;
    double deviation = 1;
    double low = -2;
    double high = 2;
};

/// Independent numbers, uniform on low .. high.
struct UniformElements {
    double low = 0;
    double high = 1;
};

/// N(0, deviation^2) at `kept` places of each row, or of each column, every set of places equally
/// likely; zero elsewhere.
struct SparseElements {
    enum class Each { Row, Column };
    double deviation = 1;
    Index kept = 1;
    Each each = Each::Row;
};

/// gain Q, the shorter side of Q orthonormal, uniformly distributed (Haar). Mirrored: [gain Q,
/// -gain Q] with a Q of half the columns.
struct OrthogonalMatrix {
    double gain = 1;
    bool mirrored = false;
};

/// gain [P_1, I - P_1] * [P_2, I - P_2]^T * ... * Q with independent random projectors P_i, each
/// the projector on a uniformly distributed basis of which every vector is kept with chance 1/2;
/// the columns of Q are orthonormal. A kernel as a whole.
struct OrthogonalKernel {
    double gain = 1;
};

/// `value` where row = column, in each of `groups` equal blocks of rows; zero elsewhere.
struct DiagonalMatrix {
    double value = 1;
    Index groups = 1;
};

/// factor times the first rows and columns of Sylvester's Hadamard matrix of order 2^doublings.
struct HadamardMatrix {
    double factor = 1;
    int doublings = 0;
};

using WeightLaw = std::variant<EqualElements, NormalElements, TruncatedNormalElements,
                               UniformElements, SparseElements, OrthogonalMatrix, OrthogonalKernel,
                               DiagonalMatrix, HadamardMatrix>;

} // namespace initlens::initializers
