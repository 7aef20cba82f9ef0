#include "core/theory/jacobian_spectrum.h"
#include "core/theory/lyapunov.h"
#include "tests/core/theory/theory_functions.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace initlens::theory {
namespace {

struct Line {
    std::string law; ///< the first five cells
    std::array<std::string, 8> cells;
    [[nodiscard]] const std::string& quantity() const { return cells[5]; }
    [[nodiscard]] double argument() const { return std::stod(cells[6]); }
    [[nodiscard]] double value() const { return std::stod(cells[7]); }
};

std::vector<Line> goldenLines()
{
    std::ifstream file(INITLENS_GOLDEN_JACOBIAN_SPECTRA);
    std::vector<Line> lines;
    std::string text;
    std::getline(file, text);
    while (std::getline(file, text)) {
        Line line;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            line.cells[i] = text.substr(begin, end - begin);
            begin = end + 1;
            line.law = i == 4 ? text.substr(0, end) : line.law;
        }
        lines.push_back(line);
    }
    return lines;
}

JacobianLaw lawOf(const Line& line)
{
    return {.phi = testing::functionNamed(line.cells[0]),
            .sigmaW2 = std::stod(line.cells[3]),
            .ensemble = line.cells[1] == "gaussian" ? Ensemble::Gaussian : Ensemble::Orthogonal,
            .layers = {{.q = std::stod(line.cells[2]), .count = std::stoll(line.cells[4])}}};
}

void expectLine(const Line& line, JacobianPrediction& prediction)
{
    SCOPED_TRACE(line.law + " " + line.quantity() + " " + line.cells[6]);
    const JacobianSpectrum& spectrum = prediction.spectrum();
    const double expected = line.value();
    const double relative = 1e-9 * std::abs(expected);
    if (line.quantity() == "moment") {
        const auto order = static_cast<std::size_t>(line.argument());
        EXPECT_NEAR(std::exp(spectrum.logMoments[order - 1]), expected, relative);
    } else if (line.quantity() == "bulk_s_max") {
        EXPECT_NEAR(std::exp(spectrum.logBulkMax), expected, relative);
    } else if (line.quantity() == "zero_mass") {
        EXPECT_NEAR(spectrum.zeroMass, expected, 1e-9);
    } else if (line.quantity() == "atom_mass") {
        EXPECT_EQ(spectrum.atoms.size(), expected > 0 ? 1U : 0U);
        EXPECT_NEAR(spectrum.atoms.empty() ? 0 : spectrum.atoms[0].mass, expected, 1e-9);
    } else if (line.quantity() == "atom_lambda") {
        ASSERT_FALSE(spectrum.atoms.empty());
        EXPECT_NEAR(std::exp(2 * spectrum.atoms[0].logS), expected, relative);
        EXPECT_EQ(spectrum.logSMax, spectrum.atoms[0].logS);
    } else if (line.quantity() == "density") {
        EXPECT_NEAR(prediction.density(line.argument()), expected, 1e-9 * expected + 1e-12);
    } else {
        ADD_FAILURE() << "unknown quantity";
    }
}

// tests/golden/make_jacobian_spectra.py says where the values come from.
TEST(JacobianGolden, MomentsEdgesAtomsAndDensities)
{
    const std::vector<Line> lines = goldenLines();
    EXPECT_GT(lines.size(), 500U);
    std::string law;
    std::unique_ptr<JacobianPrediction> prediction;
    for (const Line& line : lines) {
        if (line.quantity() == "lyapunov") {
            continue;
        }
        if (line.law != law) {
            law = line.law;
            prediction = std::make_unique<JacobianPrediction>(lawOf(line));
        }
        expectLine(line, *prediction);
    }
}

TEST(JacobianGolden, LyapunovExponents)
{
    int found = 0;
    for (const Line& line : goldenLines()) {
        if (line.quantity() == "lyapunov") {
            const auto exponents =
                lyapunovExponents(std::stoi(line.cells[4]), std::stod(line.cells[3]));
            const auto index = static_cast<std::size_t>(line.argument()) - 1;
            EXPECT_NEAR(exponents.at(index), line.value(), 1e-13);
            ++found;
        }
    }
    EXPECT_EQ(found, 12);
}

TEST(JacobianGolden, Digamma)
{
    constexpr double euler = 0.57721566490153286061;
    EXPECT_NEAR(digamma(1), -euler, 1e-15);
    EXPECT_NEAR(digamma(0.5), -euler - 2 * std::log(2.0), 2e-15);
    EXPECT_NEAR(digamma(1000) - digamma(999), 1.0 / 999, 1e-15);
}

} // namespace
} // namespace initlens::theory
