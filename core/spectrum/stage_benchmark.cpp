#include "core/spectrum/stage_benchmark.h"

#include "core/base/parallel.h"
#include "core/base/seconds_of.h"
#include "core/spectrum/graded_product.h"
#include "core/spectrum/graded_values.h"
#include "core/spectrum/layer_measurement.h"
#include "core/spectrum/quick_measurement.h"
#include "core/spectrum/running_product.h"
#include "core/spectrum/singular_values.h"

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

namespace initlens::spectrum {

namespace {

/// The identity and a little of everything: full rank, a condition number of a few units.
Matrix<double> wellConditioned(Index order, double phase)
{
    const double size = 0.4 / std::sqrt(static_cast<double>(order));
    return Matrix<double>::NullaryExpr(order, order, [&](Index i, Index j) {
        const auto at = static_cast<double>(i * order + j);
        return (i == j ? 1 : 0) + size * std::sin(at * at * 0.37 + phase);
    });
}

/// Seconds of one of many equal pieces of work that run side by side, one a worker.
double secondsSideBySide(const std::function<void()>& work, const Execution& execution)
{
    const auto copies = static_cast<std::size_t>(currentThreads());
    return secondsOf(
               [&] { parallelFor(copies, execution, [&](std::size_t /*copy*/) { work(); }); }) /
           static_cast<double>(copies);
}

} // namespace

std::vector<StageTime> measureStages(Index order, const Execution& execution)
{
    const auto n = static_cast<double>(order);
    const double cube = n * n * n;
    const Matrix<double> first = wellConditioned(order, 0);
    const Matrix<double> second = wellConditioned(order, 1);
    const double tolerance = goodBoundOf(order) * std::numbers::ln10;
    std::vector<StageTime> stages;

    RunningProduct<double> product(first, order, execution);
    stages.push_back({.name = "product",
                      .seconds = secondsOf([&] { product.multiplyLeft(second, order, execution); }),
                      .operations = 2 * cube});

    const Matrix<float> single = first.cast<float>();
    RunningProduct<float> singleProduct(single, order, execution);
    Matrix<float> singleFactor = second.cast<float>();
    stages.push_back({.name = "product, float32",
                      .seconds = secondsOf([&] {
                          singleProduct.multiplyLeft(std::move(singleFactor), order, execution);
                      }),
                      .operations = 2 * cube});
    stages.push_back({.name = "values, float32",
                      .seconds = secondsSideBySide(
                          [&] { measureSingle(singleProduct, order, 1, execution); }, execution),
                      .operations = (1 + 4.0 / 3) * cube});

    const auto decompose = [&](double expectedCondition) {
        return [&, expectedCondition] {
            singularValues(first, tolerance, expectedCondition, execution);
        };
    };
    stages.push_back({.name = "values, Gram matrix",
                      .seconds = secondsSideBySide(decompose(1), execution),
                      .operations = (1 + 4.0 / 3) * cube});
    constexpr double infinity = std::numeric_limits<double>::infinity();
    stages.push_back({.name = "values, bidiagonalisation",
                      .seconds = secondsSideBySide(decompose(infinity), execution),
                      .operations = 8.0 / 3 * cube});

    // A factor times the basis, its decomposition, and that of the triangle from the other side.
    GradedProduct graded(first, execution);
    stages.push_back({.name = "step of the recursion",
                      .seconds = secondsOf([&] { graded.multiplyLeft(second, execution); }),
                      .operations = (2 + 4.0 / 3 + 4.0 / 3 + 1 + 4.0 / 3) * cube});
    stages.push_back(
        {.name = "values, recursion",
         .seconds = secondsSideBySide(
             [&] { gradedSingularValues(*graded.factor(), tolerance / 4, execution); }, execution),
         .operations =
             (4.0 / 3 + 8.0 / 3) * cube}); // the scales are flat: sides are exchanged once
    return stages;
}

} // namespace initlens::spectrum
