#include "core/spectrum/dense.h"

#include "core/spectrum/spectrum_tasks.h"
#include "core/spectrum/structural_rank.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace initlens::spectrum {

namespace {

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

/// The product on its way through the layers: plain, graded, or none yet.
struct Product {
    std::optional<RunningProduct> plain;
    std::optional<GradedProduct> graded;
};

/// The steps from one measured layer to the next, for one scope.
class Walk {
public:
    Walk(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
         const Execution& execution)
        : m_factors(factors), m_scope(scope), m_layers(layers), m_execution(execution)
    {}

    [[nodiscard]] Index steps() const
    {
        switch (m_scope) {
        case Scope::Kind::FromInput:
            return m_layers.back();
        case Scope::Kind::ToOutput:
            return m_factors.depth() - m_layers.front();
        case Scope::Kind::PerLayer:
            return static_cast<Index>(m_layers.size());
        case Scope::Kind::None:
            break;
        }
        return 0;
    }

    /// The layer whose Jacobian the product is after a step.
    [[nodiscard]] Index layerAfter(Index step) const
    {
        switch (m_scope) {
        case Scope::Kind::ToOutput:
            return m_factors.depth() - 1 - step;
        case Scope::Kind::PerLayer:
            return m_layers[static_cast<std::size_t>(step)];
        case Scope::Kind::FromInput:
        case Scope::Kind::None:
            break;
        }
        return step + 1;
    }

    [[nodiscard]] bool measures(Index layer) const
    {
        return std::binary_search(m_layers.begin(), m_layers.end(), layer);
    }

    /// min(rows, columns) of the Jacobian at a layer.
    [[nodiscard]] Index smallerSide(Index layer) const
    {
        switch (m_scope) {
        case Scope::Kind::ToOutput:
            return std::min(m_factors.size(m_factors.depth()), m_factors.size(layer));
        case Scope::Kind::PerLayer:
            return std::min(m_factors.size(layer), m_factors.size(layer - 1));
        case Scope::Kind::FromInput:
        case Scope::Kind::None:
            break;
        }
        return std::min(m_factors.size(0), m_factors.size(layer));
    }

    /// Takes a step with the plain product, or with the graded one where `graded` says so. False
    /// where the factor has not the full rank that a graded product needs; it is then undefined.
    bool advance(Index step, bool graded, Product& product)
    {
        if (m_scope == Scope::Kind::ToOutput) {
            return advanceToOutput(step, graded, product);
        }
        const Index layer = layerAfter(step);
        const bool fresh = m_scope == Scope::Kind::PerLayer || step == 0;
        if (fresh) {
            product = {};
        }
        prepare(layer);
        const auto active = activeRows(m_factors, layer);
        Matrix<double> factor;
        m_factors.dense(layer, active,
                        fresh ? allRows(m_factors.size(layer - 1))
                              : activeRows(m_factors, layer - 1),
                        factor, m_execution);
        return multiply(std::move(factor), factorRank(layer, active), graded, product);
    }

    /// The relative error of the plain product that a graded one will go on from.
    void setRelativeError(double error) { m_relativeError = error; }

private:
    /// The same from the other end, with everything transposed.
    bool advanceToOutput(Index step, bool graded, Product& product)
    {
        const Index layer = layerAfter(step) + 1;
        prepare(layer);
        const auto active = activeRows(m_factors, layer);
        Matrix<double> factor;
        m_factors.dense(layer, active, allRows(m_factors.size(layer - 1)), factor, m_execution);
        if (step == 0) {
            product = {};
        }
        if (!graded) {
            if (step > 0) {
                product.plain->keepRows(active, m_execution);
            }
            return multiply(factor.transpose(), factorRank(layer, active), graded, product);
        }
        // Slopes first, then the weights alone: each is then decomposed row by row.
        const Vector<double> slopes = m_factors.slopes(layer)(active);
        for (Index j = 0; j < factor.cols(); ++j) {
            factor.col(j).array() /= slopes.array();
        }
        startGraded(product);
        if (product.graded) {
            product.graded->selectRows(active, slopes, m_execution);
        } else {
            product.graded.emplace(Matrix<double>(slopes.asDiagonal()), m_execution);
        }
        return multiply(factor.transpose(), factorRank(layer, active), graded, product);
    }

    bool multiply(Matrix<double> factor, Index rank, bool graded, Product& product)
    {
        if (!graded) {
            if (product.plain) {
                product.plain->multiplyLeft(std::move(factor), rank, m_execution);
            } else {
                product.plain.emplace(std::move(factor), rank, m_execution);
            }
            return true;
        }
        const Index full = std::min(factor.rows(), factor.cols());
        if (rank < full || structureOf(factor, m_execution).hasZeros) {
            return false;
        }
        startGraded(product);
        if (product.graded) {
            product.graded->multiplyLeft(factor, m_execution);
        } else {
            product.graded.emplace(std::move(factor), m_execution);
        }
        return true;
    }

    /// Goes on from a plain product, whose relative error the caller has set.
    void startGraded(Product& product) const
    {
        if (product.plain) {
            product.graded.emplace(*product.plain, m_relativeError, m_execution);
            product.plain.reset();
        }
    }

    [[nodiscard]] Index factorRank(Index layer, const std::vector<Index>& active) const
    {
        return std::min(m_factors.weightRank(layer), static_cast<Index>(active.size()));
    }

    /// Makes the factor of a layer ready, together with those that will follow it.
    void prepare(Index layer)
    {
        if (layer >= m_firstReady && layer <= m_lastReady) {
            return;
        }
        const Index block = m_factors.layersAtOnce();
        switch (m_scope) {
        case Scope::Kind::ToOutput:
            m_firstReady = (layer - 1) / block * block + 1;
            m_lastReady = layer;
            break;
        case Scope::Kind::PerLayer:
            m_firstReady = layer;
            m_lastReady = layer;
            while (m_lastReady - layer + 1 < block && measures(m_lastReady + 1)) {
                ++m_lastReady;
            }
            break;
        case Scope::Kind::FromInput:
        case Scope::Kind::None:
            m_firstReady = (layer - 1) / block * block + 1;
            m_lastReady = std::min(m_firstReady + block - 1, m_factors.depth());
            break;
        }
        m_factors.prepare(m_firstReady, m_lastReady, m_execution);
    }

    JacobianFactors& m_factors;
    Scope::Kind m_scope;
    const std::vector<Index>& m_layers;
    const Execution& m_execution;
    double m_relativeError = 0;
    Index m_firstReady = 0;
    Index m_lastReady = -1;
};

/// A place to go back to: the product before a step, good enough to go on from.
struct Checkpoint {
    Index step = 0;
    Product product;
    double relativeError = 0;
};

/// Walks through all layers, plain as long as every value is good, graded from the last good place
/// on, and plain for ever where the structure allows no other way.
void walkThrough(Walk walk, SpectrumTasks& tasks, const Execution& execution)
{
    enum class Way { PlainWhileGood, Graded, PlainAlways };
    Way way = Way::PlainWhileGood;
    Product product;
    Checkpoint checkpoint;
    const auto goBack = [&](Way newWay) {
        way = newWay;
        product = checkpoint.product;
        walk.setRelativeError(checkpoint.relativeError);
        return checkpoint.step;
    };
    const Index steps = walk.steps();
    for (Index step = 0; step < steps && !execution.stopRequested();) {
        if (!walk.advance(step, way == Way::Graded, product)) {
            tasks.finishWave();
            step = goBack(Way::PlainAlways);
            continue;
        }
        const Index layer = walk.layerAfter(step++);
        if (execution.stopRequested()) {
            break;
        }
        if (walk.measures(layer)) {
            if (product.graded) {
                tasks.submit(layer, *product.graded, walk.smallerSide(layer));
            } else {
                tasks.submit(layer, *product.plain, walk.smallerSide(layer));
            }
        }
        if (!tasks.waveIsFull() && step < steps) {
            continue;
        }
        const bool good = tasks.finishWave();
        const bool refinable =
            way == Way::PlainWhileGood && (!product.plain || product.plain->hasFullRank());
        if (!good && refinable) {
            tasks.dropHeld();
            step = goBack(Way::Graded);
            continue;
        }
        tasks.sendHeld();
        if (!good) {
            way = Way::PlainAlways;
        }
        if (way == Way::PlainWhileGood) {
            checkpoint = {step, product, tasks.lastRelativeError()};
        }
    }
    tasks.finishWave();
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
    walkThrough(Walk(factors, scope, layers, execution), tasks, execution);
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
    // The plain product that is kept to go back to, or the parts of the graded one: a basis, a
    // triangle, and what a step makes of them.
    constexpr double graded = 7;
    const bool fromInput = size.scope == Scope::Kind::FromInput || size.depth == 1;
    const Index rank = fromInput ? std::min(size.inputs, size.active) : size.active;
    const double part = product(largest, rank);
    return (factor + 3 * running + graded * part + tasks) * sizeof(double);
}

} // namespace initlens::spectrum
