#include "core/spectrum/graded_values.h"

#include "core/base/linear_algebra.h"
#include "core/spectrum/jacobi_rotations.h"
#include "core/spectrum/singular_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::spectrum {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Order up to which values are refined by rotations.
constexpr Index largestRefined = 64;

/// log(exp(a) + exp(b)).
double logAdd(double a, double b)
{
    const double larger = std::max(a, b);
    return larger == -infinity ? larger : larger + std::log1p(std::exp(std::min(a, b) - larger));
}

/// exp(x), but finite.
double boundedExp(double x)
{
    return std::exp(std::min(x, 600.0));
}

/// Rounding of a bidiagonalisation, in units of the norm.
double roundingOf(Index size)
{
    return 2 * epsilon * std::sqrt(static_cast<double>(size)) + 8 * epsilon;
}

/// log of how far below the norm of a window its values have this relative error at most.
double logReach(Index size, double tolerance)
{
    return std::log(4 * roundingOf(size) / tolerance);
}

/// The tolerance that windows can keep: where rotations are too slow, a window must reach further
/// down than it overlaps with the one before, or none would get ahead.
double attainable(Index size, double tolerance)
{
    constexpr double ahead = 1000;
    return size <= largestRefined
               ? tolerance
               : std::max(tolerance, std::pow(4 * ahead * roundingOf(size), 2.0 / 3));
}

/// The windows of one factor X = diag(exp(logScale)) upper^T.
class Windows {
public:
    Windows(const GradedFactor& factor, double tolerance, const Execution& execution)
        : m_factor(factor), m_execution(execution), m_size(factor.upper.cols()),
          m_logCoupling(std::log(tolerance) / 2), m_logReach(logReach(m_size, tolerance))
    {
        setTails();
    }

    /// Empty where an iteration does not converge or a stop is requested.
    BoundedLogs values()
    {
        BoundedLogs result;
        Index begin = 0;
        Index accepted = 0;
        while (accepted < m_size) {
            const Index end = endOf(begin, accepted);
            const Index least = (end - accepted + 3) / 4;
            double reach = m_logReach;
            auto logs = decompose(begin, end);
            Index good = countGood(logs, begin, end, accepted, reach);
            if (good < least && end - begin > largestRefined) {
                good = end - accepted;
            } else if (good < least) {
                logs = decomposeByRotations(begin, end);
                reach = -infinity;
                good = std::max(least, countGood(logs, begin, end, accepted, reach));
            }
            if (logs.empty() || m_execution.stopRequested()) {
                return {};
            }
            for (const Index last = accepted + good; accepted < last; ++accepted) {
                const double log = logs[at(accepted - begin)];
                // A value that is lost altogether stands at its scale, with a bound that says so.
                result.logs.push_back(std::isfinite(log) ? log : scale(accepted));
                result.bounds.push_back(boundOf(log, begin, end, std::isfinite(reach)));
            }
            begin = beginOf(begin, accepted);
        }
        return result;
    }

private:
    static std::size_t at(Index i) { return static_cast<std::size_t>(i); }
    [[nodiscard]] double scale(Index i) const { return m_factor.logScale[at(i)]; }
    /// How many values after the accepted ones may be taken from a window.
    [[nodiscard]] Index countGood(const std::vector<double>& logs, Index begin, Index end,
                                  Index accepted, double reach) const
    {
        Index count = 0;
        for (Index k = accepted - begin; k < static_cast<Index>(logs.size()); ++k, ++count) {
            const double log = logs[at(k)];
            if (log < m_logTail[at(begin)] + reach ||
                (end < m_size && log < m_logTail[at(end)] - m_logCoupling)) {
                break;
            }
        }
        return count;
    }

    /// Norms of what lies behind each row.
    void setTails()
    {
        m_logTail.assign(at(m_size + 1), -infinity);
        for (Index i = m_size - 1; i >= 0; --i) {
            m_logTail[at(i)] = logAdd(m_logTail[at(i + 1)], 2 * scale(i));
        }
        for (double& tail : m_logTail) {
            tail /= 2;
        }
    }

    /// Norms of the inverse of what lies before each row.
    void setInverses()
    {
        m_logInverse.assign(at(m_size + 1), -infinity);
        Matrix<double> inverse = Matrix<double>::Identity(m_size, m_size);
        constexpr Index tile = 128;
        for (Index first = 0; first < m_size && !m_execution.stopRequested(); first += tile) {
            // The inverse is upper triangular too: rows behind a column's own are zero.
            const Index columns = std::min(tile, m_size - first);
            solveUpper(Op::None, first + columns, columns, m_factor.upper.data(), m_size,
                       inverse.data() + first * m_size, m_size);
        }
        for (Index i = 0; i < m_size; ++i) {
            const double length = std::log(inverse.row(i).squaredNorm());
            m_logInverse[at(i + 1)] = logAdd(m_logInverse[at(i)], length - 2 * scale(i));
        }
        for (double& value : m_logInverse) {
            value /= 2;
        }
    }

    /// The first row that a window need not have.
    [[nodiscard]] Index endOf(Index begin, Index accepted) const
    {
        const double last = m_logTail[at(begin)] + m_logReach + m_logCoupling;
        Index end = std::max(begin, accepted) + 1;
        while (end < m_size && m_logTail[at(end)] > last) {
            ++end;
        }
        return end;
    }

    /// Where the window of the values after the accepted ones may begin.
    Index beginOf(Index begin, Index accepted)
    {
        if (accepted == m_size) {
            return begin;
        }
        if (m_logInverse.empty()) {
            setInverses(); // a single window needs none
        }
        constexpr double margin = 0.7; // a value may be somewhat larger than its scale
        Index next = begin;
        while (next < accepted &&
               m_logInverse[at(next + 1)] + scale(accepted) + margin <= m_logCoupling) {
            ++next;
        }
        return next;
    }

    [[nodiscard]] Matrix<double> window(Index begin, Index end) const
    {
        const Index size = end - begin;
        Matrix<double> window = Matrix<double>::Zero(size, size);
        for (Index j = 0; j < size; ++j) {
            const double factor = std::exp(scale(begin + j) - scale(begin));
            window.col(j).head(j + 1) = factor * m_factor.upper.block(begin, begin + j, j + 1, 1);
        }
        return window;
    }

    [[nodiscard]] std::vector<double> logsOf(std::vector<double> values, Index begin) const
    {
        for (double& value : values) {
            value = std::log(value) + scale(begin);
        }
        return values;
    }

    [[nodiscard]] std::vector<double> decompose(Index begin, Index end) const
    {
        return logsOf(singularValues(window(begin, end), 0, infinity, m_execution), begin);
    }

    [[nodiscard]] std::vector<double> decomposeByRotations(Index begin, Index end) const
    {
        return logsOf(valuesByRotations(window(begin, end), m_execution), begin);
    }

    [[nodiscard]] double boundOf(double log, Index begin, Index end, bool bidiagonal) const
    {
        if (!std::isfinite(log)) {
            return infinity;
        }
        // Rotations err relative to each value, by no more than the factor has brought with it.
        double bound = bidiagonal ? m_factor.error + roundingOf(end - begin) *
                                                         boundedExp(m_logTail[at(begin)] - log)
                                  : 2 * m_factor.error + roundingOf(end - begin);
        if (end < m_size) {
            bound += boundedExp(2 * (m_logTail[at(end)] - log)) / 2;
        }
        if (begin > 0) {
            bound += boundedExp(2 * (log + m_logInverse[at(begin)])) / 2;
        }
        return bound;
    }

    const GradedFactor& m_factor;
    const Execution& m_execution;
    Index m_size;
    double m_logCoupling; ///< log of the largest gap ratio that may be left out
    double m_logReach;    ///< log of how far below the norm of a window its values are good
    std::vector<double> m_logTail;
    std::vector<double> m_logInverse;
};

BoundedLogs inOrder(const BoundedLogs& values)
{
    std::vector<std::size_t> order(values.logs.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return values.logs[a] > values.logs[b]; });
    BoundedLogs sorted;
    for (const std::size_t i : order) {
        sorted.logs.push_back(values.logs[i]);
        sorted.bounds.push_back(values.bounds[i]);
    }
    return sorted;
}

} // namespace

BoundedLogs gradedSingularValues(const GradedFactor& given, double tolerance,
                                 const Execution& execution)
{
    if (given.logScale.empty()) {
        return {};
    }
    GradedFactor factor = given;
    // Refinement of large factors costs more than the last digits are worth.
    const int mostExchanges = factor.upper.cols() <= largestRefined ? 4 : 1;
    tolerance = attainable(factor.upper.cols(), tolerance);
    if (factor.logScale.front() - factor.logScale.back() >
        -logReach(factor.upper.cols(), tolerance)) {
        factor = exchangeSides(factor, execution);
    }
    BoundedLogs best;
    double bestBound = infinity;
    for (int exchange = 0; exchange <= mostExchanges && !execution.stopRequested(); ++exchange) {
        auto values = Windows(factor, tolerance, execution).values();
        if (values.logs.empty()) {
            return {};
        }
        const double bound = *std::max_element(values.bounds.begin(), values.bounds.end());
        if (best.logs.empty() || bound < bestBound) {
            best = std::move(values);
            bestBound = bound;
        }
        if (bestBound <= tolerance + factor.error || exchange == mostExchanges) {
            break;
        }
        factor = exchangeSides(factor, execution);
    }
    if (execution.stopRequested()) {
        return {};
    }
    // Neighbours of two windows may come out in the other order, within their bounds.
    return inOrder(best);
}

} // namespace initlens::spectrum
