#include "ui/run/run_names.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace initlens::ui {

namespace {

/// The fields of a spec as short texts: "tanh", "depth 100".
struct FieldTexts {
    std::vector<std::string>& texts;

    template <class Member>
    void operator()(const FieldInfo& info, const Member& member) const
    {
        if constexpr (std::is_arithmetic_v<Member>) {
            std::string label(info.label);
            label.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
            texts.push_back(label + ' ' + initlens::numberText(static_cast<double>(member)));
        } else {
            texts.push_back(choiceText(member));
        }
    }
};

std::vector<std::string> fieldTexts(experiment::RunSpec spec)
{
    spec.histogramLayer = 0; // says what is looked at, not what is run
    std::vector<std::string> texts;
    experiment::fields(std::as_const(spec), FieldTexts{texts});
    return texts;
}

} // namespace

QString defaultName(const experiment::RunSpec& spec)
{
    return QString::fromStdString(choiceText(spec.initializer))
        .replace(QLatin1Char(':'), QStringLiteral(", "))
        .replace(QLatin1Char(','), QStringLiteral(", "))
        .replace(QStringLiteral(",  "), QStringLiteral(", "))
        .replace(QLatin1Char('='), QLatin1Char(' '));
}

QString shortDescription(const experiment::RunSpec& spec)
{
    return QStringLiteral("%1, %2 × %3")
        .arg(QString::fromStdString(choiceText(spec.activation)))
        .arg(spec.depth)
        .arg(spec.width);
}

QString difference(const experiment::RunSpec& spec, const experiment::RunSpec& other)
{
    const auto own = fieldTexts(spec);
    const auto others = fieldTexts(other);
    const auto [mine, theirs] = std::mismatch(own.begin(), own.end(), others.begin());
    return mine == own.end() ? QString() : QString::fromStdString(*mine);
}

} // namespace initlens::ui
