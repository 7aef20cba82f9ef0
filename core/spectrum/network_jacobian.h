#pragma once

#include "core/propagation/forward.h"
#include "core/spectrum/jacobian.h"

namespace initlens::spectrum {

/// The Jacobian of a network at one sample of a finished forward pass. T is the precision of the
/// pass; the factors are handed out in double or single precision.
template <class T>
class NetworkJacobian final : public JacobianFactors {
public:
    /// Copies the slopes of `sample` from the pass, which need not outlive this object.
    NetworkJacobian(propagation::NetworkSource<T>& source,
                    const propagation::ForwardPass<T>& forward, Index sample);

    [[nodiscard]] Index depth() const override { return m_source.depth(); }
    [[nodiscard]] Index size(Index layer) const override;
    void prepare(Index first, Index last, const Execution& execution) override;
    /// All of them where the weights are kept.
    [[nodiscard]] Index layersAtOnce() const override
    {
        return m_source.keeps() ? m_source.depth() : m_source.blockLayers();
    }
    [[nodiscard]] const Vector<double>& slopes(Index layer) const override;
    [[nodiscard]] Index weightRank(Index layer) const override;
    void apply(Index layer, const Matrix<double>& x, Matrix<double>& y,
               const Execution& execution) const override;
    void applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y,
                         const Execution& execution) const override;
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<double>& out, const Execution& execution) const override;
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<float>& out, const Execution& execution) const override;

private:
    template <class To>
    void writeDense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
                    Matrix<To>& out, const Execution& execution) const;

    propagation::NetworkSource<T>& m_source;
    Index m_units;
    std::vector<Vector<double>> m_slopes;
};

extern template class NetworkJacobian<float>;
extern template class NetworkJacobian<double>;

} // namespace initlens::spectrum
