#include "core/spectrum/fourier_blocks.h"

#include "core/base/linear_algebra.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace initlens::spectrum {

namespace {

/// A wave over the image: whole periods along rows and columns.
struct Wave {
    Index down = 0;
    Index across = 0;
};

Wave opposite(const Wave& wave, Index side)
{
    return {(side - wave.down) % side, (side - wave.across) % side};
}

template <class T>
class WaveBlock final : public JacobianFactors {
public:
    WaveBlock(propagation::NetworkSource<T>& source, const std::vector<double>& slopes, Wave wave,
              bool real)
        : m_source(source), m_geometry(network::structureOf(source.draw().spec).geometry),
          m_wave(wave), m_parts(real ? 1 : 2)
    {
        for (Index layer = 1; layer <= depth(); ++layer) {
            m_slopes.emplace_back(
                Vector<double>::Constant(size(layer), slopes[static_cast<std::size_t>(layer - 1)]));
        }
    }

    [[nodiscard]] Index depth() const override { return m_source.depth(); }
    [[nodiscard]] Index size(Index layer) const override
    {
        const auto& draw = m_source.draw();
        return m_parts *
               (layer == 0 ? draw.inputSize / m_geometry.pixels() : Index{draw.spec.width});
    }
    void prepare(Index first, Index last, const Execution& execution) override
    {
        m_source.prepare(first, last, execution);
    }
    [[nodiscard]] Index layersAtOnce() const override
    {
        return m_source.keeps() ? depth() : m_source.blockLayers();
    }
    [[nodiscard]] const Vector<double>& slopes(Index layer) const override
    {
        return m_slopes[static_cast<std::size_t>(layer - 1)];
    }
    [[nodiscard]] Index weightRank(Index layer) const override
    {
        return std::min(size(layer), size(layer - 1));
    }
    void apply(Index layer, const Matrix<double>& x, Matrix<double>& y,
               const Execution& execution) const override
    {
        applied(Op::None, layer, x, y, execution);
    }
    void applyTransposed(Index layer, const Matrix<double>& x, Matrix<double>& y,
                         const Execution& execution) const override
    {
        applied(Op::Transpose, layer, x, y, execution);
    }
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<double>& out, const Execution& /*execution*/) const override
    {
        out = whole(layer)(rows, columns);
    }
    void dense(Index layer, const std::vector<Index>& rows, const std::vector<Index>& columns,
               Matrix<float>& out, const Execution& /*execution*/) const override
    {
        out = whole(layer)(rows, columns).template cast<float>();
    }

private:
    /// The factor: its real form [[Re, -Im], [Im, Re]] where it is not real.
    [[nodiscard]] Matrix<double> whole(Index layer) const
    {
        const auto weights = m_source.weights(layer);
        const Index taps = m_source.storedShape(layer).taps;
        const Index channels = weights.cols() / taps;
        const Index units = weights.rows();
        Matrix<double> factor = Matrix<double>::Zero(m_parts * units, m_parts * channels);
        for (Index tap = 0; tap < taps; ++tap) {
            const auto matrix =
                weights.middleCols(tap * channels, channels).template cast<double>();
            const double angle = taps == 1 ? 0 : angleOf(tap);
            factor.topLeftCorner(units, channels) += std::cos(angle) * matrix;
            if (m_parts == 2) {
                factor.bottomLeftCorner(units, channels) += std::sin(angle) * matrix;
            }
        }
        factor *= slopes(layer)[0];
        if (m_parts == 2) {
            factor.bottomRightCorner(units, channels) = factor.topLeftCorner(units, channels);
            factor.topRightCorner(units, channels) = -factor.bottomLeftCorner(units, channels);
        }
        return factor;
    }

    [[nodiscard]] double angleOf(Index tap) const
    {
        const Index middle = (m_geometry.kernel - 1) / 2;
        const Index steps = m_wave.down * (tap / m_geometry.kernel - middle) +
                            m_wave.across * (tap % m_geometry.kernel - middle);
        return 2 * std::numbers::pi * static_cast<double>(steps % m_geometry.side) /
               static_cast<double>(m_geometry.side);
    }

    void applied(Op op, Index layer, const Matrix<double>& x, Matrix<double>& y,
                 const Execution& execution) const
    {
        const Matrix<double> factor = whole(layer);
        const bool transposed = op == Op::Transpose;
        y.resize(transposed ? factor.cols() : factor.rows(), x.cols());
        multiply(op, Op::None, y.rows(), y.cols(), x.rows(), 1.0, factor.data(), factor.rows(),
                 x.data(), x.rows(), 0.0, y.data(), y.rows(), execution);
    }

    propagation::NetworkSource<T>& m_source;
    network::Geometry m_geometry;
    Wave m_wave;
    Index m_parts; ///< real and imaginary part of a block that is not real
    std::vector<Vector<double>> m_slopes;
};

bool hasOneTap(const network::NetworkSpec& spec)
{
    return spec.initializer->centreTapOnly || network::structureOf(spec).geometry.taps() == 1;
}

/// Whether the slope is the same wherever one looks.
bool isLinear(const activations::ActivationChoice& activation)
{
    constexpr std::array places = {-1e3, -7.0, -1.0, -0.01, 0.0, 0.01, 1.0, 7.0, 1e3};
    const double slope = activations::evaluateAt(activation, 0).slope;
    return activation->outputsPerUnit == 1 &&
           std::all_of(places.begin(), places.end(), [&](double place) {
               return activations::evaluateAt(activation, place).slope == slope;
           });
}

} // namespace

bool fallsIntoWaves(const network::NetworkSpec& spec)
{
    const auto structure = network::structureOf(spec);
    return structure.isStack() && structure.geometry.pixels() > 1 &&
           structure.geometry.padding == network::Geometry::Padding::Circular &&
           spec.initializer->ensemble != initializers::Ensemble::Structured &&
           isLinear(spec.activation);
}

WaveBlocks waveBlocks(const network::NetworkSpec& spec)
{
    if (hasOneTap(spec)) {
        return {};
    }
    const Index side = network::structureOf(spec).geometry.side;
    // Waves that are their own opposites are real.
    const Index real = side % 2 == 0 ? 4 : 1;
    return {.count = (side * side + real) / 2, .rowsPerChannel = side > 2 ? 2 : 1};
}

template <class T>
std::vector<JacobianBlock> fourierBlocks(propagation::NetworkSource<T>& source,
                                         const std::vector<double>& slopes)
{
    const auto& spec = source.draw().spec;
    const auto geometry = network::structureOf(spec).geometry;
    std::vector<JacobianBlock> blocks;
    const auto add = [&](const Wave& wave, bool real, Index times) {
        blocks.push_back({std::make_unique<WaveBlock<T>>(source, slopes, wave, real), times});
    };
    if (hasOneTap(spec)) {
        add({}, /*real=*/true, geometry.pixels());
        return blocks;
    }
    for (Index down = 0; down < geometry.side; ++down) {
        for (Index across = 0; across < geometry.side; ++across) {
            const Wave other = opposite({down, across}, geometry.side);
            const Index here = down * geometry.side + across;
            const Index there = other.down * geometry.side + other.across;
            if (here <= there) {
                add({down, across}, here == there, 1);
            }
        }
    }
    return blocks;
}

template std::vector<JacobianBlock> fourierBlocks(propagation::NetworkSource<float>&,
                                                  const std::vector<double>&);
template std::vector<JacobianBlock> fourierBlocks(propagation::NetworkSource<double>&,
                                                  const std::vector<double>&);

} // namespace initlens::spectrum
