#pragma once

#include "core/experiment/run_spec.h"
#include "core/propagation/network_source.h"

namespace initlens::testing {

/// The forward pass of any architecture as a textbook writes it, with plain loops in the outer
/// order of pixels and in double precision. Every h^l can be shifted, which gives all derivatives.
class TextbookNetwork {
public:
    /// Weights and biases of trial 0.
    explicit TextbookNetwork(const experiment::RunSpec& spec);

    struct Layers {
        std::vector<Matrix<double>> activations;    ///< x^0 ..
        std::vector<Matrix<double>> preactivations; ///< h^1 ..
    };
    [[nodiscard]] Layers forward(const Matrix<double>& x) const;
    /// The layers when `shift` is added to h of layer `layer`.
    [[nodiscard]] Layers forward(const Matrix<double>& x, Index layer,
                                 const Matrix<double>& shift) const;
    /// h^l for one x^{l-1} without the bias: every tap's contribution from its neighbour.
    [[nodiscard]] Matrix<double> convolve(Index layer, const Matrix<double>& x) const;
    /// Frobenius norm of sum over samples and pixels of delta x^T, over all taps.
    [[nodiscard]] double weightGradientNorm(Index layer, const Matrix<double>& delta,
                                            const Matrix<double>& x) const;

private:
    [[nodiscard]] Index neighbour(Index pixel, Index tap) const; ///< -1: beyond the edge
    [[nodiscard]] Matrix<double> normalised(const Matrix<double>& h) const;

    experiment::RunSpec m_spec;
    network::Structure m_structure;
    std::vector<Matrix<double>> m_kernels; ///< (out, tap * channels + in), all taps
    std::vector<Vector<double>> m_biases;
};

} // namespace initlens::testing
