#pragma once

#include "core/propagation/forward.h"
#include "core/spectrum/factor_layers.h"
#include "core/spectrum/jacobian.h"

#include <memory>

namespace initlens::spectrum {

/// The Jacobian of a network of any structure at one sample of a finished forward pass: kernels,
/// skip connections and normalisation. With batch normalisation every sample answers to every
/// other, so the state is the whole batch, a sample below the other. T is the precision of the
/// pass.
template <class T>
class StructuredJacobian final : public JacobianFactors {
public:
    /// Copies what it needs from the pass, which need not outlive this object.
    StructuredJacobian(propagation::NetworkSource<T>& source,
                       const propagation::ForwardPass<T>& forward, Index sample);

    [[nodiscard]] Index depth() const override { return m_factors.count(); }
    [[nodiscard]] Index size(Index factor) const override;
    void prepare(Index first, Index last, const Execution& execution) override;
    [[nodiscard]] Index layersAtOnce() const override;
    [[nodiscard]] const Vector<double>& slopes(Index factor) const override;
    [[nodiscard]] Index weightRank(Index factor) const override;
    /// Over the waves of the images, where the network treats all pixels alike.
    [[nodiscard]] std::vector<JacobianBlock> blocks() const override;
    void apply(Index factor, const Matrix<double>& x, Matrix<double>& y,
               const Execution& execution) const override;
    void applyTransposed(Index factor, const Matrix<double>& x, Matrix<double>& y,
                         const Execution& execution) const override;
    void dense(Index factor, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<double>& out, const Execution& execution) const override;
    void dense(Index factor, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<float>& out, const Execution& execution) const override;

private:
    /// What a layer's activation and normalisation do to a small change, at the samples of the
    /// state: outputs x (pixels x samples) slopes, units x samples normalised numbers.
    struct LayerState {
        Matrix<double> slopes;
        Matrix<double> normalised;
        Vector<double> inverseDeviations;
    };
    using Columns = Matrix<double>; ///< channels x (pixels x samples x vectors)

    [[nodiscard]] Columns toColumns(const Matrix<double>& x) const;
    [[nodiscard]] Matrix<double> fromColumns(const Columns& columns) const;
    [[nodiscard]] Columns multiply(Index layer, const Columns& x, const Execution& execution) const;
    [[nodiscard]] Columns multiplyTransposed(Index layer, const Columns& x,
                                             const Execution& execution) const;
    [[nodiscard]] Columns activate(Index layer, const Columns& h) const;
    [[nodiscard]] Columns activateTransposed(Index layer, const Columns& x) const;
    void normalise(const LayerState& state, Columns& h) const;
    [[nodiscard]] const LayerState& stateOf(Index layer) const;
    [[nodiscard]] bool addsInput(Index factor) const;

    propagation::NetworkSource<T>& m_source;
    network::Structure m_structure;
    FactorLayers m_factors;
    Index m_units;
    Index m_outputs;
    Index m_samples; ///< of the state
    bool m_firstAddsInput;
    std::vector<LayerState> m_layers;
    std::vector<Vector<double>> m_slopes; ///< per factor, in the order of the state
};

/// The factors of a network's Jacobian at one sample of a finished forward pass.
template <class T>
std::unique_ptr<JacobianFactors> jacobianFactors(propagation::NetworkSource<T>& source,
                                                 const propagation::ForwardPass<T>& forward,
                                                 Index sample);

extern template class StructuredJacobian<float>;
extern template class StructuredJacobian<double>;

} // namespace initlens::spectrum
