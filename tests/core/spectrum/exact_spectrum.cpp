#include "tests/core/spectrum/exact_spectrum.h"

#include <gtest/gtest.h>
#include <mpreal.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace initlens::spectrum {

namespace {

using mpfr::mpreal;
using Column = std::vector<mpreal>;

Column times(const Matrix<double>& factor, const Column& column)
{
    Column product(static_cast<std::size_t>(factor.rows()));
    mpreal term;
    for (Index i = 0; i < factor.rows(); ++i) {
        mpreal sum = 0;
        for (Index k = 0; k < factor.cols(); ++k) {
            mpfr_mul_d(term.mpfr_ptr(), column[static_cast<std::size_t>(k)].mpfr_srcptr(),
                       factor(i, k), MPFR_RNDN);
            sum += term;
        }
        product[static_cast<std::size_t>(i)] = sum;
    }
    return product;
}

mpreal dot(const Column& a, const Column& b)
{
    mpreal sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        sum += a[i] * b[i];
    }
    return sum;
}

/// Below this share of the longest column there is nothing but rounding: an exact zero.
mpreal noiseSquared(int bits)
{
    return pow(mpreal(2), -2 * (bits - 60));
}

/// Makes two columns orthogonal, p the longer one; true when they were not.
bool rotate(Column& p, Column& q, const mpreal& noise)
{
    const mpreal a = dot(p, p);
    const mpreal b = dot(q, q);
    const mpreal c = dot(p, q);
    constexpr double orthogonal = 0x1p-80;
    if (c == 0 || b <= a * noise || a <= b * noise || c * c <= a * b * orthogonal) {
        return false;
    }
    const mpreal zeta = (b - a) / (2 * c);
    const mpreal size = 1 / (abs(zeta) + sqrt(1 + zeta * zeta));
    const mpreal t = zeta >= 0 ? size : mpreal(-size);
    const mpreal cosine = 1 / sqrt(1 + t * t);
    const mpreal sine = cosine * t;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const mpreal x = p[i];
        p[i] = cosine * x - sine * q[i];
        q[i] = sine * x + cosine * q[i];
    }
    return true;
}

} // namespace

std::vector<double> exactLogs(const GivenFactors& factors, Scope::Kind scope, Index layer, int bits)
{
    mpreal::set_default_prec(bits);
    const bool toOutput = scope == Scope::Kind::ToOutput;
    const Index last = toOutput ? factors.depth() : layer;
    const Index first = toOutput ? layer + 1 : scope == Scope::Kind::PerLayer ? layer : 1;
    std::vector<Column> columns;
    Matrix<double> start = factors.factor(first);
    const bool wide = start.cols() > factors.size(last);
    const Index count = wide ? factors.size(last) : start.cols();
    for (Index j = 0; j < count; ++j) {
        // The narrower side is carried: columns of the product or of its transpose.
        Column column(static_cast<std::size_t>(count), mpreal(0));
        column[static_cast<std::size_t>(j)] = 1;
        for (Index step = first; step <= last; ++step) {
            const Matrix<double> factor =
                wide ? Matrix<double>(factors.factor(last + first - step).transpose())
                     : factors.factor(step);
            column = times(factor, column);
        }
        columns.push_back(std::move(column));
    }
    const mpreal noise = noiseSquared(bits);
    for (bool rotated = true; rotated;) {
        rotated = false;
        std::sort(columns.begin(), columns.end(),
                  [](const Column& a, const Column& b) { return dot(a, a) > dot(b, b); });
        for (std::size_t p = 0; p < columns.size(); ++p) {
            for (std::size_t q = p + 1; q < columns.size(); ++q) {
                rotated = rotate(columns[p], columns[q], noise) || rotated;
            }
        }
    }
    mpreal longest = 0;
    for (const Column& column : columns) {
        longest = max(longest, dot(column, column));
    }
    std::vector<double> logs;
    for (const Column& column : columns) {
        const mpreal square = dot(column, column);
        logs.push_back(square <= longest * noise ? -std::numeric_limits<double>::infinity()
                                                 : mpreal(log10(square) / 2).toDouble());
    }
    std::sort(logs.begin(), logs.end(), std::greater<>());
    return logs;
}

double expectWithinBounds(const LayerSpectrum& spectrum, const std::vector<double>& exact)
{
    const auto count = spectrum.log10Values.size();
    const auto zeros =
        std::count(exact.begin(), exact.end(), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(spectrum.exactZeros, zeros);
    if (count + static_cast<std::size_t>(zeros) != exact.size() ||
        spectrum.bounds.size() != count) {
        ADD_FAILURE() << count << " values and " << zeros << " zeros of " << exact.size();
        return std::numeric_limits<double>::infinity();
    }
    // The logarithm itself is rounded.
    constexpr double units = 4 * std::numeric_limits<double>::epsilon();
    double largest = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double error = std::abs(spectrum.log10Values[i] - exact[i]);
        largest = std::max(largest, error);
        EXPECT_LE(error, spectrum.bounds[i] + units * (1 + std::abs(exact[i])))
            << "value " << i << ", " << exact[i] << ", by " << carrierName(spectrum.carrier);
    }
    return largest;
}

} // namespace initlens::spectrum
