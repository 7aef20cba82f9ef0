#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

#include <memory>
#include <vector>

namespace initlens::spectrum {

struct JacobianBlock;

/// The factors A^l = D^l W^l, l = 1 .. L, of a network's Jacobian at one sample, as linear
/// operators. Methods know nothing else of the network: where an architecture puts more into a
/// layer, or makes one factor of two layers, its factors take the place of D^l W^l. Rows of A^l are
/// the components of x^l, columns those of x^{l-1}; D^l = diag phi'(h^l), two rows a unit behind a
/// concatenated rectifier.
class JacobianFactors {
public:
    virtual ~JacobianFactors() = default;

    [[nodiscard]] virtual Index depth() const = 0;
    /// Rows of x^l, l = 0 .. L.
    [[nodiscard]] virtual Index size(Index layer) const = 0;
    /// Makes the operators of layers first .. last ready, last - first < layersAtOnce(); others may
    /// become invalid. Returns early once a stop is requested.
    virtual void prepare(Index first, Index last, const Execution& execution) = 0;
    [[nodiscard]] virtual Index layersAtOnce() const = 0;

    /// phi'(h^l), one number per row of x^l; exact zeros are dead gates. Ones where rows of A^l
    /// are not zero with a gate, as beside a skip connection.
    [[nodiscard]] virtual const Vector<double>& slopes(Index layer) const = 0;
    /// Rank of W^l where it is less than full by construction, else min(rows, columns).
    [[nodiscard]] virtual Index weightRank(Index layer) const = 0;

    /// Y = A^l X, on the current workers; undefined after a stop request.
    virtual void apply(Index layer, const Matrix<double>& x, Matrix<double>& y,
                       const Execution& execution) const = 0;
    /// Y = (A^l)^T X, likewise.
    virtual void applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y,
                                 const Execution& execution) const = 0;
    /// The sub-matrix of A^l with these rows and columns, on the current workers; undefined after a
    /// stop request.
    virtual void dense(Index layer, const std::vector<Index>& rows,
                       const std::vector<Index>& columns, Matrix<double>& out,
                       const Execution& execution) const = 0;
    /// The same, every element rounded to single precision.
    virtual void dense(Index layer, const std::vector<Index>& rows,
                       const std::vector<Index>& columns, Matrix<float>& out,
                       const Execution& execution) const = 0;

    /// Blocks whose singular values together are those of this Jacobian, where one orthogonal
    /// change of basis splits all factors into blocks; else empty. They use what these factors use:
    /// not both at a time, and several blocks at a time only where all layers are ready at once.
    [[nodiscard]] virtual std::vector<JacobianBlock> blocks() const;
};

/// One of the blocks of a Jacobian, and how many of them have the same singular values.
struct JacobianBlock {
    std::unique_ptr<JacobianFactors> factors;
    Index times = 1;
};

inline std::vector<JacobianBlock> JacobianFactors::blocks() const
{
    return {};
}

} // namespace initlens::spectrum
