#include "ui/form/number_editor.h"

#include "ui/form/log_slider.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace initlens::ui {

namespace {

// The slider covers what is drawn in a moment; the box takes everything that the field allows.
constexpr double largestOnSlider = 2000;
constexpr int boxWidth = 74;

} // namespace

NumberEditor::NumberEditor(const FieldInfo& info, NumberBox::Kind kind, QWidget* parent)
    : FieldEditor(info, parent), m_line(new QHBoxLayout),
      m_box(new NumberBox(kind, info.min, info.max, this))
{
    auto* label = makeLabel();
    label->setBuddy(m_box);
    m_box->setObjectName(name(QStringLiteral("box")));
    m_box->setAccessibleName(label->text());
    m_box->setToolTip(label->toolTip());
    m_box->setFixedWidth(boxWidth);
    ignoreStrayWheel(m_box);
    m_line->setSpacing(8);
    m_line->addWidget(label, 1);
    m_line->addWidget(m_box);
    rows()->addLayout(m_line);

    watch(m_box);
    connect(m_box, &NumberBox::valueChanged, this, [this](double value) {
        if (m_slider != nullptr) {
            m_slider->setNumber(static_cast<qint64>(value));
        }
        Q_EMIT edited();
    });
    if (info.slider) {
        m_slider = new LogSlider(static_cast<qint64>(info.min),
                                 static_cast<qint64>(std::min(info.max, largestOnSlider)), this);
        m_slider->setObjectName(name(QStringLiteral("slider")));
        m_slider->setAccessibleName(tr("%1, slider").arg(label->text()));
        m_slider->setToolTip(label->toolTip());
        ignoreStrayWheel(m_slider);
        rows()->addWidget(m_slider);
        connect(m_slider, &LogSlider::numberChosen, m_box,
                [this](qint64 number) { m_box->setValue(static_cast<double>(number)); });
    }
    addProblemRow();
}

double NumberEditor::value() const
{
    return m_box->value();
}

void NumberEditor::setValue(double value)
{
    const QSignalBlocker blocker(m_box);
    m_box->setValue(value);
    if (m_slider != nullptr) {
        m_slider->setNumber(static_cast<qint64>(value));
    }
}

void NumberEditor::addButton(QPushButton* button)
{
    m_box->setMinimumWidth(boxWidth);
    m_box->setMaximumWidth(QWIDGETSIZE_MAX);
    m_line->setStretchFactor(m_line->itemAt(0)->widget(), 0);
    m_line->setStretchFactor(m_box, 1);
    m_line->addWidget(button);
}

} // namespace initlens::ui
