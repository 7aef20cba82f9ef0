#include "core/experiment/shorthand.h"

#include "core/experiment/field_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <type_traits>
#include <vector>

namespace initlens::experiment {

namespace {

constexpr std::string_view example = "784-512x50 gelu he_normal";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Words in lower case, without the quotes and line ends of a shell, or commas behind them.
std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : text) {
        if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '\\') {
            words.emplace_back();
        } else if (c != '\'' && c != '"') {
            words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    for (std::string& word : words) {
        word.erase(word.find_last_not_of(",;") + 1);
    }
    std::erase(words, std::string());
    return words;
}

std::string keyOf(std::string_view name)
{
    std::string key(name);
    std::replace(key.begin(), key.end(), '-', '_');
    return key;
}

/// `512`, or `512x50`.
struct SizeItem {
    double units = 0;
    double layers = 1;
    bool repeated = false;
};

std::optional<double> wholeNumber(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), isDigit) ? parseNumber(text) : std::nullopt;
}

std::optional<SizeItem> sizeItem(std::string_view text)
{
    const auto times = text.find_first_of("x*");
    const auto units = wholeNumber(text.substr(0, times));
    const auto layers = times == std::string_view::npos ? std::optional<double>(1)
                                                        : wholeNumber(text.substr(times + 1));
    if (!units || !layers) {
        return std::nullopt;
    }
    return SizeItem{*units, *layers, times != std::string_view::npos};
}

std::optional<std::vector<SizeItem>> sizeItems(std::string_view word)
{
    std::vector<SizeItem> items;
    while (true) {
        const auto dash = word.find('-');
        const auto item = sizeItem(word.substr(0, dash));
        if (!item) {
            return std::nullopt;
        }
        items.push_back(*item);
        if (dash == std::string_view::npos) {
            return items;
        }
        word.remove_prefix(dash + 1);
    }
}

/// The key of the field in whose table a word is a row; activations and initializers come first.
std::string fieldOfRow(const RunSpec& spec, std::string_view id)
{
    std::string found;
    fields(spec, [&]<class Member>(const FieldInfo& info, const Member& /*member*/) {
        if constexpr (!std::is_arithmetic_v<Member>) {
            using Row = std::remove_cvref_t<decltype(*Member::row)>;
            const bool first = std::is_same_v<Row, activations::Activation> ||
                               std::is_same_v<Row, initializers::Initializer>;
            if (findRow(Row::table(), id) != nullptr && (found.empty() || first)) {
                found = info.key;
            }
        }
    });
    return found;
}

/// Reads word after word into changes of fields.
class Reader {
public:
    explicit Reader(std::string_view text) : m_words(wordsOf(text)) {}

    Result<ShorthandReading> read(const RunSpec& base)
    {
        if (m_words.empty()) {
            return Error(fmt::format("no network is written here; one is {}", example));
        }
        skipProgram();
        while (m_next < m_words.size()) {
            if (auto status = readWord(m_words[m_next++], base); !status) {
                return status.error();
            }
        }
        if (m_hasSizes && !has("input_size")) {
            m_changes.push_back({"input_size", "0"});
        }
        ShorthandReading reading{base, m_leftOut};
        if (auto status = setFields(reading.spec, m_changes); !status) {
            return status.error();
        }
        return reading;
    }

private:
    void skipProgram()
    {
        const std::string& first = m_words.front();
        if (first.substr(first.find_last_of('/') + 1) != "initlens") {
            return;
        }
        ++m_next;
        if (m_next < m_words.size() && (m_words[m_next] == "run" || m_words[m_next] == "theory")) {
            ++m_next;
        }
    }

    Status readWord(std::string_view word, const RunSpec& base)
    {
        if (word.starts_with("--")) {
            return readFlag(word.substr(2), base);
        }
        const auto equals = word.find('=');
        if (equals < word.find(':')) {
            return change(keyOf(word.substr(0, equals)), word.substr(equals + 1));
        }
        if (isDigit(word.front())) {
            return readSizes(word);
        }
        return readRow(word, base);
    }

    Status readFlag(std::string_view flag, const RunSpec& base)
    {
        const auto equals = flag.find('=');
        const std::string key = keyOf(flag.substr(0, equals));
        if (key == "network") {
            // Its value is such a line itself, so its words follow.
            return equals == std::string_view::npos ? Status(Done{})
                                                    : readWord(flag.substr(equals + 1), base);
        }
        if (equals != std::string_view::npos) {
            return change(key, flag.substr(equals + 1));
        }
        const bool follows = m_next < m_words.size() && !m_words[m_next].starts_with("--");
        return change(key, follows ? std::string_view(m_words[m_next++]) : std::string_view());
    }

    Status readSizes(std::string_view word)
    {
        const auto found = sizeItems(word);
        if (!found || (found->size() == 1 && !found->front().repeated)) {
            return Error(fmt::format("'{}' are no sizes of layers; 50 layers of 512 units behind "
                                     "784 inputs are 784-512x50",
                                     word));
        }
        std::vector<SizeItem> items = *found;
        if (!items.front().repeated) {
            if (auto status = change("input_size", numberText(items.front().units)); !status) {
                return status;
            }
            items.erase(items.begin());
        }
        const double width = items.front().units;
        if (items.size() > 1 && !items.back().repeated && items.back().units != width) {
            m_leftOut = fmt::format("the output layer of {} units is left out: all layers of a "
                                    "network have one width here",
                                    numberText(items.back().units));
            items.pop_back();
        }
        double depth = 0;
        for (const SizeItem& item : items) {
            if (item.units != width) {
                return Error(fmt::format("layers of {} and {} units cannot be in one network here: "
                                         "all its layers have one width",
                                         numberText(width), numberText(item.units)));
            }
            depth += item.layers;
        }
        m_hasSizes = true;
        if (auto status = change("width", numberText(width)); !status) {
            return status;
        }
        return change("depth", numberText(depth));
    }

    Status readRow(std::string_view word, const RunSpec& base)
    {
        const auto colon = word.find(':');
        const std::string id = keyOf(word.substr(0, colon));
        const std::string key = fieldOfRow(base, id);
        if (key == "activation" || key == "initializer") {
            return change(key, colon == std::string_view::npos
                                   ? id
                                   : fmt::format("{}{}", id, word.substr(colon)));
        }
        if (!key.empty()) {
            return Error(fmt::format("'{}' is neither an activation nor an initializer; did you "
                                     "mean {}={}?",
                                     id, key, word));
        }
        auto all = ids(activations::Activation::table());
        const auto rules = ids(initializers::Initializer::table());
        all.insert(all.end(), rules.begin(), rules.end());
        if (nearest(id, all).empty()) {
            return Error(fmt::format("unknown word '{}'; a network is written like {}",
                                     std::string_view(id).substr(0, 40), example));
        }
        return Error(unknownIdMessage("activation or initializer", id, all));
    }

    [[nodiscard]] bool has(std::string_view key) const
    {
        return std::any_of(m_changes.begin(), m_changes.end(),
                           [&](const FieldText& change) { return change.key == key; });
    }

    Status change(const std::string& key, std::string_view text)
    {
        if (has(key)) {
            return Error(fmt::format("{} is given twice", key));
        }
        m_changes.push_back({key, std::string(text)});
        return Done{};
    }

    std::vector<std::string> m_words;
    std::size_t m_next = 0;
    std::vector<FieldText> m_changes;
    bool m_hasSizes = false;
    std::string m_leftOut;
};

std::string valueText(std::int64_t value)
{
    return fmt::format("{}", value);
}

std::string valueText(double value)
{
    return numberText(value);
}

template <TableRow Row>
std::string valueText(const Choice<Row>& choice)
{
    return choiceText(choice);
}

} // namespace

Result<ShorthandReading> specFromShorthand(std::string_view text, const RunSpec& base)
{
    return Reader(text).read(base);
}

std::string shorthandOf(const RunSpec& spec)
{
    const RunSpec defaults;
    RunSpec said = defaults;
    said.width = spec.width;
    said.depth = spec.depth;
    said.inputSize = spec.inputSize;
    said.activation = spec.activation;
    said.initializer = spec.initializer;
    std::string line = fmt::format("{}x{} {} {}", spec.width, spec.depth,
                                   choiceText(spec.activation), choiceText(spec.initializer));
    if (spec.inputSize > 0) {
        line = fmt::format("{}-{}", spec.inputSize, line);
    }
    std::vector<std::string> others;
    fields(said, [&](const FieldInfo& info, const auto& member) {
        others.push_back(fmt::format("{}={}", info.key, valueText(member)));
    });
    std::size_t index = 0;
    fields(spec, [&](const FieldInfo& info, const auto& member) {
        const std::string text = fmt::format("{}={}", info.key, valueText(member));
        if (text != others[index++]) {
            line += ' ';
            line += text;
        }
    });
    return line;
}

} // namespace initlens::experiment
