#include "ui/form/network_line.h"

#include "core/experiment/shorthand.h"
#include "core/io/result_file.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace initlens::ui {

NetworkLine::NetworkLine(QWidget* parent)
    : QWidget(parent), m_text(new QLineEdit(this)), m_problem(new QLabel(this)),
      m_leftOut(new QLabel(this))
{
    setObjectName(QStringLiteral("networkLine"));
    setAttribute(Qt::WA_StyledBackground);
    m_text->setObjectName(QStringLiteral("networkLine.text"));
    m_text->setAccessibleName(tr("Network in one line"));
    m_text->setPlaceholderText(QStringLiteral("784-512x50 gelu he_normal"));
    m_text->setToolTip(
        tr("The network in one line: inputs-widthxdepth, activation, initializer and "
           "key=value. Type or paste one, or a command line, or the JSON of a spec. "
           "Enter applies it, Escape gives it up."));
    m_text->installEventFilter(this);
    m_problem->setObjectName(QStringLiteral("networkLine.problem"));
    m_problem->setProperty("problem", true);
    m_leftOut->setObjectName(QStringLiteral("networkLine.leftOut"));
    m_leftOut->setProperty("quiet", true);
    auto* rows = new QVBoxLayout(this);
    constexpr int scrollBar = 8; // beside the controls below it (style.qss)
    rows->setContentsMargins(16, 10, 16 + scrollBar, 0);
    rows->setSpacing(4);
    rows->addWidget(m_text);
    for (QLabel* label : {m_problem, m_leftOut}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->hide();
        rows->addWidget(label);
    }
    connect(m_text, &QLineEdit::returnPressed, this, &NetworkLine::apply);
    connect(m_text, &QLineEdit::textEdited, this, [this] {
        say(m_problem, {});
        say(m_leftOut, {});
    });
}

void NetworkLine::setSpec(const experiment::RunSpec& spec)
{
    if (spec == m_spec && !m_text->text().isEmpty()) {
        return;
    }
    m_spec = spec;
    giveUp();
}

void NetworkLine::edit()
{
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void NetworkLine::apply()
{
    const auto reading = io::specFromLine(m_text->text().toStdString(), m_spec);
    if (!reading) {
        say(m_problem, QString::fromStdString(reading.error().message()));
        return;
    }
    m_spec = reading->spec;
    giveUp();
    say(m_leftOut, QString::fromStdString(reading->leftOut));
    m_text->selectAll();
    Q_EMIT entered(m_spec);
}

void NetworkLine::giveUp()
{
    experiment::RunSpec shown = m_spec;
    shown.histogramLayer = 0; // chosen by clicking in a chart, so it would only be in the way here
    m_text->setText(QString::fromStdString(experiment::shorthandOf(shown)));
    m_text->setCursorPosition(0); // the sizes are read first
    say(m_problem, {});
    say(m_leftOut, {});
}

void NetworkLine::say(QLabel* label, const QString& text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

bool NetworkLine::eventFilter(QObject* watched, QEvent* event)
{
    const bool pressed = event->type() == QEvent::KeyPress;
    if (!pressed && event->type() != QEvent::ShortcutOverride) {
        return QWidget::eventFilter(watched, event);
    }
    if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape || !m_text->isModified()) {
        return QWidget::eventFilter(watched, event);
    }
    // Escape stops a run elsewhere; here it first gives up what is typed.
    event->accept();
    if (pressed) {
        giveUp();
    }
    return true;
}

} // namespace initlens::ui
