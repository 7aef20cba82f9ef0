#pragma once

#include "core/base/matrix.h"

#include <vector>

namespace initlens::diagnostics {

/// What the Fourier modes of a pattern over a circular image are multiplied by from one layer to
/// the next, from all layers of one network: the regression of every layer's mode on the one
/// before,
///
///     lambda_k = sum_l Re(p_k^{l+1} conj(p_k^l)) / sum_l |p_k^l|^2,
///
/// over the waves of k = 1 .. side / 2 periods along the rows and along the columns of the image.
/// A layer's own fluctuations, which are independent of the layer before, are measured as the input
/// of the next one.
class ModeRegression {
public:
    explicit ModeRegression(Index side);

    /// The patterns of the next layer, a column each: side * side pixels, row by row. `scale`
    /// divides them and those of the layer after them.
    void add(const Matrix<double>& patterns, double scale);

    /// lambda_1 .. lambda_{side / 2}; not-a-number before the second layer and without patterns.
    [[nodiscard]] std::vector<double> factors() const;

private:
    /// Real and imaginary parts, waves along the rows before those along the columns; a column each
    /// pattern.
    struct Modes {
        Matrix<double> real;
        Matrix<double> imaginary;
    };
    [[nodiscard]] Modes modesOf(const Matrix<double>& patterns) const;

    Index m_side;
    Matrix<double> m_cosines; ///< 2 * (side / 2) x pixels
    Matrix<double> m_sines;
    Modes m_before;
    double m_scaleBefore = 1;
    Vector<double> m_products;
    Vector<double> m_squares;
};

/// The factors of one network.
struct SpatialModes {
    Index side = 0;                       ///< of the image
    std::vector<double> variance = {};    ///< of the mean of h^2 over the channels of a pixel
    std::vector<double> correlation = {}; ///< of the cosine of a pair at a pixel; empty without
};

/// Where the waves stand on an axis: 2 k / side, half a period of the finest pattern being one.
std::vector<double> waveNumbers(Index side);

} // namespace initlens::diagnostics
