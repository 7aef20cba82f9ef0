#pragma once

#include "core/base/registry.h"

#include <string>
#include <string_view>
#include <vector>

namespace initlens::app {

/// What may stand at one place of the command line, for a shell to complete.
struct Suggestions {
    struct Word {
        std::string text; ///< the whole word, also what is typed of it already
        std::string help; ///< a few words for shells that show them; may be empty
    };
    /// Names of the file system that may stand there as well.
    enum class Names { None, Files, Directories };

    std::vector<Word> words;
    Names names = Names::None;
    std::vector<std::string> endings; ///< of the files: ".json"; empty: any
};

/// What the value of a flag may be by what the help calls it: FILE.json and FILE.{svg,pdf} are
/// files that end so, DIR is a directory, one|two|three are words. Nothing for any other.
Suggestions suggestionsOfName(std::string_view value);

/// The ids that begin so, and behind the colon of `id:key=value,...` the keys that are not there
/// yet, options and initial values.
Suggestions suggestChoice(const std::vector<const RowHead*>& heads, std::string_view typed);

/// Rows of a table, as `suggest` of a flag.
template <TableRow Row>
Suggestions suggestRows(std::string_view typed)
{
    std::vector<const RowHead*> heads;
    for (const Row* row : Row::table()) {
        heads.push_back(&row->head);
    }
    return suggestChoice(heads, typed);
}

/// What a shell may put in place of the last of `words`, which stand behind the program's name.
Suggestions suggestionsFor(const std::vector<std::string>& words);

} // namespace initlens::app
