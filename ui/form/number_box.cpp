#include "ui/form/number_box.h"

#include "core/base/registry.h"

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double largestTyped = 9007199254740992.0;

// A tenth of the leading digit's weight: 50 steps by 1, 256 by 10, 0.02 by 0.001.
double stepAt(double value, NumberBox::Kind kind)
{
    const double smallest = kind == NumberBox::Kind::Whole ? 1.0 : 1e-6;
    if (value == 0) {
        return kind == NumberBox::Kind::Whole ? 1.0 : 0.01;
    }
    return std::max(smallest, std::pow(10.0, std::floor(std::log10(std::abs(value))) - 1));
}

} // namespace

NumberBox::NumberBox(Kind kind, double min, double max, QWidget* parent)
    : QDoubleSpinBox(parent), m_kind(kind), m_min(min), m_max(max)
{
    setLocale(QLocale::c());
    setDecimals(kind == Kind::Whole ? 0 : 15);
    setRange(-largestTyped, largestTyped);
    setKeyboardTracking(false);
    setButtonSymbols(QAbstractSpinBox::NoButtons);
    setAlignment(Qt::AlignRight);
    setAccelerated(true);
}

void NumberBox::stepBy(int steps)
{
    const double step = stepAt(value(), m_kind);
    const double next = std::round((value() + steps * step) / step) * step;
    const double tidy = QString::number(next, 'g', 12).toDouble();
    setValue(std::clamp(tidy, m_min, m_max));
    selectAll();
}

// Wide enough for what people type; a spin box would make room for the longest number it allows.
QSize NumberBox::sizeHint() const
{
    constexpr int frameAndPadding = 24;
    return {fontMetrics().horizontalAdvance(QStringLiteral("0.00000")) + frameAndPadding,
            QDoubleSpinBox::sizeHint().height()};
}

QSize NumberBox::minimumSizeHint() const
{
    return sizeHint();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    StepEnabled enabled = StepNone;
    enabled.setFlag(StepUpEnabled, value() < m_max);
    enabled.setFlag(StepDownEnabled, value() > m_min);
    return enabled;
}

QString NumberBox::textFromValue(double value) const
{
    return m_kind == Kind::Whole ? QString::number(value, 'f', 0)
                                 : QString::fromStdString(initlens::numberText(value));
}

double NumberBox::valueFromText(const QString& text) const
{
    return parseNumber(text.trimmed().toStdString()).value_or(value());
}

QValidator::State NumberBox::validate(QString& text, int& /*position*/) const
{
    const QString trimmed = text.trimmed();
    const bool plausible = std::all_of(trimmed.begin(), trimmed.end(), [this](QChar c) {
        return c.isDigit() || c == '-' ||
               (m_kind == Kind::Real && QStringView(u".eE+").contains(c));
    });
    if (!plausible) {
        return QValidator::Invalid;
    }
    const auto number = parseNumber(trimmed.toStdString());
    return number && std::abs(*number) <= largestTyped ? QValidator::Acceptable
                                                       : QValidator::Intermediate;
}

} // namespace initlens::ui
