#pragma once

#include "core/experiment/needs.h"
#include "core/propagation/forward.h"

#include <algorithm>
#include <cmath>

namespace initlens::experiment {

/// Follows the waves over an image through the layers of one network, where the spec has images
/// without an edge: in the first 16 samples.
class ModeMeasurement {
public:
    explicit ModeMeasurement(const RunSpec& spec)
        : m_asked(unmetNeed(spec, diagnostics::Needs::SpatialModes).empty()),
          m_pairs(unmetNeed(spec, diagnostics::Needs::PairModes).empty()),
          m_samples(std::min(mostSamples, spec.batch)),
          m_side(m_asked ? network::structureOf(spec).geometry.side : 0), m_variance(m_side),
          m_correlation(m_side)
    {}

    [[nodiscard]] bool isAsked() const { return m_asked; }

    template <class T>
    void add(const propagation::ForwardPass<T>& forward,
             const propagation::LayerStatistics& statistics)
    {
        const double size = std::pow(10.0, statistics.log10PreactivationMeanSquare);
        if (!m_asked || !(size > 0) || !std::isfinite(size)) {
            return;
        }
        const Matrix<double> squares = forward.pixelSquares(m_samples);
        m_variance.add(squares, size);
        if (m_pairs) {
            Matrix<double> cosines = forward.pixelProducts(m_samples);
            for (Index pair = 0; pair < cosines.cols(); ++pair) {
                cosines.col(pair).array() /= (squares.col(2 * pair).array().sqrt() *
                                              squares.col(2 * pair + 1).array().sqrt());
            }
            m_correlation.add(cosines, 1);
        }
    }

    [[nodiscard]] diagnostics::SpatialModes found() const
    {
        return {.side = m_side,
                .variance = m_variance.factors(),
                .correlation = m_pairs ? m_correlation.factors() : std::vector<double>{}};
    }

private:
    static constexpr Index mostSamples = 16;

    bool m_asked;
    bool m_pairs;
    Index m_samples;
    Index m_side;
    diagnostics::ModeRegression m_variance;
    diagnostics::ModeRegression m_correlation;
};

} // namespace initlens::experiment
