#include "core/activations/activation.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <string>

namespace initlens::activations {
namespace {

/// Distance in units in the last place of what is expected.
double ulps(double actual, double expected)
{
    const double size = std::abs(expected);
    const double unit = std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
    return std::abs(actual - expected) / unit;
}

// tests/golden/make_activations.py has the definitions, in 60-digit arithmetic.
TEST(ActivationGolden, ValueAndSlopeWithinFewUnitsInTheLastPlace)
{
    std::ifstream file(INITLENS_GOLDEN_ACTIVATIONS);
    std::string line;
    ASSERT_TRUE(std::getline(file, line));
    ASSERT_EQ(line, "activation,h,value,slope");
    int lines = 0;
    for (; std::getline(file, line); ++lines) {
        std::array<std::string, 4> cells;
        std::size_t begin = 0;
        for (std::string& cell : cells) {
            const std::size_t end = std::min(line.find(',', begin), line.size());
            cell = line.substr(begin, end - begin);
            begin = end + 1;
        }
        const auto activation = parseChoice(Activation::table(), Activation::kind, cells[0]);
        ASSERT_TRUE(activation) << activation.error().message();
        const double value = std::stod(cells[2]);
        const double slope = std::stod(cells[3]);
        const double h = std::stod(cells[1]);
        const Point point = evaluateAt(*activation, h);

        SCOPED_TRACE(line);
        // Besides a few units, what an error of h by one unit would make: far out in a tail the
        // exponent alone has several hundred.
        const double condition = value == 0 ? 0 : std::abs(h * slope / value);
        const double allowed = 8 + 2 * condition;
        EXPECT_LE(ulps(point.value, value), allowed);
        // Where a slope changes its sign, which is near zero, it is a difference of larger numbers.
        const bool cancels = std::abs(h) < 2 && std::abs(slope) < 0.1;
        if (!cancels || std::abs(point.slope - slope) > std::numeric_limits<double>::epsilon()) {
            EXPECT_LE(ulps(point.slope, slope), allowed);
        }
    }
    EXPECT_GT(lines, 1000);
}

} // namespace
} // namespace initlens::activations
