#include "core/theory/activation_moments.h"
#include "tests/core/theory/theory_functions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace initlens::theory {

namespace {

void expectEqual(double found, double expected, double size)
{
    EXPECT_NEAR(found, expected, 2e-12 * size);
}

TEST(MomentTable, InterpolatesWhatTheQuadratureFinds)
{
    for (const auto* row : activations::Activation::table()) {
        const auto phi = functionOf(activations::ActivationChoice(*row));
        if (isHomogeneous(phi)) {
            continue;
        }
        MomentTable table(phi);
        for (const double around : {1e-6, 3e-3, 0.3, 1.7, 20.0, 500.0}) {
            SCOPED_TRACE(std::string(row->head.id) + " " + std::to_string(around));
            // Often enough that a table is made of the stretch.
            for (int i = 0; i < 40; ++i) {
                table.at(around * std::exp(0.01 * i));
            }
            for (const double step : {0.003, 0.117, 0.2345, 0.391}) {
                const double q = around * std::exp(step);
                const auto found = table.at(q);
                const auto exact = activationMoments(phi, q);
                expectEqual(found.secondMoment, exact.secondMoment, exact.secondMoment);
                expectEqual(found.fourthMoment, exact.fourthMoment, exact.fourthMoment);
                expectEqual(found.slopeMoments[0], exact.slopeMoments[0], exact.slopeMoments[0]);
                expectEqual(found.slopeMoments[1], exact.slopeMoments[1], exact.slopeMoments[1]);
                expectEqual(found.mean, exact.mean, std::sqrt(exact.secondMoment));
                expectEqual(found.secondMomentSlope, exact.secondMomentSlope,
                            exact.secondMoment / q);
            }
        }
    }
}

} // namespace

} // namespace initlens::theory
