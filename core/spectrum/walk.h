#pragma once

#include "core/spectrum/graded_product.h"
#include "core/spectrum/jacobian.h"
#include "core/spectrum/running_product.h"
#include "core/spectrum/scope.h"

#include <optional>
#include <vector>

namespace initlens::spectrum {

/// The product on its way through the layers: plain, graded, or none before the first. Cheap to
/// copy.
struct Product {
    std::optional<RunningProduct<double>> plain;
    std::optional<GradedProduct> graded;
};

/// The steps that multiply a Jacobian together, one factor each: from layer 1 on, or from layer L
/// down, with everything transposed, for the Jacobians to the output; alone for every layer where
/// the scope is that of single layers. Dead gates are left out, so no row is zero.
class Walk {
public:
    /// Measures these layers (ascending).
    Walk(JacobianFactors& factors, Scope::Kind scope, const std::vector<Index>& layers,
         const Execution& execution);

    [[nodiscard]] Index steps() const;
    /// The layer whose Jacobian the product is after a step.
    [[nodiscard]] Index layerAfter(Index step) const;
    [[nodiscard]] bool measures(Index layer) const;
    /// min(rows, columns) of the Jacobian at a layer, dead gates included.
    [[nodiscard]] Index smallerSide(Index layer) const;
    /// Whether every step begins a product of its own, so that steps may come in any order.
    [[nodiscard]] bool isSingle() const { return m_scope == Scope::Kind::PerLayer; }
    /// Steps whose factors are worth taking one after the other, because they are made ready at
    /// once.
    [[nodiscard]] Index stepsAtOnce() const { return m_factors.layersAtOnce(); }

    /// Takes a step with the plain product, or with the graded one where `graded` says so; that
    /// goes on from a plain product whose singular values have `relativeError`. False where the
    /// factor has not the full rank that a graded product needs; the product is then undefined.
    bool advance(Index step, bool graded, double relativeError, Product& product);
    /// Takes a step with a plain product in the precision T (float or double).
    template <class T>
    void advancePlain(Index step, std::optional<RunningProduct<T>>& product);

private:
    bool advanceGraded(Index step, double relativeError, Product& product);
    bool advanceGradedToOutput(Index step, double relativeError, Product& product);
    bool multiplyGraded(Matrix<double> factor, Index rank, double relativeError,
                        Product& product) const;
    void startGraded(double relativeError, Product& product) const;
    [[nodiscard]] Index factorRank(Index layer, const std::vector<Index>& active) const;
    /// Makes the factor of a layer ready, together with those that will follow it.
    void prepare(Index layer);

    JacobianFactors& m_factors;
    Scope::Kind m_scope;
    const std::vector<Index>& m_layers;
    const Execution& m_execution;
    Index m_firstReady = 0;
    Index m_lastReady = -1;
};

} // namespace initlens::spectrum
