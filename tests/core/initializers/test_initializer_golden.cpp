#include "tests/core/initializers/drawn_weights.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::initializers {
namespace {

using namespace initializers::testing;

/// Variance of a weight and the largest size that it can have (0: any), as frameworks document
/// them; computed apart from this program.
struct Golden {
    std::string_view choice;
    double variance;
    double limit;
};

// 784 inputs, 256 outputs.
constexpr Golden goldens[] = {
    {"lecun_normal", 0.0012755102040816326, 0.08120337388132545},
    {"lecun_uniform", 0.0012755102040816326, 0.06185895741317419},
    {"glorot_normal", 0.0019230769230769232, 0.09970809836036483},
    {"glorot_uniform", 0.0019230769230769232, 0.075955452531275},
    {"he_normal", 0.002551020408163265, 0.11483891265342361},
    {"he_uniform", 0.002551020408163265, 0.08748177652797065},
    {"variance_scaling", 0.0012755102040816326, 0.08120337388132545},
    {"variance_scaling:scale=2,mode=fan_out", 0.0078125, 0.20096809714349134},
    {"variance_scaling:scale=2,mode=fan_out,distribution=uniform", 0.0078125, 0.15309310892394862},
    {"variance_scaling:mode=fan_avg,distribution=normal", 0.0019230769230769232, 0},
    {"variance_scaling:mode=fan_geo_avg", 0.002232142857142857, 0.10742196645469247},
    {"variance_scaling:mode=fan_geo_avg,distribution=uniform", 0.002232142857142857,
     0.08183170883849714},
    {"torch_linear", 0.00042517006802721087, 0.03571428571428571},
    {"inverse_sqrt_uniform", 0.00042517006802721087, 0.03571428571428571},
    {"torch_xavier_uniform:gain=1.6666666666666667", 0.07308816827558577 * 0.07308816827558577,
     0.12659242088545836},
    {"torch_xavier_normal:gain=1.6666666666666667", 0.07308816827558577 * 0.07308816827558577, 0},
    {"torch_kaiming_uniform:slope=0.01", 0.050505102035636976 * 0.050505102035636976,
     0.08747740276717357},
    {"torch_kaiming_normal:slope=0.2", 0.049526803234395456 * 0.049526803234395456, 0},
    {"torch_kaiming_normal:nonlinearity=selu", 0.5625 / 784, 0},
    {"torch_kaiming_normal:nonlinearity=tanh,mode=fan_out", 25.0 / 9 / 256, 0},
    {"truncated_normal:std=0.1", 0.01 * 0.7737413035, 0.2},
    {"tf1_truncated_normal:std=0.1", 0.01 * 0.7737413035, 0.2},
    {"tf1_variance_scaling:scale=2", 0.7737413035 * 2 / 784, 2 * 0.05050762722761053},
    {"tf_contrib_variance_scaling", 1.3 * 0.7737413035 * 2 / 784, 0},
    {"mxnet_xavier", 0.0019230769230769232, 0.075955452531275},
    {"mxnet_xavier:distribution=normal", 3 * 0.0019230769230769232, 0},
    {"mxnet_msra_prelu", 2 / 1.0625 / 520, 0},
    {"caffe_xavier", 0.0012755102040816326, 0.06185895741317419},
    {"dl4j_lecun_uniform", 3 * 0.0012755102040816326, 3.0 / 28},
    {"dl4j_sigmoid_uniform", 16 * 0.0019230769230769232, 4 * 0.075955452531275},
    {"dl4j_variance_scaling_uniform:mode=fan_out", 3.0 / 256, 3.0 / 16},
    {"normal:std=0.01", 1e-4, 0},
    {"scaled_gaussian", 1.0 / 784, 0},
    {"uniform:low=0,high=0.01", 8.333333333333334e-06, 0.01},
    {"jax_uniform", 8.333333333333334e-06, 0.01},
    {"torch_trunc_normal", 0.7737413035, 2},
    {"torch_trunc_normal:std=0.02", 4e-4, 0},
    {"orthogonal", 0.0012755102040816326, 1},
    {"mxnet_orthogonal", 1.414 * 1.414 / 784, 1.414},
    {"chainer_orthogonal", 1.21 / 784, 1.1},
};

constexpr WeightShape shape = {.outputs = 256, .inputs = 784};

TEST(InitializerGolden, VariancesAreTheDocumentedOnes)
{
    for (const Golden& golden : goldens) {
        const InitializerChoice choice = chosen(golden.choice);
        const auto moments = choice->moments(shape, choice.values);
        ASSERT_TRUE(moments) << golden.choice;
        EXPECT_NEAR(moments->variance, golden.variance, 1e-9 * golden.variance) << golden.choice;
    }
}

TEST(InitializerGolden, LimitsAreReachedAndNeverPassed)
{
    for (const Golden& golden : goldens) {
        if (golden.limit == 0 || !chosen(golden.choice)->cheapToDraw) {
            continue;
        }
        const double most = draw(chosen(golden.choice), shape).cwiseAbs().maxCoeff();
        EXPECT_LE(most, golden.limit * (1 + 1e-12)) << golden.choice;
        EXPECT_GT(most, golden.limit * 0.999) << golden.choice;
    }
}

TEST(InitializerGolden, MeansOfUncentredRows)
{
    const auto mean = [](std::string_view text) {
        const InitializerChoice choice = chosen(text);
        return choice->moments(shape, choice.values)->mean;
    };
    EXPECT_NEAR(mean("uniform:low=0,high=0.01"), 0.005, 1e-17);
    EXPECT_NEAR(mean("jax_uniform"), 0.005, 1e-17);
    EXPECT_NEAR(mean("normal:mean=0.3"), 0.3, 1e-16);
    // Of the standard normal law above 0.5: pdf(0.5) / P(z > 0.5).
    EXPECT_NEAR(mean("torch_trunc_normal:a=0.5,b=100"), 1.1410777703680648, 1e-12);
    EXPECT_NEAR(mean("torch_trunc_normal:a=-100,b=-0.5"), -1.1410777703680648, 1e-12);
}

} // namespace
} // namespace initlens::initializers
