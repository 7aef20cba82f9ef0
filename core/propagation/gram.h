#pragma once

#include "core/base/matrix.h"

namespace initlens::propagation {

/// The Gram matrix A^T A of a matrix with a column a sample, in the blocks of its lower triangle:
/// blocks are computed by different tasks and stored one after the other.
class GramLayout {
public:
    explicit GramLayout(Index samples);

    [[nodiscard]] Index blocks() const { return m_side * (m_side + 1) / 2; }
    /// Elements that one block takes.
    [[nodiscard]] Index blockElements() const { return m_blockSize * m_blockSize; }
    [[nodiscard]] Index elements() const { return blocks() * blockElements(); }

    /// A block's place: rows x columns, column-major without gaps. A diagonal block has only its
    /// lower triangle.
    struct Block {
        Index row = 0;
        Index column = 0;
        Index rows = 0;
        Index columns = 0;
        [[nodiscard]] bool isDiagonal() const { return row == column; }
    };
    [[nodiscard]] Block block(Index index) const;

private:
    Index m_samples;
    Index m_blockSize;
    Index m_side;
};

/// Writes one block of (scale A)^T (scale A) = scale^2 A^T A. `scale` is a power of two that keeps
/// the products within the range of T.
template <class T>
void gramBlock(ConstMatrixView<T> a, T scale, const GramLayout::Block& block, T* out);

/// The sum over all samples i, j of the products of two Gram matrices' elements in one block; a
/// block below the diagonal stands for its mirror image too.
template <class T>
double gramProduct(const T* a, const T* b, const GramLayout::Block& block);

} // namespace initlens::propagation
