#include "core/data/digit_images.h"
#include "tests/core/data/drawn_input.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

namespace initlens::data {
namespace {

using namespace data::testing;

TEST(DigitImages, AreTheOnesOfTheSource)
{
    // Figures of the data set as scikit-learn ships it.
    std::int64_t sum = 0;
    std::array<int, 10> labels{};
    for (Index image = 0; image < DigitImages::count; ++image) {
        for (Index pixel = 0; pixel < DigitImages::pixels; ++pixel) {
            const int value = DigitImages::pixel(image, pixel);
            ASSERT_GE(value, 0);
            ASSERT_LE(value, 16);
            sum += value;
        }
        const int label = DigitImages::label(image);
        ASSERT_GE(label, 0);
        ASSERT_LE(label, 9);
        ++labels[static_cast<std::size_t>(label)];
    }
    EXPECT_EQ(sum, 561718);
    EXPECT_EQ(labels, (std::array{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}));
}

TEST(DigitImages, FirstOneIsAZero)
{
    const std::array row = {0, 0, 5, 13, 9, 1, 0, 0};
    for (Index pixel = 0; pixel < 8; ++pixel) {
        EXPECT_EQ(DigitImages::pixel(0, pixel), row[static_cast<std::size_t>(pixel)]);
    }
    EXPECT_EQ(DigitImages::label(0), 0);
    EXPECT_EQ(DigitImages::label(1796), 8);
}

TEST(DigitsInput, EveryPixelIsStandardisedOverAllImages)
{
    const Matrix<double> x = draw(chosen("digits"), 64, DigitImages::count);
    int constants = 0;
    for (Index pixel = 0; pixel < 64; ++pixel) {
        const auto values = x.row(pixel);
        const double square = values.squaredNorm() / static_cast<double>(x.cols());
        EXPECT_NEAR(values.mean(), 0, 1e-12);
        if (square == 0) {
            ++constants;
        } else {
            EXPECT_NEAR(square, 1, 1e-12) << pixel;
        }
    }
    EXPECT_EQ(constants, 3);
}

std::vector<double> column(const Matrix<double>& x, Index index)
{
    return {x.col(index).begin(), x.col(index).end()};
}

TEST(DigitsInput, DrawsWithoutReplacement)
{
    // Whole: every image once, so the draw is a reordering of another draw. (No two of the images
    // are equal.)
    const Matrix<double> x = draw(chosen("digits"), 64, DigitImages::count);
    const Matrix<double> y = draw(chosen("digits"), 64, DigitImages::count, stream(99));
    std::set<std::vector<double>> ofX;
    std::set<std::vector<double>> ofY;
    for (Index b = 0; b < x.cols(); ++b) {
        ofX.insert(column(x, b));
        ofY.insert(column(y, b));
    }
    EXPECT_EQ(static_cast<Index>(ofX.size()), DigitImages::count);
    EXPECT_EQ(ofX, ofY);
    EXPECT_NE(x, y);
}

TEST(DigitsInput, ALargerBatchBeginsWithTheSmallerOne)
{
    const Matrix<double> all = draw(chosen("digits"), 64, DigitImages::count);
    for (const Index batch : {1, 10, 1000}) {
        EXPECT_EQ(draw(chosen("digits"), 64, batch), all.leftCols(batch));
    }
}

TEST(DigitsInput, EveryImageIsEquallyLikely)
{
    // How often each image stands in each tenth of the order.
    std::map<std::vector<double>, std::array<double, 10>> places;
    constexpr std::uint64_t seeds = 60;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        const Matrix<double> x = draw(chosen("digits"), 64, 1790, stream(seed));
        for (Index b = 0; b < x.cols(); ++b) {
            ++places[column(x, b)][static_cast<std::size_t>(b / 179)];
        }
    }
    double chiSquare = 0;
    constexpr double expected = seeds * 179.0 / 1797;
    for (const auto& [image, counts] : places) {
        for (const double count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
    }
    // About 1797 x 9 degrees of freedom, whose deviation is the root of twice that.
    EXPECT_EQ(places.size(), 1797U);
    EXPECT_NEAR(chiSquare, 1797 * 9, 5 * std::sqrt(2.0 * 1797 * 9));
}

TEST(DigitsInput, RefusesMoreThanThereAre)
{
    const InputChoice choice = chosen("digits");
    EXPECT_EQ(choice->refusal(64, 1797, choice.values), "");
    const std::string reason = choice->refusal(64, 1798, choice.values);
    EXPECT_NE(reason.find("1797"), std::string::npos) << reason;
    EXPECT_NE(reason.find("1798"), std::string::npos) << reason;
}

} // namespace
} // namespace initlens::data
