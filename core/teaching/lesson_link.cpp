#include "core/teaching/lesson_link.h"

#include <fmt/format.h>

namespace initlens::teaching {

namespace {

/// `KEY=VALUE&KEY=VALUE`; a value may have equal signs of its own.
Result<std::vector<experiment::FieldText>> splitChanges(std::string_view text)
{
    std::vector<experiment::FieldText> changes;
    while (true) {
        const auto end = text.find('&');
        const auto pair = text.substr(0, end);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) {
            return Error(fmt::format("a change must be KEY=VALUE, not '{}'", pair));
        }
        changes.push_back(
            {std::string(pair.substr(0, equals)), std::string(pair.substr(equals + 1))});
        if (end == std::string_view::npos) {
            return changes;
        }
        text.remove_prefix(end + 1);
    }
}

Result<LessonAction> openPreset(std::string_view text)
{
    const auto mark = text.find('?');
    auto preset = findPreset(text.substr(0, mark));
    if (!preset) {
        return preset.error();
    }
    if (mark != std::string_view::npos) {
        const auto changes = splitChanges(text.substr(mark + 1));
        if (!changes) {
            return changes.error();
        }
        if (auto status = setFields(*preset, *changes); !status) {
            return status.error();
        }
    }
    return LessonAction(OpenPreset{*std::move(preset)});
}

Result<LessonAction> setFieldsAction(std::string_view text)
{
    auto changes = splitChanges(text);
    if (!changes) {
        return changes.error();
    }
    // Whether they go together with the others shows when they meet a spec.
    experiment::RunSpec any;
    if (auto status = experiment::setFields(any, *changes); !status) {
        return status.error();
    }
    return LessonAction(SetFields{*std::move(changes)});
}

} // namespace

Result<LessonAction> parseLessonLink(std::string_view link)
{
    constexpr std::string_view run = "run:";
    constexpr std::string_view set = "set:";
    if (link.starts_with(run)) {
        return openPreset(link.substr(run.size()));
    }
    if (link.starts_with(set)) {
        return setFieldsAction(link.substr(set.size()));
    }
    return Error(
        fmt::format("a link of a lesson must be run:PRESET or set:KEY=VALUE, not '{}'", link));
}

} // namespace initlens::teaching
