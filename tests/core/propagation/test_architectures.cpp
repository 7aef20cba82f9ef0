#include "core/experiment/draw.h"
#include "core/propagation/backward.h"
#include "core/propagation/pixels.h"
#include "core/spectrum/structured_jacobian.h"
#include "tests/core/propagation/textbook_network.h"
#include "tests/support/specs.h"

#include <cmath>
#include <numeric>

namespace initlens::propagation {

namespace {

using testing::chosen;
using testing::makeSpec;
using testing::SpecOptions;
using testing::TextbookNetwork;

struct Case {
    std::string_view architecture;
    SpecOptions options;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.architecture; }
};

experiment::RunSpec specOf(const Case& c)
{
    auto spec = makeSpec(c.options);
    spec.architecture = chosen<network::Architecture>(c.architecture);
    EXPECT_TRUE(experiment::validate(spec).empty()) << experiment::validate(spec).message();
    return spec;
}

double meanSquare(const Matrix<double>& m)
{
    return m.squaredNorm() / static_cast<double>(m.size());
}

class Architectures : public ::testing::TestWithParam<Case> {
protected:
    Architectures()
        : spec(specOf(GetParam())), source({spec, experiment::effectiveInputSize(spec),
                                            static_cast<std::uint64_t>(spec.seed), 0},
                                           true),
          input(experiment::drawInput<double>(spec, 0, execution)),
          cotangent(experiment::drawCotangent<double>(spec, 0, execution)),
          forward(source, input, Keep::ForBackward, spec.input->pairs), textbook(spec)
    {
        for (Index layer = 1; layer <= spec.depth; ++layer) {
            source.prepare(layer, layer, execution);
            layers.push_back(forward.step(layer, execution));
        }
    }

    /// d<v, x^L>/dh^l by central differences.
    [[nodiscard]] Matrix<double> delta(Index layer) const
    {
        constexpr double step = 1e-5;
        const Index rows = network::unitCount(spec);
        Matrix<double> result(rows, spec.batch);
        for (Index c = 0; c < spec.batch; ++c) {
            for (Index r = 0; r < rows; ++r) {
                const auto at = [&](double size) {
                    Matrix<double> shift = Matrix<double>::Zero(rows, spec.batch);
                    shift(r, c) = size;
                    return textbook.forward(input, layer, shift)
                        .activations.back()
                        .cwiseProduct(cotangent)
                        .sum();
                };
                result(r, c) = (at(step) - at(-step)) / (2 * step);
            }
        }
        return result;
    }

    const Execution execution;
    experiment::RunSpec spec;
    NetworkSource<double> source;
    Matrix<double> input;
    Matrix<double> cotangent;
    ForwardPass<double> forward;
    TextbookNetwork textbook;
    std::vector<LayerStatistics> layers;
};

TEST_P(Architectures, ForwardAgreesWithTheTextbook)
{
    constexpr double tolerance = 1e-11;
    const auto expected = textbook.forward(input);
    for (std::size_t l = 0; l < layers.size(); ++l) {
        SCOPED_TRACE(l + 1);
        const auto& x = expected.activations[l + 1];
        const auto& h = expected.preactivations[l];
        EXPECT_NEAR(layers[l].log10PreactivationMeanSquare, std::log10(meanSquare(h)), tolerance);
        EXPECT_NEAR(layers[l].log10ActivationMeanSquare, std::log10(meanSquare(x)), tolerance);
        EXPECT_NEAR(layers[l].activationMean, x.mean(), tolerance);
        if (spec.input->pairs) {
            double cosines = 0;
            for (Index c = 0; c < h.cols(); c += 2) {
                cosines += h.col(c).dot(h.col(c + 1)) / h.col(c).norm() / h.col(c + 1).norm();
            }
            EXPECT_NEAR(layers[l].pairCosine, 2 * cosines / static_cast<double>(h.cols()),
                        tolerance);
        }
    }
    const auto last = forward.activations(spec.depth);
    for (Index s = 0; s < spec.batch; ++s) {
        EXPECT_LT((fromPixelColumns(last, forward.pixels(), s) - expected.activations.back().col(s))
                      .norm(),
                  tolerance * (1 + expected.activations.back().col(s).norm()));
    }
}

TEST_P(Architectures, GradientsAreTheDerivatives)
{
    BackwardPass<double> backward(source, forward, cotangent, execution);
    const auto expected = textbook.forward(input);
    const auto batch = static_cast<double>(spec.batch);
    for (Index layer = spec.depth; layer >= 1; --layer) {
        SCOPED_TRACE(layer);
        auto& s = layers[static_cast<std::size_t>(layer - 1)];
        backward.step(layer, s, execution);
        const Matrix<double> d = delta(layer);
        EXPECT_NEAR(s.log10GradientNorm, std::log10(d.norm() / std::sqrt(batch)), 1e-7);
        const auto structure = network::structureOf(spec);
        const double branch =
            structure.joinsPreactivations(layer) ? std::abs(structure.skip.branch) : 1;
        const double norm =
            branch * textbook.weightGradientNorm(
                         layer, d, expected.activations[static_cast<std::size_t>(layer - 1)]);
        EXPECT_NEAR(s.log10WeightGradientNorm, std::log10(norm / batch), 1e-7);
    }
}

TEST_P(Architectures, CheckpointsChangeNoBit)
{
    const auto measure = [&](Keep keep, bool keepsWeights) {
        NetworkSource<double> drawn(
            {spec, experiment::effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), 0},
            keepsWeights);
        ForwardPass<double> pass(drawn, input, keep, spec.input->pairs);
        for (Index layer = 1; layer <= spec.depth; ++layer) {
            drawn.prepare(layer, layer, execution);
            pass.step(layer, execution);
        }
        BackwardPass<double> backward(drawn, pass, cotangent, execution);
        std::vector<double> found;
        for (Index layer = spec.depth; layer >= 1; --layer) {
            pass.load(layer - 1, layer, execution);
            drawn.prepare(layer, layer, execution);
            LayerStatistics s;
            backward.step(layer, s, execution);
            found.push_back(s.log10GradientNorm);
            found.push_back(s.log10WeightGradientNorm);
        }
        return found;
    };
    const auto expected = measure(Keep::ForBackward, true);
    for (const Index every : {1, 2, 3}) {
        EXPECT_EQ(measure(Keep::checkpoints(every, 2), false), expected) << every;
    }
}

TEST_P(Architectures, InputGradientsAreTheDerivatives)
{
    constexpr double step = 1e-5;
    BackwardPass<double> backward(source, forward, cotangent, execution);
    for (Index layer = spec.depth; layer >= 1; --layer) {
        backward.step(layer, layers[static_cast<std::size_t>(layer - 1)], execution);
    }
    Matrix<double> found = backward.inputGradients(execution);
    Matrix<double> expected(input.rows(), input.cols());
    for (Index c = 0; c < input.cols(); ++c) {
        for (Index r = 0; r < input.rows(); ++r) {
            const auto at = [&](double size) {
                Matrix<double> x = input;
                x(r, c) += size;
                return textbook.forward(x).activations.back().cwiseProduct(cotangent).sum();
            };
            expected(r, c) = (at(step) - at(-step)) / (2 * step);
        }
    }
    found *= expected.norm() / found.norm(); // they are known up to a common factor
    EXPECT_LT((found - expected).norm(), 1e-6 * expected.norm());
}

/// The state between the factors: x^l, or h^l where blocks span two layers; over the whole batch
/// with batch normalisation.
Matrix<double> stateOf(const experiment::RunSpec& spec, const TextbookNetwork::Layers& layers,
                       Index layer, Index sample)
{
    const auto structure = network::structureOf(spec);
    const bool h = structure.skip.kind == network::Skip::Kind::AroundTwoLayers;
    const auto l = static_cast<std::size_t>(layer);
    const Matrix<double>& all = h ? layers.preactivations[l - 1] : layers.activations[l];
    if (experiment::jointSamples(spec) > 1) {
        return all.reshaped();
    }
    return all.col(sample);
}

TEST_P(Architectures, JacobianIsTheDerivative)
{
    constexpr Index sample = 1;
    constexpr double step = 1e-5;
    const auto factors = spectrum::jacobianFactors(source, forward, sample);
    const spectrum::FactorLayers map(network::structureOf(spec), spec.depth);
    ASSERT_EQ(factors->depth(), map.count());
    const bool joint = experiment::jointSamples(spec) > 1;
    const Matrix<double> direction = Matrix<double>::Random(input.rows(), joint ? input.cols() : 1);
    Matrix<double> moved = direction.reshaped();
    for (Index factor = 1; factor <= factors->depth(); ++factor) {
        SCOPED_TRACE(factor);
        factors->prepare(factor, factor, execution);
        Matrix<double> next;
        factors->apply(factor, moved, next, execution);
        moved = next;
        const auto at = [&](double size) {
            Matrix<double> x = input;
            x.middleCols(joint ? 0 : sample, direction.cols()) += size * direction;
            return stateOf(spec, textbook.forward(x), map.lastLayer(factor), sample);
        };
        const Matrix<double> expected = (at(step) - at(-step)) / (2 * step);
        EXPECT_LT((moved - expected).norm(), 1e-7 * expected.norm() + 1e-12);
    }
}

TEST_P(Architectures, FactorsAndTheirAdjointsAgree)
{
    const auto factors = spectrum::jacobianFactors(source, forward, 0);
    for (Index factor = 1; factor <= factors->depth(); ++factor) {
        SCOPED_TRACE(factor);
        factors->prepare(factor, factor, execution);
        const Index rows = factors->size(factor);
        const Index columns = factors->size(factor - 1);
        const Matrix<double> x = Matrix<double>::Random(columns, 3);
        const Matrix<double> y = Matrix<double>::Random(rows, 3);
        Matrix<double> image;
        Matrix<double> back;
        factors->apply(factor, x, image, execution);
        factors->applyTransposed(factor, y, back, execution);
        EXPECT_NEAR(image.cwiseProduct(y).sum(), x.cwiseProduct(back).sum(),
                    1e-12 * image.norm() * y.norm());
        std::vector<Index> all(static_cast<std::size_t>(columns));
        std::iota(all.begin(), all.end(), 0);
        Matrix<double> dense;
        factors->dense(factor, {rows - 1, 0}, all, dense, execution);
        const Matrix<double> product = dense * x;
        EXPECT_LT((product.row(0) - image.row(rows - 1)).norm(), 1e-12 * image.norm());
        EXPECT_LT((product.row(1) - image.row(0)).norm(), 1e-12 * image.norm());
        // A gate that is shut is a row of zeros.
        for (Index row = 0; row < rows; ++row) {
            if (factors->slopes(factor)[row] == 0) {
                EXPECT_EQ(image.row(row).norm(), 0.0);
            }
        }
    }
}

constexpr SpecOptions small = {.depth = 4, .width = 4, .batch = 3, .biasStd = 0.2};
constexpr SpecOptions pairs = {
    .input = "correlated_pair", .depth = 3, .width = 3, .batch = 4, .biasStd = 0.2};
constexpr SpecOptions crelu = {.activation = "crelu", .depth = 4, .width = 3, .batch = 3};
constexpr SpecOptions relu = {.activation = "relu", .depth = 3, .width = 6, .batch = 3};

INSTANTIATE_TEST_SUITE_P(
    All, Architectures,
    ::testing::Values(
        Case{"plain:normalisation=layer", small}, Case{"plain:normalisation=batch", small},
        Case{"residual:skip_scale=0.8,branch_scale=0.5", small}, Case{"residual", crelu},
        Case{"residual:normalisation=layer", pairs},
        Case{"residual:branch_scale=0.5,normalisation=batch", small},
        Case{"residual", {.depth = 3, .width = 5, .inputSize = 2, .batch = 2}},
        Case{"preactivation_residual:skip_scale=0.9,branch_scale=0.6", small},
        Case{"preactivation_residual", {.depth = 5, .width = 4, .inputSize = 3, .batch = 2}},
        Case{"preactivation_residual:normalisation=layer", pairs},
        Case{"preactivation_residual:normalisation=batch,branch_scale=2",
             {.depth = 5, .width = 4, .batch = 3}},
        Case{"conv:size=3,kernel=3", small}, Case{"conv:size=3,kernel=2", pairs},
        Case{"conv:size=3,kernel=3,padding=zero", small}, Case{"conv:size=4,kernel=1", small},
        Case{"conv:size=2,kernel=3", relu},
        Case{"conv:size=2,kernel=5,padding=zero", {.depth = 2, .width = 2, .batch = 2}},
        Case{"conv:size=2,kernel=2", crelu},
        Case{"conv:size=3,kernel=3",
             {.activation = "crelu",
              .initializer = "looks_linear",
              .depth = 3,
              .width = 3,
              .batch = 2}},
        Case{"conv:size=2,kernel=3", {.depth = 3, .width = 3, .inputSize = 8, .batch = 2}}));

} // namespace

} // namespace initlens::propagation
