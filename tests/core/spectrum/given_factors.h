#pragma once

#include "core/base/parallel.h"
#include "core/spectrum/dense.h"

#include <map>
#include <mutex>

namespace initlens::spectrum {

/// Factors that are given as matrices.
class GivenFactors final : public JacobianFactors {
public:
    explicit GivenFactors(std::vector<Matrix<double>> weights, std::vector<Vector<double>> slopes)
        : m_weights(std::move(weights)), m_slopes(std::move(slopes))
    {}
    [[nodiscard]] Index depth() const override { return static_cast<Index>(m_weights.size()); }
    [[nodiscard]] Index size(Index layer) const override
    {
        return layer == 0 ? m_weights.front().cols() : slopes(layer).size();
    }
    void prepare(Index, Index, const Execution&) override {}
    [[nodiscard]] Index layersAtOnce() const override { return 3; }
    [[nodiscard]] const Vector<double>& slopes(Index layer) const override
    {
        return m_slopes[static_cast<std::size_t>(layer - 1)];
    }
    [[nodiscard]] Index weightRank(Index layer) const override
    {
        const auto& w = m_weights[static_cast<std::size_t>(layer - 1)];
        return std::min(w.rows(), w.cols());
    }
    void apply(Index layer, const Matrix<double>& x, Matrix<double>& y,
               const Execution& /*execution*/) const override
    {
        y = factor(layer) * x;
    }
    void applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y,
                         const Execution& /*execution*/) const override
    {
        y = factor(layer).transpose() * x;
    }
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<double>& out, const Execution& /*execution*/) const override
    {
        out = factor(layer)(rows, columns);
    }
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<float>& out, const Execution& /*execution*/) const override
    {
        out = factor(layer)(rows, columns).cast<float>();
    }
    [[nodiscard]] Matrix<double> factor(Index layer) const
    {
        return slopes(layer).asDiagonal() * m_weights[static_cast<std::size_t>(layer - 1)];
    }

private:
    std::vector<Matrix<double>> m_weights;
    std::vector<Vector<double>> m_slopes;
};

/// What a method finds at every so many layers.
inline std::map<Index, LayerSpectrumPointer>
measureAll(GivenFactors factors, Scope::Kind scope, Index every = 1, int threads = 2,
           decltype(Method::measure) measure = &measureDense)
{
    std::map<Index, LayerSpectrumPointer> spectra;
    std::mutex mutex;
    const auto layers = measuredLayers(scope, factors.depth(), every);
    const SpectrumSink sink = [&](Index layer, LayerSpectrumPointer spectrum) {
        const std::lock_guard lock(mutex);
        spectra[layer] = std::move(spectrum);
    };
    Workers(threads).run(
        [&] { measure(factors, {.scope = scope, .layers = layers}, sink, Execution{}); });
    return spectra;
}

} // namespace initlens::spectrum
