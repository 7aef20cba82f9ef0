#include "core/theory/formula_parser.h"

#include "core/base/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>

namespace initlens::theory {

namespace {

constexpr std::size_t longest = 1000;
constexpr int deepest = 100;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

struct Binary {
    std::string_view spelling;
    int rank; ///< higher binds closer
};
// Longer spellings first: "<=" is not "<" and something.
constexpr std::array binaries = {Binary{"||", 1}, Binary{"&&", 2}, Binary{"==", 3}, Binary{"!=", 3},
                                 Binary{"<=", 4}, Binary{">=", 4}, Binary{"<", 4},  Binary{">", 4},
                                 Binary{"+", 5},  Binary{"-", 5},  Binary{"*", 6},  Binary{"/", 6}};

/// Recursive descent; the first problem ends it.
class Parser {
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    Result<FormulaSteps> parse()
    {
        choice();
        skipSpace();
        if (m_problem.empty() && m_at < m_text.size()) {
            unexpected();
        }
        if (!m_problem.empty()) {
            return Error("formula: " + m_problem);
        }
        return std::move(m_steps);
    }

private:
    using Place = std::uint16_t;

    void skipSpace()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t')) {
            ++m_at;
        }
    }
    bool take(std::string_view word)
    {
        skipSpace();
        const bool here = m_text.substr(m_at).starts_with(word);
        m_at += here ? word.size() : 0;
        return here;
    }
    void fail(std::string problem)
    {
        if (m_problem.empty()) {
            m_problem = std::move(problem);
        }
        m_at = m_text.size();
    }
    void unexpected()
    {
        skipSpace();
        if (m_at >= m_text.size()) {
            fail(m_text.find_first_not_of(" \t") == std::string_view::npos
                     ? "it is empty; write an expression in x, such as x*tanh(x)"
                     : "it ends where x, a number, a function or an opening bracket is expected");
            return;
        }
        // A character beyond ASCII is several bytes; it is named whole.
        std::size_t end = m_at + 1;
        while (end < m_text.size() && (static_cast<unsigned char>(m_text[end]) & 0xC0) == 0x80) {
            ++end;
        }
        fail(fmt::format("unexpected '{}' at character {}", m_text.substr(m_at, end - m_at),
                         position(m_at)));
    }
    /// Characters, not bytes, from 1.
    [[nodiscard]] std::size_t position(std::size_t byte) const
    {
        return 1 + static_cast<std::size_t>(std::count_if(
                       m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(byte),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }
    Place add(FormulaStep step)
    {
        m_steps.push_back(step);
        return static_cast<Place>(m_steps.size() - 1);
    }
    Place apply(std::string_view spelling, Place a, Place b = 0, Place c = 0)
    {
        return add({.operation = &formulaOperator(spelling), .operands = {a, b, c}});
    }

    /// condition ? a : b
    Place choice()
    {
        if (++m_depth > deepest) {
            fail(fmt::format("it is nested more than {} deep", deepest));
            return 0;
        }
        Place result = chain(1);
        if (take("?")) {
            const Place whenTrue = choice();
            if (m_problem.empty() && !take(":")) {
                fail(fmt::format("a ':' is missing at character {}: condition ? a : b",
                                 position(m_at)));
            }
            result = apply("?", result, whenTrue, choice());
        }
        --m_depth;
        return result;
    }
    /// Operators of at least this rank, from left to right.
    Place chain(int rank)
    {
        Place left = sign();
        while (const Binary* found = nextBinary(rank)) {
            m_at += found->spelling.size();
            const Place right = chain(found->rank + 1);
            left = apply(found->spelling, left, right);
        }
        return left;
    }
    const Binary* nextBinary(int rank)
    {
        skipSpace();
        const auto rest = m_text.substr(m_at);
        const auto found = std::find_if(binaries.begin(), binaries.end(), [&](const Binary& one) {
            return rest.starts_with(one.spelling);
        });
        return found != binaries.end() && found->rank >= rank ? &*found : nullptr;
    }
    /// A signed power: the sign applies to all of it.
    Place sign()
    {
        bool negative = false;
        while (true) {
            if (take("-")) {
                negative = !negative;
            } else if (!take("+")) {
                break;
            }
        }
        const Place base = atom();
        Place result = base;
        const bool python = take("**");
        if (python || take("^")) {
            if (++m_depth > deepest) {
                fail(fmt::format("it is nested more than {} deep", deepest));
                return 0;
            }
            result = apply("^", base, sign());
            --m_depth;
        }
        return negative ? apply("-1", result) : result;
    }
    Place atom()
    {
        skipSpace();
        if (take("(")) {
            const std::size_t open = m_at - 1;
            const Place inside = choice();
            closeBracket(open);
            return inside;
        }
        if (m_at < m_text.size() && (isDigit(m_text[m_at]) || m_text[m_at] == '.')) {
            return number();
        }
        if (m_at < m_text.size() && isLetter(m_text[m_at])) {
            return name();
        }
        unexpected();
        return 0;
    }
    void closeBracket(std::size_t open)
    {
        if (!m_problem.empty() || take(")")) {
            return;
        }
        skipSpace();
        if (m_at >= m_text.size()) {
            fail(fmt::format("the bracket at character {} is not closed", position(open)));
        } else {
            unexpected();
        }
    }
    Place number()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && (isDigit(m_text[end]) || m_text[end] == '.')) {
            ++end;
        }
        // An exponent needs its digits: 2e is 2 followed by a name.
        if (end < m_text.size() && (m_text[end] == 'e' || m_text[end] == 'E')) {
            std::size_t digits = end + 1;
            digits += digits < m_text.size() && (m_text[digits] == '+' || m_text[digits] == '-');
            if (digits < m_text.size() && isDigit(m_text[digits])) {
                while (digits < m_text.size() && isDigit(m_text[digits])) {
                    ++digits;
                }
                end = digits;
            }
        }
        const auto spelled = m_text.substr(m_at, end - m_at);
        const auto value = parseNumber(spelled);
        if (!value) {
            fail(fmt::format("'{}' at character {} is no number", spelled, position(m_at)));
            return 0;
        }
        m_at = end;
        return add({.number = *value});
    }
    Place name()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (isLetter(m_text[m_at]) || isDigit(m_text[m_at]))) {
            ++m_at;
        }
        const auto word = m_text.substr(start, m_at - start);
        if (word == "x") {
            return add({.isX = true});
        }
        if (word == "pi") {
            return add({.number = std::numbers::pi});
        }
        if (word == "e") {
            return add({.number = std::numbers::e});
        }
        const auto functions = formulaFunctions();
        const auto function =
            std::find_if(functions.begin(), functions.end(),
                         [&](const FormulaOperation& one) { return one.name == word; });
        if (function == functions.end()) {
            fail(fmt::format("unknown name '{}' at character {}; allowed are {}", word,
                             position(start), formulaVocabulary()));
            return 0;
        }
        return call(*function, start);
    }
    Place call(const FormulaOperation& function, std::size_t start)
    {
        if (!take("(")) {
            fail(fmt::format("{} at character {} needs its argument in brackets, {}(...)",
                             function.name, position(start), function.name));
            return 0;
        }
        const std::size_t open = m_at - 1;
        std::vector<Place> arguments;
        do {
            arguments.push_back(choice());
        } while (take(","));
        closeBracket(open);
        if (arguments.size() != static_cast<std::size_t>(function.operands)) {
            fail(fmt::format("{} at character {} takes {} argument{}, not {}", function.name,
                             position(start), function.operands, function.operands == 1 ? "" : "s",
                             arguments.size()));
            return 0;
        }
        arguments.resize(3);
        return add(
            {.operation = &function, .operands = {arguments[0], arguments[1], arguments[2]}});
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    FormulaSteps m_steps;
    std::string m_problem;
};

} // namespace

Result<FormulaSteps> parseFormula(std::string_view text)
{
    if (text.size() > longest) {
        return Error(
            fmt::format("formula: it has {} characters, {} are the limit", text.size(), longest));
    }
    return Parser(text).parse();
}

std::string formulaVocabulary()
{
    std::string names;
    for (const FormulaOperation& function : formulaFunctions()) {
        names += fmt::format("{}{}", names.empty() ? "" : " ", function.name);
    }
    return "x, numbers, pi, e, + - * / ^, < > <= >= == !=, && ||, a ? b : c and the functions " +
           names;
}

} // namespace initlens::theory
