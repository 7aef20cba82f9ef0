#include "app/command_line/suggestions.h"

#include "app/command_line/verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

namespace {

using Word = Suggestions::Word;

/// What stands before the first of the characters, or all.
std::string_view before(std::string_view text, std::string_view characters)
{
    return text.substr(0, text.find_first_of(characters));
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::string firstSentence(std::string_view text)
{
    const auto end = text.find(". ");
    return std::string(end == std::string_view::npos ? text : text.substr(0, end + 1));
}

/// The values of `key=`: the options, or the initial number.
std::vector<Word> valuesOf(const ParamSpec& param, const std::string& prefix)
{
    std::vector<Word> words;
    for (const auto option : param.options) {
        words.push_back({fmt::format("{}{}", prefix, option), ""});
    }
    if (!param.isOption()) {
        words.push_back({prefix + numberText(param.initial),
                         fmt::format("{} to {}", numberText(param.min), numberText(param.max))});
    }
    return words;
}

/// Of `FILE.json` and `FILE.{svg,pdf}`.
std::vector<std::string> endingsOf(std::string_view value)
{
    constexpr std::string_view file = "FILE.";
    std::vector<std::string> endings;
    if (value.starts_with(file)) {
        std::string_view list = before(value.substr(file.size()), "[");
        if (list.starts_with('{')) {
            list = before(list.substr(1), "}");
        }
        for (const auto each : split(list, ',')) {
            endings.push_back(fmt::format(".{}", each));
        }
    }
    return endings;
}

void keepThoseThatBegin(std::vector<Word>& words, std::string_view typed)
{
    std::erase_if(words, [&](const Word& word) { return !word.text.starts_with(typed); });
}

Suggestions resultFiles()
{
    return {.words = {}, .names = Suggestions::Names::Files, .endings = {".json"}};
}

/// The only one left is there with a colon, too, where parameters may follow.
Suggestions idsThatBegin(const std::vector<const RowHead*>& heads, std::string_view typed)
{
    Suggestions suggestions;
    const RowHead* last = nullptr;
    for (const RowHead* head : heads) {
        if (head->id.starts_with(typed)) {
            suggestions.words.push_back({std::string(head->id), std::string(head->label)});
            last = head;
        }
    }
    if (suggestions.words.size() == 1 && !last->params.empty()) {
        suggestions.words.push_back({fmt::format("{}:", last->id), "with parameters"});
    }
    return suggestions;
}

Suggestions valuesOfFlag(const Flag& flag, std::string_view typed)
{
    return flag.suggest != nullptr ? flag.suggest(typed) : suggestionsOfName(flag.value);
}

/// Verbs, the flags that stand alone, and results to be opened in the window.
Suggestions firstWords()
{
    Suggestions suggestions = resultFiles();
    for (const Verb& verb : verbs()) {
        suggestions.words.push_back({std::string(verb.name), std::string(verb.summary)});
    }
    suggestions.words.push_back({"--help", "the verbs"});
    suggestions.words.push_back({"--version", "the version"});
    return suggestions;
}

/// How far the words before the one that is completed have come.
struct Progress {
    std::vector<const Flag*> given;
    const Flag* awaitsValue = nullptr; ///< the flag before stands without its value
    bool hasWord = false;
};

const Flag* findFlag(const std::vector<Flag>& flags, std::string_view name)
{
    const auto found = std::find_if(flags.begin(), flags.end(),
                                    [&](const Flag& flag) { return flag.name == name; });
    return found == flags.end() ? nullptr : &*found;
}

Progress progressOf(const std::vector<std::string>& words, const std::vector<Flag>& flags)
{
    Progress progress;
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const bool isValue =
            progress.awaitsValue != nullptr && !std::string_view(words[i]).starts_with("--");
        progress.awaitsValue = nullptr;
        if (isValue) {
            continue;
        }
        if (const Flag* flag = findFlag(flags, before(words[i], "="))) {
            progress.given.push_back(flag);
            const bool attached = words[i].find('=') != std::string::npos;
            progress.awaitsValue = flag->value.empty() || attached ? nullptr : flag;
        } else {
            progress.hasWord = true;
        }
    }
    return progress;
}

/// Flags that may still be given, and the words of the verb as long as there is none.
Suggestions nextWords(const VerbHelp& help, const Progress& progress)
{
    Suggestions suggestions;
    if (!progress.hasWord) {
        suggestions.words = help.words;
    }
    for (const Flag& flag : help.flags) {
        const bool given =
            std::find(progress.given.begin(), progress.given.end(), &flag) != progress.given.end();
        if (flag.repeatable || !given) {
            suggestions.words.push_back({flag.name, firstSentence(flag.help)});
        }
    }
    suggestions.words.push_back({"--help", "the help of this verb"});
    return suggestions;
}

Suggestions wordsOfVerb(const VerbHelp& help, const std::vector<std::string>& words)
{
    const Progress progress = progressOf(words, help.flags);
    const std::string& typed = words.back();
    if (progress.awaitsValue != nullptr) {
        return valuesOfFlag(*progress.awaitsValue, typed);
    }
    const auto equals = typed.find('=');
    const Flag* attached = equals == std::string::npos
                               ? nullptr
                               : findFlag(help.flags, std::string_view(typed).substr(0, equals));
    if (attached == nullptr || attached->value.empty()) {
        return nextWords(help, progress);
    }
    Suggestions suggestions = valuesOfFlag(*attached, std::string_view(typed).substr(equals + 1));
    for (Word& word : suggestions.words) {
        word.text.insert(0, typed.substr(0, equals + 1));
    }
    return suggestions;
}

} // namespace

Suggestions suggestionsOfName(std::string_view value)
{
    if (value == "DIR") {
        return {.words = {}, .names = Suggestions::Names::Directories, .endings = {}};
    }
    if (value.starts_with("FILE")) {
        return {.words = {}, .names = Suggestions::Names::Files, .endings = endingsOf(value)};
    }
    Suggestions words;
    if (value.find('|') != std::string_view::npos) {
        for (const auto each : split(value, '|')) {
            words.words.push_back({std::string(each), ""});
        }
    }
    return words;
}

Suggestions suggestChoice(const std::vector<const RowHead*>& heads, std::string_view typed)
{
    const auto colon = typed.find(':');
    if (colon == std::string_view::npos) {
        return idsThatBegin(heads, typed);
    }
    Suggestions suggestions;
    const auto head = std::find_if(heads.begin(), heads.end(), [&](const RowHead* each) {
        return each->id == typed.substr(0, colon);
    });
    if (head == heads.end()) {
        return suggestions;
    }
    const auto pairs = split(typed.substr(colon + 1), ',');
    const std::string kept(typed.substr(0, typed.size() - pairs.back().size()));
    for (const ParamSpec& param : (*head)->params) {
        const bool given = std::any_of(pairs.begin(), pairs.end() - 1, [&](std::string_view pair) {
            return before(pair, "=") == param.key;
        });
        const std::string prefix = fmt::format("{}{}=", kept, param.key);
        if (given) {
            continue;
        }
        if (typed.starts_with(prefix)) {
            suggestions.words = valuesOf(param, prefix);
            return suggestions;
        }
        suggestions.words.push_back({prefix, std::string(param.label)});
    }
    return suggestions;
}

Suggestions suggestionsFor(const std::vector<std::string>& words)
{
    Suggestions suggestions;
    if (words.size() == 1) {
        suggestions = firstWords();
    } else if (const Verb* verb = findVerb(words.front())) {
        suggestions = wordsOfVerb(verb->help(), words);
    } else if (!std::string_view(words.front()).starts_with('-')) {
        suggestions = resultFiles();
    }
    keepThoseThatBegin(suggestions.words, words.back());
    return suggestions;
}

} // namespace initlens::app
