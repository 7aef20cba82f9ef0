#include "ui/window/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace initlens::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent), m_label(new QLabel(this)), m_yes(addButton("acceptNotice", {})),
      m_no(addButton("declineNotice", {})), m_close(addButton("dismissNotice", tr("Dismiss")))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_label->setObjectName(QStringLiteral("notice"));
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAccessibleName(tr("Dismiss the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 6, 5);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_yes);
    layout->addWidget(m_no);
    layout->addWidget(m_close);
    connect(m_yes, &QToolButton::clicked, this, [this] { answer(&NoticeBar::accepted); });
    connect(m_no, &QToolButton::clicked, this, [this] { answer(&NoticeBar::declined); });
    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    hide();
}

QToolButton* NoticeBar::addButton(const char* name, const QString& text)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setProperty("link", true);
    return button;
}

void NoticeBar::ask(const QString& question, const QString& yes, const QString& no)
{
    m_question = question;
    m_yes->setText(yes);
    m_no->setText(no);
    refresh();
}

void NoticeBar::answer(void (NoticeBar::*given)())
{
    m_question.clear();
    refresh();
    Q_EMIT(this->*given)();
}

void NoticeBar::setEvents(const QStringList& events)
{
    const QString joined = events.join(QStringLiteral("; "));
    if (joined != m_events) {
        m_events = joined;
        refresh();
    }
}

void NoticeBar::showMessage(const QString& text)
{
    m_message = text;
    m_isError = false;
    refresh();
}

void NoticeBar::showError(const QString& text)
{
    m_message = text;
    m_isError = true;
    refresh();
}

void NoticeBar::dismiss()
{
    (m_message.isEmpty() ? m_events : m_message).clear();
    m_isError = false;
    refresh();
}

void NoticeBar::refresh()
{
    const bool asks = m_message.isEmpty() && !m_question.isEmpty();
    const QString& text = asks ? m_question : m_message.isEmpty() ? m_events : m_message;
    m_yes->setVisible(asks);
    m_no->setVisible(asks);
    m_close->setVisible(!asks);
    m_label->setText(text);
    m_label->setAccessibleName(text);
    setProperty("error", m_isError);
    style()->unpolish(this);
    style()->polish(this);
    style()->unpolish(m_label);
    style()->polish(m_label);
    setVisible(!text.isEmpty());
}

} // namespace initlens::ui
