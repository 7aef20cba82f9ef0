#pragma once

#include "core/propagation/forward.h"

namespace initlens::propagation {

/// The backward pass: one cotangent per sample goes back from the output,
///
///     delta^L = D^L v,   delta^{l-1} = D^{l-1} (W^l)^T delta^l,   delta^l = d<v, x^L>/dh^l,
///
/// and back along the skip connections and through the normalisation where there are any.
///
/// The recursion is linear, so delta is scaled by a power of two at every layer and the logarithm
/// kept: no depth makes it underflow. T is float or double.
template <class T>
class BackwardPass {
public:
    /// `forward` has been run to the last layer with Keep::ForBackward. `cotangent` is v, outputs x
    /// batch in the outer order of pixels. After a stop request the result is undefined.
    BackwardPass(NetworkSource<T>& source, const ForwardPass<T>& forward,
                 const Matrix<T>& cotangent, const Execution& execution);

    /// Measures the gradients of layer `layer` and goes on to the layer before. Layers come in the
    /// order L, L-1, ... 1 and must be prepared in the source. Sets the backward members of
    /// `statistics`. After a stop request the result is undefined.
    void step(Index layer, LayerStatistics& statistics, const Execution& execution);

    /// Gradients with respect to x^0, inputs x samples in the outer order of pixels, times a factor
    /// common to all. After step(1).
    [[nodiscard]] Matrix<double> inputGradients(const Execution& execution) const;

    /// Bytes that a pass of this shape allocates.
    static double bytes(const network::NetworkSpec& spec, Index batch);

private:
    void sendBack(Index layer, Index tileIndex);
    void multiplyBack(Index layer, const Tiling::Tile& tile, T* product) const;
    void gate(Index layer, const Tiling::Tile& tile, const T* product, Buffer<T>& delta);
    [[nodiscard]] double pairCosine(const Execution& execution) const;
    void finish(Index layer, Buffer<T>& delta, const Execution& execution);
    [[nodiscard]] double branchOf(Index layer) const;
    /// The squared norm of one weight gradient as tasks; `scale` multiplied the gradient.
    struct WeightGradient {
        Index tasks = 0;
        std::function<double(Index)> task;
        double scale = 1;
    };
    [[nodiscard]] WeightGradient weightGradient(Index layer) const;
    void settle(const Execution& execution);
    void normalise(const Execution& execution);
    void sumSquares(Index tileIndex);

    NetworkSource<T>& m_source;
    const ForwardPass<T>& m_forward;
    Tiling m_tiling;
    Buffer<T> m_delta; ///< of the present layer: units x columns
    Buffer<T> m_next;  ///< of the layer before
    Buffer<T> m_product;
    /// Derivatives that go past the layers: with respect to x^l around one layer (a tile after the
    /// other, as the products are), to h^{l+1} around two.
    Buffer<T> m_past;
    double m_pastScale = 1;        ///< stored numbers times this have the scale of m_delta
    std::vector<double> m_squares; ///< per tile: sum of the squares of delta
    double m_log2Scale = 0;        ///< true delta = stored delta * 2^m_log2Scale
    double m_meanSquare = 0;       ///< of the norms of the stored delta, over the samples
    double m_rescale = 1;          ///< power of two that brings the norms near one
};

extern template class BackwardPass<float>;
extern template class BackwardPass<double>;

} // namespace initlens::propagation
