#include "core/spectrum/structured_jacobian.h"

#include "core/base/buffer.h"
#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/propagation/pixels.h"
#include "core/spectrum/fourier_blocks.h"
#include "core/spectrum/network_jacobian.h"

#include <algorithm>
#include <numeric>

namespace initlens::spectrum {

namespace {

using network::Normalisation;
using network::Skip;
using propagation::Way;

/// Columns that one task takes.
constexpr Index stretch = 64;
/// Unit vectors that a task of `dense` sends through a factor.
constexpr Index vectorsAtOnce = 64;

void forColumns(Index columns, const Execution& execution,
                const std::function<void(Index first, Index count)>& body)
{
    parallelFor(static_cast<std::size_t>((columns + stretch - 1) / stretch), execution,
                [&](std::size_t task) {
                    const Index first = static_cast<Index>(task) * stretch;
                    body(first, std::min(stretch, columns - first));
                });
}

} // namespace

template <class T>
StructuredJacobian<T>::StructuredJacobian(propagation::NetworkSource<T>& source,
                                          const propagation::ForwardPass<T>& forward, Index sample)
    : m_source(source), m_structure(forward.structure()), m_factors(m_structure, source.depth()),
      m_units(forward.units()), m_outputs(forward.outputs()),
      m_samples(m_structure.normalisation == Normalisation::Batch ? forward.batch() : 1),
      m_firstAddsInput(forward.addsInput(1))
{
    const bool whole = m_samples > 1;
    const Index pixels = forward.pixels();
    const auto pick = [&](ConstMatrixView<T> all) {
        Matrix<double> picked(all.rows(), pixels * m_samples);
        for (Index p = 0; p < pixels; ++p) {
            picked.middleCols(p * m_samples, m_samples) =
                all.middleCols(p * forward.batch() + (whole ? 0 : sample), m_samples)
                    .template cast<double>();
        }
        return picked;
    };
    for (Index layer = 1; layer <= source.depth(); ++layer) {
        LayerState state;
        state.slopes = pick(forward.slopes(layer));
        if (forward.normaliser().isOn()) {
            const T* inverse = forward.normaliser().inverseDeviations(layer);
            const bool byUnit = m_structure.normalisation == Normalisation::Batch;
            state.normalised = pick(forward.normaliser().normalised(layer));
            state.inverseDeviations =
                ConstMatrixView<T>(inverse + (byUnit ? 0 : sample), byUnit ? m_units : m_samples, 1)
                    .template cast<double>();
        }
        m_layers.push_back(std::move(state));
    }
    for (Index factor = 1; factor <= depth(); ++factor) {
        m_slopes.push_back(m_structure.skip.kind == Skip::Kind::None
                               ? Vector<double>(fromColumns(stateOf(factor).slopes).col(0))
                               : Vector<double>::Ones(size(factor)));
    }
}

template <class T>
const typename StructuredJacobian<T>::LayerState& StructuredJacobian<T>::stateOf(Index layer) const
{
    return m_layers[static_cast<std::size_t>(layer - 1)];
}

template <class T>
Index StructuredJacobian<T>::size(Index factor) const
{
    const Index outer = m_structure.geometry.pixels() * m_samples;
    if (factor == 0) {
        return m_source.draw().inputSize * m_samples;
    }
    return (m_structure.skip.kind == Skip::Kind::AroundTwoLayers ? m_units : m_outputs) * outer;
}

template <class T>
void StructuredJacobian<T>::prepare(Index first, Index last, const Execution& execution)
{
    const Index end = m_factors.lastLayer(last);
    const Index block = m_source.blockLayers();
    for (Index layer = m_factors.firstLayer(first); layer <= end && !execution.stopRequested();
         layer += block) {
        m_source.prepare(layer, std::min(layer + block - 1, end), execution);
    }
}

template <class T>
Index StructuredJacobian<T>::layersAtOnce() const
{
    if (m_source.keeps()) {
        return depth();
    }
    return m_structure.skip.kind == Skip::Kind::AroundTwoLayers
               ? std::max<Index>(1, m_source.blockLayers() / 2)
               : m_source.blockLayers();
}

template <class T>
const Vector<double>& StructuredJacobian<T>::slopes(Index factor) const
{
    return m_slopes[static_cast<std::size_t>(factor - 1)];
}

template <class T>
bool StructuredJacobian<T>::addsInput(Index factor) const
{
    switch (m_structure.skip.kind) {
    case Skip::Kind::AroundActivation:
        return factor > 1 || m_firstAddsInput;
    case Skip::Kind::AroundTwoLayers:
        return m_structure.joinsPreactivations(m_factors.lastLayer(factor));
    case Skip::Kind::None:
        break;
    }
    return false;
}

template <class T>
std::vector<JacobianBlock> StructuredJacobian<T>::blocks() const
{
    if (!fallsIntoWaves(m_source.draw().spec)) {
        return {};
    }
    std::vector<double> slopes;
    for (const Vector<double>& slope : m_slopes) {
        slopes.push_back(slope[0]);
    }
    return fourierBlocks(m_source, slopes);
}

template <class T>
Index StructuredJacobian<T>::weightRank(Index factor) const
{
    const Index full = std::min(size(factor), size(factor - 1));
    if (m_structure.skip.kind != Skip::Kind::None) {
        return full;
    }
    const auto& initializer = m_source.draw().spec.initializer;
    Index rank = full;
    if (initializer->rank != nullptr) {
        rank = std::min(rank, initializer->rank(m_source.shape(factor), initializer.values) *
                                  m_structure.geometry.pixels() * m_samples);
    }
    // A mean that is taken away is a direction that is lost.
    switch (m_structure.normalisation) {
    case Normalisation::Batch:
        return std::min(rank, m_units * (m_samples - 1));
    case Normalisation::Layer:
        return std::min(rank, m_units - 1);
    case Normalisation::None:
        break;
    }
    return rank;
}

/// Row (s * channels + c) * pixels + p of vector j becomes row c of column
/// p * samples * vectors + j * samples + s.
template <class T>
typename StructuredJacobian<T>::Columns
StructuredJacobian<T>::toColumns(const Matrix<double>& x) const
{
    const Index pixels = m_structure.geometry.pixels();
    if (pixels == 1) {
        return Eigen::Map<const Matrix<double>>(x.data(), x.rows() / m_samples,
                                                m_samples * x.cols());
    }
    const Index channels = x.rows() / pixels;
    Columns columns(channels, pixels * x.cols());
    for (Index j = 0; j < x.cols(); ++j) {
        for (Index c = 0; c < channels; ++c) {
            for (Index p = 0; p < pixels; ++p) {
                columns(c, p * x.cols() + j) = x(c * pixels + p, j);
            }
        }
    }
    return columns;
}

template <class T>
Matrix<double> StructuredJacobian<T>::fromColumns(const Columns& columns) const
{
    const Index pixels = m_structure.geometry.pixels();
    const Index vectors = columns.cols() / pixels / m_samples;
    if (pixels == 1) {
        return Eigen::Map<const Matrix<double>>(columns.data(), columns.rows() * m_samples,
                                                vectors);
    }
    Matrix<double> x(columns.rows() * pixels, vectors);
    for (Index j = 0; j < vectors; ++j) {
        for (Index c = 0; c < columns.rows(); ++c) {
            for (Index p = 0; p < pixels; ++p) {
                x(c * pixels + p, j) = columns(c, p * vectors + j);
            }
        }
    }
    return x;
}

template <class T>
typename StructuredJacobian<T>::Columns
StructuredJacobian<T>::multiply(Index layer, const Columns& x, const Execution& execution) const
{
    const Matrix<double> weights = m_source.weights(layer).template cast<double>();
    const Index taps = m_source.storedShape(layer).taps;
    const Index images = x.cols() / m_structure.geometry.pixels();
    const ConstMatrixView<double> view(x.data(), x.rows(), x.cols());
    Columns h(m_units, x.cols());
    forColumns(x.cols(), execution, [&](Index first, Index count) {
        const double* right = x.data() + first * x.rows();
        std::vector<double> gathered;
        if (taps > 1) {
            gathered.resize(static_cast<std::size_t>(weights.cols() * count));
            for (Index tap = 0; tap < taps; ++tap) {
                propagation::gatherTap(m_structure.geometry, images, Way::Forward, tap, view, first,
                                       count, gathered.data() + tap * x.rows(), weights.cols());
            }
            right = gathered.data();
        }
        gemm(Op::None, Op::None, m_units, count, weights.cols(), 1.0, weights.data(), m_units,
             right, weights.cols(), 0.0, h.data() + first * m_units, m_units);
    });
    return h;
}

template <class T>
typename StructuredJacobian<T>::Columns
StructuredJacobian<T>::multiplyTransposed(Index layer, const Columns& h,
                                          const Execution& execution) const
{
    const Matrix<double> weights = m_source.weights(layer).template cast<double>();
    const Index taps = m_source.storedShape(layer).taps;
    const Index channels = weights.cols() / taps;
    const Index images = h.cols() / m_structure.geometry.pixels();
    const ConstMatrixView<double> view(h.data(), h.rows(), h.cols());
    Columns x(channels, h.cols());
    forColumns(h.cols(), execution, [&](Index first, Index count) {
        const double* right = h.data() + first * m_units;
        std::vector<double> gathered(static_cast<std::size_t>(taps > 1 ? m_units * count : 0));
        for (Index tap = 0; tap < taps; ++tap) {
            if (taps > 1) {
                propagation::gatherTap(m_structure.geometry, images, Way::Backward, tap, view,
                                       first, count, gathered.data(), m_units);
                right = gathered.data();
            }
            gemm(Op::Transpose, Op::None, channels, count, m_units, 1.0,
                 weights.data() + tap * channels * m_units, m_units, right, m_units,
                 tap == 0 ? 0.0 : 1.0, x.data() + first * channels, channels);
        }
    });
    return x;
}

/// The derivative of the normalisation, which is symmetric: it serves both ways.
template <class T>
void StructuredJacobian<T>::normalise(const LayerState& state, Columns& h) const
{
    if (m_structure.normalisation == Normalisation::Layer) {
        const auto n = state.normalised.col(0);
        const auto units = static_cast<double>(m_units);
        const double inverse = state.inverseDeviations[0];
        for (Index c = 0; c < h.cols(); ++c) {
            const double mean = h.col(c).mean();
            const double along = h.col(c).dot(n) / units;
            h.col(c) = (h.col(c).array() - mean - along * n.array()) * inverse;
        }
    }
    if (m_structure.normalisation == Normalisation::Batch) {
        for (Index first = 0; first < h.cols(); first += m_samples) {
            auto block = h.middleCols(first, m_samples);
            const Vector<double> mean = block.rowwise().mean();
            const Vector<double> along = block.cwiseProduct(state.normalised).rowwise().mean();
            block.colwise() -= mean;
            block -= along.asDiagonal() * state.normalised;
            block = state.inverseDeviations.asDiagonal() * block;
        }
    }
}

template <class T>
typename StructuredJacobian<T>::Columns StructuredJacobian<T>::activate(Index layer,
                                                                        const Columns& h) const
{
    const LayerState& state = stateOf(layer);
    const Index vectors = h.cols() / state.slopes.cols();
    Columns normalised;
    if (m_structure.normalisation != Normalisation::None) {
        normalised = h;
        normalise(state, normalised);
    }
    const Columns& in = m_structure.normalisation != Normalisation::None ? normalised : h;
    Columns x(m_outputs, h.cols());
    for (Index c = 0; c < h.cols(); ++c) {
        const Index pixel = c / (m_samples * vectors);
        const auto slope = state.slopes.col(pixel * m_samples + c % m_samples);
        for (Index row = 0; row < m_outputs; row += m_units) {
            x.col(c).segment(row, m_units) = slope.segment(row, m_units).cwiseProduct(in.col(c));
        }
    }
    return x;
}

template <class T>
typename StructuredJacobian<T>::Columns
StructuredJacobian<T>::activateTransposed(Index layer, const Columns& x) const
{
    const LayerState& state = stateOf(layer);
    const Index vectors = x.cols() / state.slopes.cols();
    Columns h = Columns::Zero(m_units, x.cols());
    for (Index c = 0; c < x.cols(); ++c) {
        const Index pixel = c / (m_samples * vectors);
        const auto slope = state.slopes.col(pixel * m_samples + c % m_samples);
        for (Index row = 0; row < m_outputs; row += m_units) {
            h.col(c) += slope.segment(row, m_units).cwiseProduct(x.col(c).segment(row, m_units));
        }
    }
    normalise(state, h);
    return h;
}

template <class T>
void StructuredJacobian<T>::apply(Index factor, const Matrix<double>& x, Matrix<double>& y,
                                  const Execution& execution) const
{
    const Columns in = toColumns(x);
    const Skip& skip = m_structure.skip;
    if (skip.kind != Skip::Kind::AroundTwoLayers) {
        Columns out = activate(factor, multiply(factor, in, execution));
        if (addsInput(factor)) {
            out = skip.skip * in + skip.branch * out;
        }
        y = fromColumns(out);
        return;
    }
    Columns state = in;
    for (Index layer = m_factors.firstLayer(factor); layer <= m_factors.lastLayer(factor);
         ++layer) {
        state = multiply(layer, layer == 1 ? state : activate(layer - 1, state), execution);
    }
    if (addsInput(factor)) {
        state = skip.skip * in + skip.branch * state;
    }
    y = fromColumns(state);
}

template <class T>
void StructuredJacobian<T>::applyTransposed(Index factor, const Matrix<double>& x,
                                            Matrix<double>& y, const Execution& execution) const
{
    const Columns in = toColumns(x);
    const Skip& skip = m_structure.skip;
    Columns out;
    if (skip.kind != Skip::Kind::AroundTwoLayers) {
        out = multiplyTransposed(factor, activateTransposed(factor, in), execution);
    } else {
        out = in;
        for (Index layer = m_factors.lastLayer(factor); layer >= m_factors.firstLayer(factor);
             --layer) {
            out = multiplyTransposed(layer, out, execution);
            if (layer > 1) {
                out = activateTransposed(layer - 1, out);
            }
        }
    }
    if (addsInput(factor)) {
        out = skip.skip * in + skip.branch * out;
    }
    y = fromColumns(out);
}

template <class T>
void StructuredJacobian<T>::dense(Index factor, const std::vector<Index>& rows,
                                  const std::vector<Index>& columns, Matrix<double>& out,
                                  const Execution& execution) const
{
    const auto count = static_cast<Index>(columns.size());
    out = uninitialisedMatrix<double>(static_cast<Index>(rows.size()), count);
    const Index tasks = (count + vectorsAtOnce - 1) / vectorsAtOnce;
    parallelFor(static_cast<std::size_t>(tasks), execution, [&](std::size_t task) {
        const Index first = static_cast<Index>(task) * vectorsAtOnce;
        const Index vectors = std::min(vectorsAtOnce, count - first);
        Matrix<double> units = Matrix<double>::Zero(size(factor - 1), vectors);
        for (Index j = 0; j < vectors; ++j) {
            units(columns[static_cast<std::size_t>(first + j)], j) = 1;
        }
        Matrix<double> image;
        apply(factor, units, image, execution);
        if (!execution.stopRequested()) {
            out.middleCols(first, vectors) = image(rows, Eigen::all);
        }
    });
}

template <class T>
void StructuredJacobian<T>::dense(Index factor, const std::vector<Index>& rows,
                                  const std::vector<Index>& columns, Matrix<float>& out,
                                  const Execution& execution) const
{
    Matrix<double> exact;
    dense(factor, rows, columns, exact, execution);
    out = exact.template cast<float>();
}

template <class T>
std::unique_ptr<JacobianFactors> jacobianFactors(propagation::NetworkSource<T>& source,
                                                 const propagation::ForwardPass<T>& forward,
                                                 Index sample)
{
    if (forward.structure().isPlain()) {
        return std::make_unique<NetworkJacobian<T>>(source, forward, sample);
    }
    return std::make_unique<StructuredJacobian<T>>(source, forward, sample);
}

template class StructuredJacobian<float>;
template class StructuredJacobian<double>;
template std::unique_ptr<JacobianFactors>
jacobianFactors(propagation::NetworkSource<float>&, const propagation::ForwardPass<float>&, Index);
template std::unique_ptr<JacobianFactors> jacobianFactors(propagation::NetworkSource<double>&,
                                                          const propagation::ForwardPass<double>&,
                                                          Index);

} // namespace initlens::spectrum
