#include "ui/form/number_box.h"

#include "core/base/registry.h"

#include <QKeyEvent>
#include <QLineEdit>

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

// 1e3 is a whole number, 0,5 a half and 1.5 no whole number.
std::optional<double> parsed(const QString& text, NumberBox::Kind kind)
{
    QString plain = text.trimmed();
    if (!plain.contains(QLatin1Char('.'))) {
        plain.replace(QLatin1Char(','), QLatin1Char('.'));
    }
    const auto number = parseNumber(plain.toStdString());
    const bool fits = number && std::abs(*number) <= largestTyped &&
                      (kind == NumberBox::Kind::Real || std::floor(*number) == *number);
    return fits ? number : std::nullopt;
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
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::typed);
}

bool NumberBox::event(QEvent* event)
{
    // Line edits claim the keys of undo and redo even when they have nothing to undo.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if ((key.matches(QKeySequence::Undo) && !lineEdit()->isUndoAvailable()) ||
            (key.matches(QKeySequence::Redo) && !lineEdit()->isRedoAvailable())) {
            event->ignore();
            return false;
        }
    }
    return QDoubleSpinBox::event(event);
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
    return parsed(text, m_kind).value_or(value());
}

QValidator::State NumberBox::validate(QString& text, int& /*position*/) const
{
    return parsed(text, m_kind) ? QValidator::Acceptable : QValidator::Intermediate;
}

// Called when the text is to be taken and is no number.
void NumberBox::fixup(QString& text) const
{
    const QString kind = m_kind == Kind::Whole ? tr("a whole number") : tr("a number");
    Q_EMIT refused(tr("%1 from %2 to %3, not \"%4\"")
                       .arg(kind, textFromValue(m_min), textFromValue(m_max), text.trimmed()));
}

} // namespace initlens::ui
