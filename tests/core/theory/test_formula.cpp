#include "core/theory/formula.h"

#include "core/theory/activation_moments.h"
#include "tests/core/theory/theory_functions.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace initlens::theory {

namespace {

std::string refusal(const std::string& text)
{
    const auto function = functionOfFormula(text);
    return function ? "none" : function.error().message();
}

struct Same {
    const char* row;
    const char* formula;
};

constexpr std::array formulas = {
    Same{"linear", "x"},
    Same{"sin", "sin(x)"},
    Same{"relu", "max(0,x)"},
    Same{"relu", "x*(x>0)"},
    Same{"leaky_relu", "x<0 ? 0.01*x : x"},
    Same{"abs", "abs(x)"},
    Same{"elu", "x>0 ? x : exp(x)-1"},
    Same{"selu", "1.0507009873554804934*(x>0 ? x : 1.6732632423543772848*expm1(x))"},
    Same{"softplus", "log(1+exp(x))"},
    Same{"gelu", "x*(1+erf(x/sqrt(2)))/2"},
    Same{"gelu", "x*normcdf(x)"},
    Same{"gelu_tanh", "x*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))/2"},
    Same{"silu", "x/(1+exp(-x))"},
    Same{"mish", "x*tanh(log(1+exp(x)))"},
    Same{"tanh", "(exp(x)-exp(-x))/(exp(x)+exp(-x))"},
    Same{"hard_tanh", "max(-1,min(1,x))"},
    Same{"erf", "erf(x)"},
    Same{"arctan", "atan(x)"},
    Same{"softsign", "x/(1+abs(x))"},
    Same{"sigmoid", "1/(1+exp(-x))"},
    Same{"hard_sigmoid", "clamp(x/6+1/2, 0, 1)"},
};

TEST(Formula, MeansAreThoseOfTheRow)
{
    for (const auto& [row, formula] : formulas) {
        const auto typed = functionOfFormula(formula);
        ASSERT_TRUE(typed) << formula << ": " << typed.error().message();
        const auto known = testing::functionNamed(row);
        EXPECT_EQ(isHomogeneous(*typed), isHomogeneous(known)) << formula;
        EXPECT_NEAR(typed->largestSlope, known.largestSlope, 1e-4) << formula;
        for (const double q : {1e-20, 1e-8, 1e-3, 0.3, 1.0, 7.0, 1e3, 1e6, 1e10}) {
            const auto a = activationMoments(*typed, q);
            const auto b = activationMoments(known, q);
            constexpr double close = 1e-10;
            EXPECT_NEAR(a.secondMoment, b.secondMoment, close * b.secondMoment) << formula << q;
            EXPECT_NEAR(a.slopeMoments[0], b.slopeMoments[0], close * b.slopeMoments[0])
                << formula << q;
            EXPECT_NEAR(a.secondMomentSlope, b.secondMomentSlope, close * b.secondMoment / q)
                << formula << q;
        }
    }
}

TEST(Formula, SlopesAreDerivatives)
{
    for (const char* formula : {"x^3",
                                "2^x",
                                "x^x^0",
                                "-x^2",
                                "abs(x)^1.5+x",
                                "ln(2+cos(x))",
                                "tan(x/20)",
                                "sinh(x/4)",
                                "cosh(x/4)",
                                "asinh(x)",
                                "asin(x/20)",
                                "acos(x/20)",
                                "log1p(x^2)",
                                "erfc(x)",
                                "normpdf(x)",
                                "sigmoid(x)*softplus(x)",
                                "pow(1+x^2, x/9)",
                                "relu(x)^2",
                                "sqrt(1+x**2)",
                                "x>1 && x<2 || x<-1 ? x^2 : 3*x",
                                "e^-x^2",
                                "1e-1*x + +x - -x"}) {
        const auto function = functionOfFormula(formula);
        ASSERT_TRUE(function) << function.error().message();
        for (const double x : {-3.3, -0.7, 0.4, 1.6, 4.9}) {
            constexpr double step = 1e-4;
            const std::array h = {x - 2 * step, x - step, x, x + step, x + 2 * step};
            std::array<double, 5> value{};
            std::array<double, 5> slope{};
            function->evaluate(h, value, slope);
            const double difference =
                (8 * (value[3] - value[1]) - (value[4] - value[0])) / (12 * step);
            EXPECT_NEAR(slope[2], difference, 1e-8 * std::max(1.0, std::abs(difference)))
                << formula << " at " << x;
        }
    }
}

TEST(Formula, KinksAreFoundToTheBit)
{
    EXPECT_EQ(functionOfFormula("max(-1, min(1, x))")->kinks, (std::vector<double>{-1, 1}));
    EXPECT_EQ(functionOfFormula("x<0.3 ? 0 : x")->kinks, std::vector<double>{0.3});
    EXPECT_EQ(functionOfFormula("abs(x-700)")->kinks, std::vector<double>{700});
    EXPECT_TRUE(functionOfFormula("tanh(x)")->kinks.empty());
}

TEST(Formula, NarrowBendsAreSeen)
{
    // E[tanh^2(1000 z)] = 1 - 2/1000 of the normal density at 0, to the order 1e-9.
    const auto moments = activationMoments(*functionOfFormula("tanh(1000*x)"), 1);
    EXPECT_NEAR(moments.secondMoment, 1 - 2e-3 / std::sqrt(2 * std::numbers::pi), 1e-8);
}

TEST(Formula, ErrorsNameWhatAndWhere)
{
    EXPECT_NE(refusal("x+foo").find("unknown name 'foo' at character 3; allowed are x"),
              std::string::npos);
    EXPECT_EQ(refusal("(x+1"), "formula: the bracket at character 1 is not closed");
    EXPECT_EQ(refusal("x)"), "formula: unexpected ')' at character 2");
    EXPECT_EQ(refusal("x \u00e9"), "formula: unexpected '\u00e9' at character 3");
    EXPECT_EQ(refusal("max(x)"), "formula: max at character 1 takes 2 arguments, not 1");
    EXPECT_EQ(refusal("1.2.3*x"), "formula: '1.2.3' at character 1 is no number");
    EXPECT_NE(refusal("x ? 1").find("':' is missing"), std::string::npos);
    EXPECT_NE(refusal("sin x").find("brackets"), std::string::npos);
    EXPECT_NE(refusal("x*").find("it ends where"), std::string::npos);
    EXPECT_NE(refusal("  ").find("it is empty"), std::string::npos);
    EXPECT_NE(refusal("1+2").find("no x"), std::string::npos);
    EXPECT_NE(refusal("x-x").find("constant"), std::string::npos);
    EXPECT_NE(refusal("1/x").find("not a finite number at x = 0"), std::string::npos);
    EXPECT_NE(refusal("log(x)").find("not a finite number"), std::string::npos);
    EXPECT_NE(refusal("sqrt(x)").find("slope"), std::string::npos);
    EXPECT_NE(refusal("1/(x-0.123)").find("without bound near x = 0.123"), std::string::npos);
    EXPECT_NE(refusal("tan(x)").find("without bound"), std::string::npos);
    EXPECT_NE(refusal("exp(x^2)").find("too fast"), std::string::npos);
    EXPECT_NE(refusal("sin(1e9*x)").find("too fast"), std::string::npos);
    EXPECT_NE(refusal(std::string(2000, 'x')).find("1000 are the limit"), std::string::npos);
    EXPECT_NE(refusal(std::string(900, '(')).find("nested"), std::string::npos);
    EXPECT_NE(refusal("x" + std::string(400, '^') + "x"), "none");
}

TEST(Formula, GarbageIsAnsweredAtOnce)
{
    constexpr std::array words = {"x",    "x",    "1",   "0.5", "e9", "+",      "-",  "*",  "/",
                                  "^",    "(",    ")",   ",",   "?",  ":",      "<",  "==", "sin(",
                                  "exp(", "max(", "abs", "foo", "pi", "&&",     "||", ".",  " ",
                                  "\t",   "\xc3", "\n",  "**",  "1e", "floor(", "!=", "--", "#"};
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> word(0, words.size() - 1);
    std::uniform_int_distribution<int> length(1, 24);
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (int n = length(random); n > 0; --n) {
            text += words[word(random)];
        }
        const auto function = functionOfFormula(text);
        EXPECT_TRUE(function || !function.error().message().empty()) << text;
    }
}

} // namespace

} // namespace initlens::theory
