#include "tests/core/propagation/textbook_network.h"

#include <cmath>

namespace initlens::testing {

TextbookNetwork::TextbookNetwork(const experiment::RunSpec& spec)
    : m_spec(spec), m_structure(network::structureOf(spec))
{
    propagation::NetworkSource<double> source(
        {spec, experiment::effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), 0},
        true);
    for (Index layer = 1; layer <= spec.depth; ++layer) {
        source.prepare(layer, layer, Execution{});
        const auto shape = source.shape(layer);
        const auto stored = source.storedShape(layer);
        Matrix<double> kernel = Matrix<double>::Zero(shape.outputs, shape.inputs);
        const Index middle = (m_structure.geometry.kernel - 1) / 2;
        const Index first =
            stored.taps == shape.taps
                ? 0
                : (middle * m_structure.geometry.kernel + middle) * shape.channels();
        kernel.middleCols(first, stored.inputs) = source.weights(layer);
        m_kernels.push_back(kernel);
        m_biases.push_back(source.hasBiases() ? Vector<double>(source.biases(layer))
                                              : Vector<double>::Zero(shape.outputs));
    }
}

Index TextbookNetwork::neighbour(Index pixel, Index tap) const
{
    const auto& g = m_structure.geometry;
    const Index middle = (g.kernel - 1) / 2;
    Index row = pixel / g.side + tap / g.kernel - middle;
    Index column = pixel % g.side + tap % g.kernel - middle;
    if (g.padding == network::Geometry::Padding::Zero) {
        const bool inside = row >= 0 && row < g.side && column >= 0 && column < g.side;
        return inside ? row * g.side + column : -1;
    }
    row = (row + 20 * g.side) % g.side;
    column = (column + 20 * g.side) % g.side;
    return row * g.side + column;
}

Matrix<double> TextbookNetwork::convolve(Index layer, const Matrix<double>& x) const
{
    const auto& kernel = m_kernels[static_cast<std::size_t>(layer - 1)];
    const Index pixels = m_structure.geometry.pixels();
    const Index taps = m_structure.geometry.taps();
    const Index channels = kernel.cols() / taps;
    Matrix<double> h = Matrix<double>::Zero(kernel.rows() * pixels, x.cols());
    for (Index p = 0; p < pixels; ++p) {
        for (Index tap = 0; tap < taps; ++tap) {
            const Index from = neighbour(p, tap);
            for (Index o = 0; from >= 0 && o < kernel.rows(); ++o) {
                for (Index c = 0; c < channels; ++c) {
                    h.row(o * pixels + p) +=
                        kernel(o, tap * channels + c) * x.row(c * pixels + from);
                }
            }
        }
    }
    return h;
}

double TextbookNetwork::weightGradientNorm(Index layer, const Matrix<double>& delta,
                                           const Matrix<double>& x) const
{
    const auto& kernel = m_kernels[static_cast<std::size_t>(layer - 1)];
    const Index pixels = m_structure.geometry.pixels();
    const Index taps = m_structure.geometry.taps();
    const Index channels = kernel.cols() / taps;
    Matrix<double> gradient = Matrix<double>::Zero(kernel.rows(), kernel.cols());
    for (Index p = 0; p < pixels; ++p) {
        for (Index tap = 0; tap < taps; ++tap) {
            const Index from = neighbour(p, tap);
            for (Index o = 0; from >= 0 && o < kernel.rows(); ++o) {
                for (Index c = 0; c < channels; ++c) {
                    gradient(o, tap * channels + c) +=
                        delta.row(o * pixels + p).dot(x.row(c * pixels + from));
                }
            }
        }
    }
    return gradient.norm();
}

Matrix<double> TextbookNetwork::normalised(const Matrix<double>& h) const
{
    constexpr double epsilon = 1e-5;
    if (m_structure.normalisation == network::Normalisation::None) {
        return h;
    }
    const bool byUnit = m_structure.normalisation == network::Normalisation::Batch;
    Matrix<double> n = byUnit ? Matrix<double>(h.transpose()) : h;
    for (Index c = 0; c < n.cols(); ++c) {
        n.col(c).array() -= n.col(c).mean();
        n.col(c) /= std::sqrt(n.col(c).squaredNorm() / static_cast<double>(n.rows()) + epsilon);
    }
    return byUnit ? Matrix<double>(n.transpose()) : n;
}

TextbookNetwork::Layers TextbookNetwork::forward(const Matrix<double>& x) const
{
    return forward(x, 0, {});
}

TextbookNetwork::Layers TextbookNetwork::forward(const Matrix<double>& x, Index layer,
                                                 const Matrix<double>& shift) const
{
    using Kind = network::Skip::Kind;
    Layers layers;
    layers.activations = {x};
    const auto& skip = m_structure.skip;
    const int parts = m_spec.activation->outputsPerUnit;
    for (Index l = 1; l <= m_spec.depth; ++l) {
        const Matrix<double> below = layers.activations.back();
        Matrix<double> h = convolve(l, below);
        const auto& bias = m_biases[static_cast<std::size_t>(l - 1)];
        for (Index row = 0; row < h.rows(); ++row) {
            h.row(row).array() += bias[row / m_structure.geometry.pixels()];
        }
        if (skip.kind == Kind::AroundTwoLayers && l >= 3 && l % 2 == 1) {
            h = skip.skip * layers.preactivations[static_cast<std::size_t>(l - 3)] +
                skip.branch * h;
        }
        if (l == layer) {
            h += shift;
        }
        const Matrix<double> n = normalised(h);
        Matrix<double> next(h.rows() * parts, h.cols());
        for (Index c = 0; c < h.cols(); ++c) {
            for (Index r = 0; r < h.rows(); ++r) {
                for (int part = 0; part < parts; ++part) {
                    next(part * h.rows() + r, c) =
                        activations::evaluateAt(m_spec.activation, n(r, c), part).value;
                }
            }
        }
        if (skip.kind == Kind::AroundActivation && below.rows() == next.rows()) {
            next = skip.skip * below + skip.branch * next;
        }
        layers.preactivations.push_back(h);
        layers.activations.push_back(next);
    }
    return layers;
}

} // namespace initlens::testing
