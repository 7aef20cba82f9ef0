#include "core/base/registry.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace initlens {
namespace {

struct Dish {
    RowHead head;
};

constexpr std::string_view sauces[] = {"none", "tomato", "cream"};
constexpr ParamSpec noodleParams[] = {
    {.key = "salt", .label = "salt", .help = "Grams.", .initial = 2, .min = 0, .max = 10},
    {.key = "plates",
     .label = "plates",
     .help = "How many.",
     .initial = 1,
     .min = 1,
     .max = 100,
     .integer = true},
    {.key = "sauce",
     .label = "sauce",
     .help = "What is on it.",
     .initial = 1,
     .min = 0,
     .max = 2,
     .options = sauces},
};
constexpr Dish soup = {.head = {.id = "soup", .label = "Soup"}};
constexpr Dish noodles = {
    .head = {.id = "noodle_plate", .label = "Noodles", .params = noodleParams}};
constexpr Dish rice = {.head = {.id = "rice", .label = "Rice"}};
constexpr std::array dishRows = {&soup, &noodles, &rice};

Table<Dish> dishes()
{
    return dishRows;
}

Result<Choice<Dish>> parse(std::string_view text)
{
    return parseChoice(dishes(), "dish", text);
}

std::string problem(std::string_view text)
{
    const auto choice = parse(text);
    return choice ? "no problem" : choice.error().message();
}

TEST(Registry, FindsRowsByTheWholeId)
{
    EXPECT_EQ(findRow(dishes(), "rice"), &rice);
    EXPECT_EQ(findRow(dishes(), "ric"), nullptr);
    EXPECT_EQ(findRow(dishes(), ""), nullptr);
    EXPECT_EQ(ids(dishes()), (std::vector<std::string_view>{"soup", "noodle_plate", "rice"}));
}

TEST(Registry, AnIdAloneTakesTheInitialValues)
{
    const auto choice = parse("noodle_plate");
    ASSERT_TRUE(choice);
    EXPECT_EQ(*choice, Choice<Dish>(noodles));
    EXPECT_EQ(choice->values, (std::vector<double>{2, 1, 1}));
    EXPECT_EQ(choice->id(), "noodle_plate");
}

TEST(Registry, ParametersMayComeInAnyOrder)
{
    const auto choice = parse("noodle_plate:sauce=cream,salt=2.5,plates=3");
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->values, (std::vector<double>{2.5, 3, 2}));
}

TEST(Registry, AnUnknownIdNamesTheNearest)
{
    EXPECT_EQ(problem("noodle_plat"), "unknown dish 'noodle_plat'; did you mean noodle_plate?");
    EXPECT_EQ(problem("noodle"), "unknown dish 'noodle'; did you mean noodle_plate?");
    EXPECT_EQ(problem("rise"), "unknown dish 'rise'; did you mean rice?");
}

TEST(Registry, AnIdNearToNothingNamesThemAll)
{
    EXPECT_EQ(problem("xyzzyxyzzy"),
              "unknown dish 'xyzzyxyzzy'; allowed are soup, noodle_plate, rice");
    const std::string endless(100'000, 'a');
    EXPECT_LT(problem(endless).size(), 200U);
}

TEST(Registry, UnknownParametersAreNamed)
{
    EXPECT_EQ(problem("noodle_plate:pepper=1"),
              "noodle_plate has no parameter 'pepper'; it has salt, plates, sauce");
    EXPECT_EQ(problem("soup:salt=1"), "soup takes no parameters, not 'salt'");
}

TEST(Registry, ARepeatedParameterIsRefused)
{
    EXPECT_EQ(problem("noodle_plate:salt=1,salt=1"), "noodle_plate: salt is given twice");
}

TEST(Registry, AllProblemsAreListedAtOnce)
{
    const auto choice = parse("noodle_plate:pepper=1,salt=99,sauce=mustard");
    ASSERT_FALSE(choice);
    EXPECT_EQ(choice.error().problems.size(), 3U);
}

TEST(Registry, RangesIncludeTheirEnds)
{
    EXPECT_TRUE(parse("noodle_plate:salt=0"));
    EXPECT_TRUE(parse("noodle_plate:salt=10"));
    EXPECT_EQ(problem("noodle_plate:salt=10.5"),
              "noodle_plate: salt must be from 0 to 10, not 10.5");
    EXPECT_EQ(problem("noodle_plate:salt=-1e-9"),
              "noodle_plate: salt must be from 0 to 10, not -1e-09");
}

TEST(Registry, WhatIsNoNumberIsRefused)
{
    for (const char* text : {"nan", "inf", "-inf", "1e999", "two", "1.5x", "0x10", " 1", "1 ",
                             "--1", "+-1", "1,5", "1e"}) {
        EXPECT_FALSE(parse("noodle_plate:salt=" + std::string(text))) << text;
    }
    EXPECT_EQ(problem("noodle_plate:salt=two"),
              "noodle_plate: salt must be a number from 0 to 10, not 'two'");
}

TEST(Registry, WholeNumbersAreWhole)
{
    EXPECT_TRUE(parse("noodle_plate:plates=1e2"));
    EXPECT_EQ(problem("noodle_plate:plates=1.5"),
              "noodle_plate: plates must be a whole number from 1 to 100, not '1.5'");
}

TEST(Registry, OptionsAreNames)
{
    EXPECT_EQ(problem("noodle_plate:sauce=mustard"),
              "noodle_plate: sauce must be one of none, tomato, cream, not 'mustard'");
    EXPECT_FALSE(parse("noodle_plate:sauce=1"));
}

TEST(Registry, BrokenTextsAreRefused)
{
    for (const char* text :
         {"noodle_plate:", "noodle_plate:salt", "noodle_plate:salt=", "noodle_plate:=1",
          "noodle_plate:salt=1,", "noodle_plate:,salt=1", "", ":salt=1"}) {
        EXPECT_FALSE(parse(text)) << text;
    }
}

TEST(Registry, ChoiceTextNamesOnlyWhatDiffers)
{
    EXPECT_EQ(choiceText(Choice<Dish>(soup)), "soup");
    EXPECT_EQ(choiceText(Choice<Dish>(noodles)), "noodle_plate");
    EXPECT_EQ(choiceText(Choice<Dish>(noodles, {2, 7, 0})), "noodle_plate:plates=7,sauce=none");
}

TEST(Registry, ChoiceTextReadsBackAsTheSameChoice)
{
    for (const double salt : {0.0, 0.1, 1.0 / 3.0, 5e-324, 9.999999999999998, 2.0}) {
        for (const double sauce : {0.0, 1.0, 2.0}) {
            const Choice<Dish> choice(noodles, {salt, 12, sauce});
            const auto again = parse(choiceText(choice));
            ASSERT_TRUE(again) << again.error().message();
            EXPECT_EQ(*again, choice) << choiceText(choice);
        }
    }
}

TEST(Numbers, TextReadsBackAsTheSameDouble)
{
    for (const double value : {0.0, -0.0, 0.1, -1.0 / 3.0, 1e300, 5e-324, 123456789.0,
                               std::numeric_limits<double>::max(), 9007199254740991.0}) {
        const auto again = parseNumber(numberText(value));
        ASSERT_TRUE(again.has_value()) << numberText(value);
        EXPECT_EQ(*again, value);
        EXPECT_EQ(std::signbit(*again), std::signbit(value));
    }
    EXPECT_EQ(numberText(0.1), "0.1");
    EXPECT_EQ(numberText(5), "5");
}

TEST(Numbers, ALeadingPlusIsAllowed)
{
    EXPECT_EQ(parseNumber("+2.5"), 2.5);
    EXPECT_FALSE(parseNumber("+"));
    EXPECT_FALSE(parseNumber("+-2.5"));
    EXPECT_FALSE(parseNumber(""));
}

TEST(Nearest, PrefersTheSmallestDistance)
{
    constexpr std::array<std::string_view, 3> words = {"he_normal", "he_uniform", "lecun_normal"};
    EXPECT_EQ(nearest("he_norml", words), "he_normal");
    EXPECT_EQ(nearest("He_Normal", words), "he_normal");
    EXPECT_EQ(nearest("he_unifrom", words), "he_uniform");
    EXPECT_EQ(nearest("he", words), "he_normal");
    EXPECT_EQ(nearest("qqqqqqqqqqqq", words), "");
    EXPECT_EQ(nearest("he_normal", {}), "");
}

} // namespace
} // namespace initlens
