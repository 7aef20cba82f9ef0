#include "core/experiment/benchmark.h"

#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/base/seconds_of.h"
#include "core/experiment/draw.h"
#include "core/experiment/run.h"
#include "core/propagation/gram.h"
#include "core/propagation/network_source.h"
#include "core/propagation/tiles.h"

#include <fmt/format.h>

namespace initlens::experiment {

namespace {

/// Rate of a product that is large enough to show the machine at its best.
template <class T>
double productRate(const Execution& execution)
{
    constexpr Index n = 2048;
    const Matrix<T> a = Matrix<T>::Constant(n, n, T(0.5));
    Matrix<T> c = Matrix<T>::Zero(n, n);
    const double seconds = secondsOf([&] {
        multiply(Op::None, Op::None, n, n, n, T(1), a.data(), n, a.data(), n, T(0), c.data(), n,
                 execution);
    });
    return 2.0 * n * n * n / seconds;
}

/// Both passes with nothing but the products of the three matrices of a layer, the activation and
/// the slopes, in the tiles of the real ones.
class BarePasses {
public:
    BarePasses(const RunSpec& spec, bool keepWeights, const Execution& execution)
        : m_spec(spec), m_execution(execution),
          m_source({spec, effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), 0},
                   keepWeights),
          m_input(drawInput<float>(spec, 0, execution)),
          m_tiling(propagation::layerTiling(spec.width, spec.batch)),
          m_size(spec.width * spec.batch), m_activations(2 * m_size), m_slopes(spec.depth * m_size),
          m_product(m_size), m_delta(m_size), m_next(m_size),
          m_gram(propagation::GramLayout(spec.batch).elements())
    {}

    /// Seconds of both passes, without those of drawing weights.
    double run()
    {
        double seconds = 0;
        const Index block = m_source.blockLayers();
        for (Index first = 1; first <= m_spec.depth; first += block) {
            const Index last = std::min(first + block - 1, m_source.depth());
            m_source.prepare(first, last, m_execution);
            seconds += secondsOf([&] {
                for (Index layer = first; layer <= last; ++layer) {
                    forwardLayer(layer);
                }
            });
        }
        std::copy_n(m_slopes.data() + (m_spec.depth - 1) * m_size, m_size, m_delta.data());
        for (Index last = m_spec.depth; last >= 1;) {
            const Index first = (last - 1) / block * block + 1;
            m_source.prepare(first, last, m_execution);
            seconds += secondsOf([&] {
                for (Index layer = last; layer >= first; --layer) {
                    backwardLayer(layer);
                }
            });
            last = first - 1;
        }
        return seconds;
    }

private:
    ConstMatrixView<float> x(Index layer) const
    {
        return layer == 0 ? ConstMatrixView<float>(m_input.data(), m_input.rows(), m_input.cols())
                          : ConstMatrixView<float>(m_activations.data() + layer % 2 * m_size,
                                                   m_spec.width, m_spec.batch);
    }

    /// All tiles of a layer, and beside them the Gram matrix that its weight gradient needs.
    void forEachTask(const std::function<void(const propagation::Tiling::Tile&)>& body,
                     ConstMatrixView<float> samples)
    {
        const auto tiles = static_cast<std::size_t>(m_tiling.count());
        const propagation::GramLayout layout(m_spec.batch);
        parallelFor(tiles + static_cast<std::size_t>(layout.blocks()), m_execution,
                    [&](std::size_t t) {
                        if (t < tiles) {
                            body(m_tiling.tile(static_cast<Index>(t)));
                            return;
                        }
                        const auto block = static_cast<Index>(t - tiles);
                        propagation::gramBlock(samples, 1.0F, layout.block(block),
                                               m_gram.data() + block * layout.blockElements());
                    });
    }

    void forwardLayer(Index layer)
    {
        forEachTask([&](const propagation::Tiling::Tile& tile) { forward(layer, tile); },
                    x(layer - 1));
    }

    void backwardLayer(Index layer)
    {
        const ConstMatrixView<float> delta(m_delta.data(), m_spec.width, m_spec.batch);
        forEachTask(
            [&](const propagation::Tiling::Tile& tile) {
                if (layer > 1) {
                    backward(layer, tile);
                }
            },
            delta);
        std::swap(m_delta, m_next);
    }

    void forward(Index layer, const propagation::Tiling::Tile& tile)
    {
        const auto weights = m_source.weights(layer);
        const auto before = x(layer - 1);
        float* h = m_product.data() + tile.offset;
        gemm(Op::None, Op::None, tile.rows, tile.columns, weights.cols(), 1.0F,
             weights.data() + tile.row, weights.rows(), before.data() + tile.column * before.rows(),
             before.rows(), 0.0F, h, tile.rows);
        const auto evaluate = m_spec.activation->evaluate<float>();
        for (Index c = 0; c < tile.columns; ++c) {
            const Index at = (tile.column + c) * m_spec.width + tile.row;
            evaluate(h + c * tile.rows, m_activations.data() + layer % 2 * m_size + at,
                     m_slopes.data() + (layer - 1) * m_size + at, tile.rows, m_spec.width,
                     m_spec.activation.values.data());
        }
    }

    void backward(Index layer, const propagation::Tiling::Tile& tile)
    {
        const auto weights = m_source.weights(layer);
        float* product = m_product.data() + tile.offset;
        gemm(Op::Transpose, Op::None, tile.rows, tile.columns, weights.rows(), 1.0F,
             weights.data() + tile.row * weights.rows(), weights.rows(),
             m_delta.data() + tile.column * m_spec.width, m_spec.width, 0.0F, product, tile.rows);
        for (Index c = 0; c < tile.columns; ++c) {
            const Index at = (tile.column + c) * m_spec.width + tile.row;
            const float* slope = m_slopes.data() + (layer - 2) * m_size + at;
            for (Index i = 0; i < tile.rows; ++i) {
                m_next.data()[at + i] = slope[i] * product[c * tile.rows + i];
            }
        }
    }

    const RunSpec& m_spec;
    const Execution& m_execution;
    propagation::NetworkSource<float> m_source;
    Matrix<float> m_input;
    propagation::Tiling m_tiling;
    Index m_size;
    Buffer<float> m_activations;
    Buffer<float> m_slopes;
    Buffer<float> m_product;
    Buffer<float> m_delta;
    Buffer<float> m_next;
    Buffer<float> m_gram;
};

/// Products of both passes: W x and W^T delta (not for layer 1), and the two Gram matrices of each
/// weight gradient's norm, of which only one triangle is formed.
double passOperations(const RunSpec& spec)
{
    const auto depth = static_cast<double>(spec.depth);
    const auto width = static_cast<double>(spec.width);
    const auto batch = static_cast<double>(spec.batch);
    return 2 * width * width * batch * (2 * depth - 1) + 2 * depth * batch * batch * width;
}

} // namespace

std::vector<BenchmarkWorkload> benchmarkWorkloads()
{
    std::vector<BenchmarkWorkload> workloads;
    const auto add = [&](std::string_view initializer, std::string_view scope) {
        RunSpec spec;
        spec.depth = 100;
        spec.width = 1000;
        spec.activation =
            activations::ActivationChoice(*findRow(activations::Activation::table(), "tanh"));
        spec.initializer = initializers::InitializerChoice(
            *findRow(initializers::Initializer::table(), initializer));
        spec.jacobian = Choice<spectrum::Scope>(*findRow(spectrum::Scope::table(), scope));
        spec.spectrumEvery = 10;
        workloads.push_back(
            {fmt::format("tanh, {}, depth {}, width {}, batch {}, float32{}", initializer,
                         spec.depth, spec.width, spec.batch,
                         scope == "none" ? "" : ", singular values of every 10th layer"),
             spec});
    };
    add("scaled_gaussian", "none");
    add("orthogonal", "none");
    add("orthogonal", "from_input");
    return workloads;
}

Result<BenchmarkRound> measureRound(const BenchmarkWorkload& workload, int threads,
                                    const Execution& execution)
{
    BenchmarkRound round;
    const Workers workers(threads);
    workers.run([&] { round.productRate = productRate<float>(execution); });
    bool keepWeights = true;
    const Sink sink = [&](const Event& event) {
        if (const auto* started = std::get_if<Started>(&event)) {
            keepWeights = started->plan.keepWeights;
        }
    };
    const auto record = run(workload.spec, sink, execution, {.threads = threads});
    if (!record) {
        return record.error();
    }
    const Timing& timing = (*record)->timing;
    round.drawSeconds = timing.drawSeconds;
    round.forwardSeconds = timing.forwardSeconds;
    round.backwardSeconds = timing.backwardSeconds;
    round.spectrumSeconds = timing.spectrumSeconds;
    round.totalSeconds = timing.totalSeconds;
    round.passOperations = passOperations(workload.spec);
    workers.run(
        [&] { round.bareSeconds = BarePasses(workload.spec, keepWeights, execution).run(); });
    if (execution.stopRequested()) {
        return Error("stopped");
    }
    return round;
}

Result<SpectrumRound> measureSpectrumRound(Index width, int threads, const Execution& execution)
{
    SpectrumRound round;
    Workers(threads).run([&] {
        round.productRate = productRate<double>(execution);
        round.stages = spectrum::measureStages(width, execution);
    });
    if (execution.stopRequested()) {
        return Error("stopped");
    }
    return round;
}

} // namespace initlens::experiment
