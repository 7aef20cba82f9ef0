#include "tests/support/specs.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace initlens::experiment {
namespace {

using testing::chosen;
using testing::makeSpec;

struct Network {
    std::string architecture;
    std::string_view activation;
    std::string_view initializer;
    std::int64_t depth = 20;
    std::int64_t width = 6;
};

/// Largest distance of a singular value of the whole Jacobian from one.
double distanceFromIsometry(const Network& network)
{
    RunSpec spec = makeSpec({.activation = network.activation,
                             .initializer = network.initializer,
                             .depth = network.depth,
                             .width = network.width,
                             .batch = 1});
    spec.architecture = chosen<network::Architecture>(network.architecture);
    spec.spectrumEvery = network.depth;
    const auto record = testing::runToEnd(spec, 2);
    if (record == nullptr) {
        return 1;
    }
    const auto& reading =
        testing::readingOf<diagnostics::Spectrum>(*record, "jacobian_singular_values");
    if (reading.spectra.size() != 1 || reading.spectra.front()->log10Values.empty()) {
        ADD_FAILURE() << "no singular values";
        return 1;
    }
    EXPECT_EQ(reading.spectra.front()->exactZeros, 0);
    double largest = 0;
    for (const double value : reading.spectra.front()->log10Values) {
        largest = std::max(largest, std::abs(std::pow(10, value) - 1));
    }
    return largest;
}

TEST(IsometricNetworks, LinearConvolutionsAreIsometries)
{
    for (const char* initializer : {"delta_orthogonal", "conv_orthogonal"}) {
        for (const char* kernel : {"2", "3", "4", "5"}) {
            const auto architecture = std::string("conv:size=5,kernel=") + kernel;
            EXPECT_LT(distanceFromIsometry({architecture, "linear", initializer}), 1e-10)
                << initializer << " kernel " << kernel;
        }
    }
    EXPECT_LT(distanceFromIsometry({"conv:size=5,padding=zero", "linear", "delta_orthogonal"}),
              1e-10);
}

TEST(IsometricNetworks, EdgesOfZerosAndFlattenedMatricesBreakThem)
{
    EXPECT_GT(distanceFromIsometry({"conv:size=5,padding=zero", "linear", "conv_orthogonal"}), 0.5);
    EXPECT_GT(distanceFromIsometry({"conv:size=5", "linear", "orthogonal"}), 0.5);
}

TEST(IsometricNetworks, LooksLinearAtTwoThousandLayers)
{
    for (const char* architecture : {"plain", "conv:size=4"}) {
        EXPECT_LT(distanceFromIsometry({architecture, "crelu", "looks_linear", 2000, 8}), 1e-10)
            << architecture;
    }
}

TEST(IsometricNetworks, BranchesOfZerosLeaveTheSkipConnection)
{
    for (const char* initializer : {"fixup", "skip_init"}) {
        // Layer 1 stands before the blocks, and 21 ends the last.
        RunSpec spec = makeSpec({.initializer = initializer, .depth = 21, .batch = 4});
        spec.architecture = chosen<network::Architecture>("preactivation_residual");
        const auto record = testing::runToEnd(spec);
        ASSERT_NE(record, nullptr);
        const auto& q =
            testing::readingOf<diagnostics::Profile>(*record, "preactivation_second_moment");
        EXPECT_NEAR(q.values.back(), q.values.front(), 1e-12) << initializer;
    }
    EXPECT_LT(distanceFromIsometry({"residual", "tanh", "skip_init"}), 1e-10);
}

} // namespace
} // namespace initlens::experiment
