#include "ui/run/run_names.h"

#include <QStringList>

#include <cctype>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace initlens::ui {

namespace {

struct FieldText {
    std::string label; ///< "depth"
    std::string value; ///< "100", "leaky_relu:slope=0.2"
    bool isNumber = false;
};

struct FieldTexts {
    std::vector<FieldText>& texts;

    template <class Member>
    void operator()(const FieldInfo& info, const Member& member) const
    {
        std::string label(info.label);
        label.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
        if constexpr (std::is_arithmetic_v<Member>) {
            texts.push_back({label, initlens::numberText(static_cast<double>(member)), true});
        } else {
            texts.push_back({label, choiceText(member)});
        }
    }
};

std::vector<FieldText> fieldTexts(experiment::RunSpec spec)
{
    spec.histogramLayer = 0; // says what is looked at, not what is run
    std::vector<FieldText> texts;
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
    const int number = changedField(spec, other);
    if (number < 0) {
        return {};
    }
    const FieldText field = fieldTexts(spec)[static_cast<std::size_t>(number)];
    return QString::fromStdString(field.isNumber ? field.label + ' ' + field.value : field.value);
}

QString differences(const experiment::RunSpec& from, const experiment::RunSpec& to)
{
    const auto before = fieldTexts(from);
    const auto after = fieldTexts(to);
    QStringList all;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].value != after[i].value) {
            all << QStringLiteral("%1: %2 → %3")
                       .arg(QString::fromStdString(before[i].label),
                            QString::fromStdString(before[i].value),
                            QString::fromStdString(after[i].value));
        }
    }
    return all.join(QStringLiteral("; "));
}

int changedField(const experiment::RunSpec& spec, const experiment::RunSpec& other)
{
    const auto own = fieldTexts(spec);
    const auto others = fieldTexts(other);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i].value != others[i].value) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

} // namespace initlens::ui
