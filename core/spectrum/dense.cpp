#include "core/spectrum/dense.h"

#include "core/base/parallel.h"
#include "core/spectrum/running_product.h"
#include "core/spectrum/singular_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace initlens::spectrum {

namespace {

/// Tasks that are under way together: few enough to be stored. It depends on the sizes alone, so
/// that no result depends on the number of threads.
Index largestWave(Index rows)
{
    constexpr Index elements = Index{1} << 23;
    return std::clamp<Index>(elements / std::max<Index>(1, rows * rows), 2, 16);
}

/// The singular values of one layer, computed beside the product.
///
/// Layers are handed over in waves of 1, 2, 4, ... tasks; the condition number at the end of a wave
/// tells the next one which decomposition to try first.
class SpectrumTasks {
public:
    SpectrumTasks(Index largestSize, const SpectrumSink& sink, const Execution& execution)
        : m_sink(sink), m_execution(execution), m_largestWave(largestWave(largestSize)),
          m_conditions(static_cast<std::size_t>(m_largestWave), 1.0)
    {}

    /// `smallerSide` is min(rows, columns) of the whole Jacobian.
    void submit(Index layer, const RunningProduct& product, Index smallerSide)
    {
        if (!product.isFinite()) {
            m_sink(layer, nullptr);
            return;
        }
        if (m_inWave == m_wave) {
            finishWave();
        }
        const auto position = static_cast<std::size_t>(m_inWave++);
        auto matrix = std::make_shared<Matrix<double>>(product.rank() == 0 ? Matrix<double>()
                                                                           : product.values());
        m_tasks.run([this, layer, position, smallerSide, matrix, rank = product.rank(),
                     log2Scale = product.log2Scale(), error = product.error()] {
            if (m_execution.stopRequested()) {
                return;
            }
            const auto values =
                singularValues(std::move(*matrix), m_expectedCondition, m_execution);
            if (m_execution.stopRequested()) {
                return;
            }
            m_conditions[position] = conditionOf(values, rank);
            if (rank > 0 && values.empty()) {
                m_sink(layer, nullptr); // the iteration did not converge
                return;
            }
            m_sink(layer, spectrumOf(values, rank, smallerSide, log2Scale, error));
        });
    }

    void finish() { m_tasks.wait(); }

private:
    void finishWave()
    {
        m_tasks.wait();
        m_expectedCondition = m_conditions[static_cast<std::size_t>(m_wave - 1)];
        m_inWave = 0;
        m_wave = std::min(2 * m_wave, m_largestWave);
    }

    static double conditionOf(const std::vector<double>& values, Index rank)
    {
        if (values.empty() || rank == 0) {
            return 1;
        }
        const auto last = std::min(values.size(), static_cast<std::size_t>(rank)) - 1;
        return values[last] > 0 ? values.front() / values[last]
                                : std::numeric_limits<double>::infinity();
    }

    static LayerSpectrumPointer spectrumOf(const std::vector<double>& values, Index rank,
                                           Index smallerSide, double log2Scale, double error)
    {
        auto spectrum = std::make_shared<LayerSpectrum>();
        const auto count = std::min(values.size(), static_cast<std::size_t>(rank));
        const double log10Scale = log2Scale * std::log10(2.0);
        spectrum->log10Values.reserve(count);
        const double largest = values.empty() ? 0 : values.front();
        // Every value of a decomposition carries a rounding of the largest.
        const double floor = std::numeric_limits<double>::epsilon() * largest;
        for (std::size_t i = 0; i < count; ++i) {
            // A value that came out as zero is rounding too: it must not become minus infinity.
            spectrum->log10Values.push_back(std::log10(std::max(values[i], floor * 1e-3)) +
                                            log10Scale);
        }
        spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(count);
        // The eigenvalues of the Gram matrix magnify it for the smallest values.
        const double condition = conditionOf(values, rank);
        const double magnified =
            condition <= largestGramCondition ? std::max(1.0, condition / 2) : 1;
        const double decomposition =
            floor * magnified * std::sqrt(static_cast<double>(std::max<Index>(1, rank)));
        spectrum->log10Resolution = count == 0 ? -std::numeric_limits<double>::infinity()
                                               : std::log10(error + decomposition) + log10Scale;
        return spectrum;
    }

    const SpectrumSink& m_sink;
    const Execution& m_execution;
    Index m_largestWave;
    std::vector<double> m_conditions;
    double m_expectedCondition = 1;
    Index m_wave = 1;
    Index m_inWave = 0;
    TaskGroup m_tasks; // the last member: its destructor waits for tasks that use the others
};

std::vector<Index> allRows(Index size)
{
    std::vector<Index> rows(static_cast<std::size_t>(size));
    std::iota(rows.begin(), rows.end(), Index{0});
    return rows;
}

std::vector<Index> activeRows(const JacobianFactors& factors, Index layer)
{
    std::vector<Index> rows;
    const auto& slopes = factors.slopes(layer);
    for (Index i = 0; i < slopes.size(); ++i) {
        if (slopes[i] != 0) {
            rows.push_back(i);
        }
    }
    return rows;
}

Index factorRank(const JacobianFactors& factors, Index layer, const std::vector<Index>& active)
{
    return std::min(factors.weightRank(layer), static_cast<Index>(active.size()));
}

/// Prepares factors in blocks on the way up (towards larger layers) or down.
void prepareFor(JacobianFactors& factors, Index layer, bool upwards, const Execution& execution)
{
    const Index block = factors.layersAtOnce();
    if (upwards && (layer - 1) % block == 0) {
        factors.prepare(layer, std::min(layer + block - 1, factors.depth()), execution);
    }
    if (!upwards && (layer == factors.depth() || layer % block == 0)) {
        factors.prepare((layer - 1) / block * block + 1, layer, execution);
    }
}

void measureFromInput(JacobianFactors& factors, const std::vector<Index>& layers,
                      SpectrumTasks& tasks, const Execution& execution)
{
    std::unique_ptr<RunningProduct> product;
    std::vector<Index> before = allRows(factors.size(0));
    Matrix<double> factor;
    for (Index layer = 1; layer <= layers.back() && !execution.stopRequested(); ++layer) {
        prepareFor(factors, layer, true, execution);
        const auto active = activeRows(factors, layer);
        factors.dense(layer, active, before, factor, execution);
        const Index rank = factorRank(factors, layer, active);
        if (product == nullptr) {
            product = std::make_unique<RunningProduct>(std::move(factor), rank, execution);
        } else {
            product->multiplyLeft(std::move(factor), rank, execution);
        }
        before = active;
        if (!execution.stopRequested() && std::binary_search(layers.begin(), layers.end(), layer)) {
            tasks.submit(layer, *product, std::min(factors.size(0), factors.size(layer)));
        }
    }
}

/// The same from the other end, with everything transposed.
void measureToOutput(JacobianFactors& factors, const std::vector<Index>& layers,
                     SpectrumTasks& tasks, const Execution& execution)
{
    std::unique_ptr<RunningProduct> product;
    const Index depth = factors.depth();
    std::vector<Index> active = activeRows(factors, depth);
    Matrix<double> factor;
    for (Index layer = depth - 1; layer >= layers.front() && !execution.stopRequested(); --layer) {
        prepareFor(factors, layer + 1, false, execution);
        factors.dense(layer + 1, active, allRows(factors.size(layer)), factor, execution);
        const Index rank = factorRank(factors, layer + 1, active);
        if (product == nullptr) {
            product = std::make_unique<RunningProduct>(factor.transpose(), rank, execution);
        } else {
            product->multiplyLeft(factor.transpose(), rank, execution);
        }
        if (!execution.stopRequested() && std::binary_search(layers.begin(), layers.end(), layer)) {
            tasks.submit(layer, *product, std::min(factors.size(depth), factors.size(layer)));
        }
        if (layer > 0) {
            active = activeRows(factors, layer);
            product->keepRows(active, execution);
        }
    }
}

/// The last of the measured layers that follow `first` one by one, at most `most` of them.
Index lastOfStretch(const std::vector<Index>& layers, Index first, Index most)
{
    Index last = first;
    while (last - first + 1 < most && std::binary_search(layers.begin(), layers.end(), last + 1)) {
        ++last;
    }
    return last;
}

void measureLayers(JacobianFactors& factors, const std::vector<Index>& layers, SpectrumTasks& tasks,
                   const Execution& execution)
{
    Matrix<double> factor;
    Index first = 0;
    Index last = 0;
    for (const Index layer : layers) {
        if (execution.stopRequested()) {
            return;
        }
        if (layer > last) {
            first = layer;
            last = lastOfStretch(layers, layer, factors.layersAtOnce());
            factors.prepare(first, last, execution);
        }
        const auto active = activeRows(factors, layer);
        factors.dense(layer, active, allRows(factors.size(layer - 1)), factor, execution);
        const Index rank = factorRank(factors, layer, active);
        const RunningProduct product(std::move(factor), rank, execution);
        tasks.submit(layer, product, std::min(factors.size(layer), factors.size(layer - 1)));
    }
}

} // namespace

void measureDense(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
                  const SpectrumSink& sink, const Execution& execution)
{
    if (layers.empty()) {
        return;
    }
    Index largest = 1;
    for (Index layer = 0; layer <= factors.depth(); ++layer) {
        largest = std::max(largest, factors.size(layer));
    }
    SpectrumTasks tasks(largest, sink, execution);
    switch (scope) {
    case Scope::Kind::FromInput:
        measureFromInput(factors, layers, tasks, execution);
        break;
    case Scope::Kind::ToOutput:
        measureToOutput(factors, layers, tasks, execution);
        break;
    case Scope::Kind::PerLayer:
        measureLayers(factors, layers, tasks, execution);
        break;
    case Scope::Kind::None:
        break;
    }
    tasks.finish();
}

double denseBytes(const ProblemSize& size)
{
    const auto product = [](Index rows, Index columns) {
        return static_cast<double>(rows) * static_cast<double>(columns);
    };
    const bool toOutput = size.scope == Scope::Kind::ToOutput;
    // One factor and its transpose, the product before and after it.
    const Index before = size.depth > 1 ? std::max(size.inputs, size.active) : size.inputs;
    const double factor = toOutput ? 2 * product(size.active, std::max(size.inputs, size.outputs))
                                   : product(size.active, before);
    const double running =
        toOutput ? product(std::max(size.inputs, size.outputs), size.active)
        : size.scope == Scope::Kind::PerLayer
            ? product(size.active,
                      std::max(size.inputs, size.depth > 1 ? size.outputs : size.inputs))
            : product(size.active, size.inputs);
    // Beside them the layers whose values are being found, each with its transpose and what the
    // decomposition takes.
    const Index largest = std::max(size.inputs, size.outputs);
    const double tasks = 3 * running * static_cast<double>(largestWave(largest));
    return (factor + 3 * running + tasks) * sizeof(double);
}

} // namespace initlens::spectrum
