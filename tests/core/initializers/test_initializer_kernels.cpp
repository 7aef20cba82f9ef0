#include "tests/core/initializers/drawn_weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

constexpr Index imageSide = 7;

WeightShape kernelShape(Index outputs, Index channels, Index side)
{
    return {.outputs = outputs, .inputs = channels * side * side, .taps = side * side};
}

/// The convolution of an image, a column a pixel, at circular padding.
Matrix<double> convolved(const Matrix<double>& kernel, Index side, const Matrix<double>& image)
{
    Matrix<double> result = Matrix<double>::Zero(kernel.rows(), image.cols());
    const Index channels = image.rows();
    for (Index row = 0; row < imageSide; ++row) {
        for (Index column = 0; column < imageSide; ++column) {
            for (Index tap = 0; tap < side * side; ++tap) {
                const Index from =
                    (row + tap / side) % imageSide * imageSide + (column + tap % side) % imageSide;
                result.col(row * imageSide + column) +=
                    kernel.middleCols(tap * channels, channels) * image.col(from);
            }
        }
    }
    return result;
}

Matrix<double> randomImage(Index channels)
{
    return draw(chosen("normal:std=1"), {channels, imageSide * imageSide}, stream(9));
}

/// Factor by which the convolution stretches an image.
double stretch(const Matrix<double>& kernel, Index side)
{
    const Matrix<double> image = randomImage(kernel.cols() / (side * side));
    return convolved(kernel, side, image).norm() / image.norm();
}

TEST(IsometricKernels, KeepTheNormTimesTheGain)
{
    const std::pair<std::string_view, double> rows[] = {{"delta_orthogonal", 1},
                                                        {"conv_orthogonal", 1},
                                                        {"delta_orthogonal:gain=1.7", 1.7},
                                                        {"conv_orthogonal:gain=0.3", 0.3}};
    for (const auto& [name, gain] : rows) {
        for (const Index side : {1, 2, 3, 4, 5}) {
            for (const auto& [outputs, channels] :
                 {std::pair<Index, Index>(6, 6), {9, 6}, {8, 1}, {1, 1}}) {
                const WeightShape shape = kernelShape(outputs, channels, side);
                const Matrix<double> kernel = draw(chosen(name), shape);
                EXPECT_NEAR(stretch(kernel, side) / gain, 1, 1e-12) << name << " " << text(shape);
                const Matrix<double> single = draw<float>(chosen(name), shape).cast<double>();
                EXPECT_NEAR(stretch(single, side) / gain, 1, 1e-5) << name << " " << text(shape);
            }
        }
    }
}

TEST(IsometricKernels, AnOrthogonalMatrixLaidOutAsAKernelIsNone)
{
    EXPECT_GT(std::abs(stretch(draw(chosen("orthogonal"), kernelShape(6, 6, 3)), 3) - 1), 0.01);
}

TEST(IsometricKernels, OfOneTapAreOrthogonal)
{
    for (const auto name : {"delta_orthogonal:gain=2", "conv_orthogonal:gain=2"}) {
        EXPECT_EQ(draw(chosen(name), {30, 20}), draw(chosen("orthogonal:gain=2"), {30, 20}));
    }
    EXPECT_EQ(draw(chosen("critical_delta_orthogonal"), {30, 20}),
              draw(chosen("critical_orthogonal"), {30, 20}));
}

TEST(IsometricKernels, RefuseLayersThatNarrow)
{
    for (const auto name : {"delta_orthogonal", "conv_orthogonal", "critical_delta_orthogonal"}) {
        EXPECT_EQ(refusalOf(chosen(name), kernelShape(8, 8, 3)), "");
        const std::string reason = refusalOf(chosen(name), kernelShape(8, 9, 3));
        EXPECT_NE(reason.find('8'), std::string::npos) << reason;
        EXPECT_NE(reason.find('9'), std::string::npos) << reason;
    }
}

TEST(ConvOrthogonal, UsesEveryTap)
{
    const WeightShape shape = kernelShape(12, 12, 3);
    const Matrix<double> kernel = draw(chosen("conv_orthogonal"), shape);
    for (Index tap = 0; tap < shape.taps; ++tap) {
        EXPECT_GT(kernel.middleCols(12 * tap, 12).norm(), 0.1) << tap;
    }
}

/// The projectors of a step are independent of each other and of the frame that they meet.
TEST(ConvOrthogonal, DrawsItsProjectorsApart)
{
    // With one channel a projector is 0 or 1, so a kernel has one tap, and each is as likely as
    // the product of four coins says.
    constexpr Index side = 3;
    constexpr int draws = 4000;
    std::vector<int> counts(static_cast<std::size_t>(side * side), 0);
    for (std::uint32_t trial = 0; trial < draws; ++trial) {
        const Matrix<double> kernel =
            draw(chosen("conv_orthogonal"), kernelShape(1, 1, side), stream(5, 1, trial));
        Index row = 0;
        Index tap = 0;
        EXPECT_NEAR(kernel.cwiseAbs().maxCoeff(&row, &tap), 1, 1e-15);
        EXPECT_EQ((kernel.array() != 0).count(), 1);
        ++counts[static_cast<std::size_t>(tap)];
    }
    constexpr double binomial[] = {0.25, 0.5, 0.25};
    for (Index tap = 0; tap < side * side; ++tap) {
        const double share = binomial[tap / side] * binomial[tap % side];
        EXPECT_NEAR(counts[static_cast<std::size_t>(tap)], draws * share,
                    5 * std::sqrt(draws * share * (1 - share)))
            << tap;
    }
}

TEST(DiracKernels, PassTheImageOnUnchanged)
{
    for (const auto name : {"dirac", "identity", "zero_init"}) {
        const Matrix<double> kernel = draw(chosen(name), kernelShape(4, 4, 3));
        const Matrix<double> image = randomImage(4);
        const Matrix<double> result = convolved(kernel, 3, image);
        for (Index pixel = 0; pixel < image.cols(); ++pixel) {
            const Index from = (pixel / imageSide + 1) % imageSide * imageSide +
                               (pixel % imageSide + 1) % imageSide;
            EXPECT_EQ(result.col(pixel), image.col(from)) << name; // tap (1, 1) is the centre
        }
    }
}

TEST(DiracKernels, EachGroupHasTheFirstChannels)
{
    const Matrix<double> weights = draw(chosen("dirac:groups=2"), {4, 3});
    Matrix<double> expected(4, 3);
    expected << 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0;
    EXPECT_EQ(weights, expected);
    EXPECT_NE(refusalOf(chosen("dirac:groups=3"), {4, 3}), "");
}

TEST(LooksLinearKernels, HalvesCancelWithinTheCentreTap)
{
    const WeightShape shape{.outputs = 6, .inputs = 108, .inputParts = 2, .taps = 9};
    const Matrix<double> kernel = draw(chosen("looks_linear"), shape);
    const auto centre = kernel.middleCols(4 * 12, 12);
    EXPECT_EQ(centre.leftCols(6), -centre.rightCols(6));
    const Matrix<double> gram = centre.leftCols(6).transpose() * centre.leftCols(6);
    EXPECT_TRUE(gram.isApprox(Matrix<double>::Identity(6, 6), 1e-13));
    EXPECT_EQ((kernel.array() != 0).count(), 72);
}

/// H_2 = [1 1; 1 -1], and H_4 of it; the published factor is sqrt(2) too large.
TEST(ZerO, WideningLayersAreHadamard)
{
    const Matrix<double> square = draw(chosen("zero_init:factor=isometric"), {4, 2});
    Matrix<double> expected(4, 2);
    expected << 1, 1, 1, -1, 1, 1, 1, -1;
    EXPECT_EQ(square, expected / 2);
    EXPECT_EQ((square.transpose() * square), (Matrix<double>::Identity(2, 2)));
    const Matrix<double> published = draw(chosen("zero_init"), {4, 2});
    EXPECT_TRUE(published.isApprox(std::sqrt(2.0) * square, 1e-15));
    EXPECT_EQ(draw(chosen("zero_init"), {2, 4}), draw(chosen("identity"), {2, 4}));
}

} // namespace
} // namespace initlens::initializers
