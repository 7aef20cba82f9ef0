#include "core/spectrum/jacobi_rotations.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {

namespace {

/// Makes two columns orthogonal; false when they were already.
bool rotate(Matrix<double>& matrix, Index p, Index q)
{
    const double a = matrix.col(p).squaredNorm();
    const double b = matrix.col(q).squaredNorm();
    const double c = matrix.col(p).dot(matrix.col(q));
    const double rounding =
        std::numeric_limits<double>::epsilon() * std::sqrt(static_cast<double>(matrix.rows()));
    if (c == 0 || std::abs(c) <= rounding * std::sqrt(a) * std::sqrt(b)) {
        return false;
    }
    const double zeta = (b - a) / (2 * c);
    const double t = std::copysign(1 / (std::abs(zeta) + std::hypot(1.0, zeta)), zeta);
    const double cosine = 1 / std::hypot(1.0, t);
    const double sine = cosine * t;
    double* x = matrix.col(p).data();
    double* y = matrix.col(q).data();
    for (Index i = 0; i < matrix.rows(); ++i) {
        const double left = x[i];
        x[i] = cosine * left - sine * y[i];
        y[i] = sine * left + cosine * y[i];
    }
    return true;
}

} // namespace

std::vector<double> valuesByRotations(Matrix<double> matrix, const Execution& execution)
{
    constexpr int mostSweeps = 60;
    const Index size = matrix.cols();
    bool rotated = true;
    for (int sweep = 0; rotated && sweep < mostSweeps; ++sweep) {
        rotated = false;
        for (Index p = 0; p < size; ++p) {
            if (execution.stopRequested()) {
                return {};
            }
            // The longest column first: then small columns never lose digits to large ones.
            Index longest = p;
            for (Index q = p + 1; q < size; ++q) {
                if (matrix.col(q).squaredNorm() > matrix.col(longest).squaredNorm()) {
                    longest = q;
                }
            }
            matrix.col(p).swap(matrix.col(longest));
            for (Index q = p + 1; q < size; ++q) {
                rotated = rotate(matrix, p, q) || rotated;
            }
        }
    }
    if (rotated) {
        return {};
    }
    std::vector<double> values;
    for (Index j = 0; j < size; ++j) {
        values.push_back(matrix.col(j).norm());
    }
    std::sort(values.begin(), values.end(), std::greater<>());
    return values;
}

} // namespace initlens::spectrum
