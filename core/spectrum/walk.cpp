#include "core/spectrum/walk.h"

#include "core/base/linear_algebra.h"
#include "core/spectrum/structural_rank.h"

#include <algorithm>
#include <numeric>

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

} // namespace

Walk::Walk(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
           const Execution& execution)
    : m_factors(factors), m_scope(scope), m_layers(layers), m_execution(execution)
{}

Index Walk::steps() const
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

Index Walk::layerAfter(Index step) const
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

bool Walk::measures(Index layer) const
{
    return std::binary_search(m_layers.begin(), m_layers.end(), layer);
}

Index Walk::smallerSide(Index layer) const
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

bool Walk::advance(Index step, bool graded, double relativeError, Product& product)
{
    if (step == 0 || isSingle()) {
        product = {};
    }
    if (graded) {
        return m_scope == Scope::Kind::ToOutput
                   ? advanceGradedToOutput(step, relativeError, product)
                   : advanceGraded(step, relativeError, product);
    }
    advancePlain(step, product.plain);
    return true;
}

template <class T>
void Walk::advancePlain(Index step, std::optional<RunningProduct<T>>& product)
{
    const bool toOutput = m_scope == Scope::Kind::ToOutput;
    const bool fresh = isSingle() || step == 0;
    if (fresh) {
        product.reset();
    }
    const Index layer = layerAfter(step) + (toOutput ? 1 : 0);
    prepare(layer);
    const auto active = activeRows(m_factors, layer);
    Matrix<T> factor;
    m_factors.dense(layer, active,
                    fresh || toOutput ? allRows(m_factors.size(layer - 1))
                                      : activeRows(m_factors, layer - 1),
                    factor, m_execution);
    if (toOutput) {
        if (product) {
            product->keepRows(active, m_execution);
        }
        factor = transposed(factor, m_execution);
    }
    const Index rank = factorRank(layer, active);
    if (product) {
        product->multiplyLeft(std::move(factor), rank, m_execution);
    } else {
        product.emplace(std::move(factor), rank, m_execution);
    }
}

bool Walk::advanceGraded(Index step, double relativeError, Product& product)
{
    const Index layer = layerAfter(step);
    prepare(layer);
    const auto active = activeRows(m_factors, layer);
    const auto columns = isSingle() || step == 0 ? allRows(m_factors.size(layer - 1))
                                                 : activeRows(m_factors, layer - 1);
    Matrix<double> factor;
    m_factors.dense(layer, active, columns, factor, m_execution);
    return multiplyGraded(std::move(factor), factorRank(layer, active), relativeError, product);
}

bool Walk::advanceGradedToOutput(Index step, double relativeError, Product& product)
{
    const Index layer = layerAfter(step) + 1;
    prepare(layer);
    const auto active = activeRows(m_factors, layer);
    Matrix<double> factor;
    m_factors.dense(layer, active, allRows(m_factors.size(layer - 1)), factor, m_execution);
    // Slopes first, then the weights alone: each is then decomposed row by row.
    const Vector<double> slopes = m_factors.slopes(layer)(active);
    for (Index j = 0; j < factor.cols(); ++j) {
        factor.col(j).array() /= slopes.array();
    }
    startGraded(relativeError, product);
    if (product.graded) {
        product.graded->selectRows(active, slopes, m_execution);
    } else {
        product.graded.emplace(Matrix<double>(slopes.asDiagonal()), m_execution);
    }
    return multiplyGraded(transposed(factor, m_execution), factorRank(layer, active), relativeError,
                          product);
}

bool Walk::multiplyGraded(Matrix<double> factor, Index rank, double relativeError,
                          Product& product) const
{
    const Index full = std::min(factor.rows(), factor.cols());
    if (rank < full || structureOf(factor, m_execution).hasZeros) {
        return false;
    }
    startGraded(relativeError, product);
    if (product.graded) {
        product.graded->multiplyLeft(factor, m_execution);
    } else {
        product.graded.emplace(std::move(factor), m_execution);
    }
    return true;
}

void Walk::startGraded(double relativeError, Product& product) const
{
    if (product.plain) {
        product.graded.emplace(*product.plain, relativeError, m_execution);
        product.plain.reset();
    }
}

Index Walk::factorRank(Index layer, const std::vector<Index>& active) const
{
    return std::min(m_factors.weightRank(layer), static_cast<Index>(active.size()));
}

void Walk::prepare(Index layer)
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

template void Walk::advancePlain(Index, std::optional<RunningProduct<float>>&);
template void Walk::advancePlain(Index, std::optional<RunningProduct<double>>&);

} // namespace initlens::spectrum
