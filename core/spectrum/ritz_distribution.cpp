#include "core/spectrum/ritz_distribution.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace initlens::spectrum {

namespace {

struct Decomposition {
    Matrix<double> matrix;
    std::vector<double> values;
    Matrix<double> left;
    Matrix<double> rightTransposed;
    bool converged = false;
};

} // namespace

std::optional<RitzDistribution> RitzDistribution::of(const Bidiagonalisation& part, Index rows,
                                                     Index columns, const Execution& execution)
{
    const Index count = std::min(rows, columns);
    auto svd = std::make_shared<Decomposition>();
    svd->matrix = part.b.topLeftCorner(rows, columns);
    svd->values.resize(static_cast<std::size_t>(count));
    svd->left.resize(rows, count);
    svd->rightTransposed.resize(count, columns);
    const auto decompose = [svd, rows, columns, count] {
        svd->converged =
            singularVectors(rows, columns, svd->matrix.data(), rows, svd->values.data(),
                            svd->left.data(), rows, svd->rightTransposed.data(), count);
    };
    if (count > 0 && (!runAbandonable(decompose, execution) || !svd->converged)) {
        return std::nullopt;
    }
    RitzDistribution result;
    const bool whole = rows == part.b.rows() && columns == part.b.cols();
    result.m_noise = part.noise;
    result.m_complete = whole && columns == part.space;
    result.m_exhausted = whole && (part.coupling.size() == 0 || result.m_complete);
    result.m_window = result.m_exhausted ? 0 : part.start;
    const auto above = std::count_if(svd->values.begin(), svd->values.end(),
                                     [&](double value) { return value > part.noise; });
    result.m_cumulative.setZero(part.start, above + 1);
    const Index coupled = part.coupling.cols();
    for (Index k = 0; k < above; ++k) {
        const Index from = above - 1 - k;
        const double value = svd->values[static_cast<std::size_t>(from)];
        result.m_values.push_back(value);
        result.m_logs.push_back(std::log2(value));
        const double residual =
            whole && coupled > 0 ? (part.coupling * svd->left.col(from).tail(coupled)).norm() : 0.0;
        result.m_residuals.push_back(residual + part.noise);
        const Vector<double> shares =
            result.m_complete
                ? Vector<double>(
                      Vector<double>::Constant(part.start, 1 / static_cast<double>(part.space)))
                : Vector<double>(
                      svd->rightTransposed.row(from).head(part.start).cwiseAbs2().transpose());
        result.m_cumulative.col(k + 1) = result.m_cumulative.col(k) + shares;
    }
    result.m_ground = (1 - result.m_cumulative.col(above).array()).cwiseMax(0).matrix();
    return result;
}

double RitzDistribution::lowerBound(Index index) const
{
    // The ground is open too: what lies there may lie anywhere below.
    const Index last = index - m_window;
    if (last < 0 && m_window > 0) {
        return 0;
    }
    const Vector<double> shares = m_ground + m_cumulative.col(index + 1 - m_window);
    return std::max(0.0, shares.mean() - standardError(shares));
}

double RitzDistribution::upperBound(Index index) const
{
    const Vector<double> shares =
        m_ground + m_cumulative.col(std::min(index + 1 + m_window, size()));
    return std::min(1.0, shares.mean() + standardError(shares));
}

double RitzDistribution::quantile(double share) const
{
    double low = m_logs.front();
    double high = m_logs.back();
    if (at(low) >= share) {
        return low;
    }
    constexpr double fine = 1e-12;
    while (high - low > fine * std::max(1.0, std::abs(low))) {
        const double middle = (low + high) / 2;
        if (middle == low || middle == high) {
            break;
        }
        (at(middle) >= share ? high : low) = middle;
    }
    return high;
}

Estimate RitzDistribution::mean(const std::function<double(double)>& f) const
{
    Vector<double> sums = Vector<double>::Zero(m_cumulative.rows());
    for (Index k = 0; k < size(); ++k) {
        sums += f(m_values[static_cast<std::size_t>(k)]) *
                (m_cumulative.col(k + 1) - m_cumulative.col(k));
    }
    return {sums.mean(), standardError(sums)};
}

double RitzDistribution::samplingError(double a, double b) const
{
    return standardError(spread(b) - spread(a));
}

Vector<double> RitzDistribution::spread(double log2Value) const
{
    const Index last = size() - 1;
    const Index reach = m_window / 2;
    Vector<double> below = Vector<double>::Zero(m_cumulative.rows());
    for (Index k = 0; k <= last; ++k) {
        const double from = m_logs[static_cast<std::size_t>(std::max<Index>(0, k - reach))];
        const double to = m_logs[static_cast<std::size_t>(std::min(last, k + reach))];
        if (from > log2Value) {
            break;
        }
        const double part = to > log2Value ? (log2Value - from) / (to - from) : 1;
        below += part * (m_cumulative.col(k + 1) - m_cumulative.col(k));
    }
    return below;
}

double RitzDistribution::standardError(const Vector<double>& shares) const
{
    const auto count = static_cast<double>(shares.size());
    if (m_complete || count < 2) {
        return 0;
    }
    const double variance = (shares.array() - shares.mean()).square().sum() / (count - 1);
    // 95 % of Student's distribution, near enough.
    const double width = 1.96 + 2.8 / (count - 1);
    return width * std::sqrt(variance / count);
}

} // namespace initlens::spectrum
