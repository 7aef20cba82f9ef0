#include "ui/window/notice_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace initlens::ui {

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent), m_label(new QLabel(this)), m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("noticeBar"));
    m_label->setObjectName(QStringLiteral("notice"));
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setObjectName(QStringLiteral("dismissNotice"));
    m_close->setText(tr("Dismiss"));
    m_close->setProperty("link", true);
    m_close->setAccessibleName(tr("Dismiss the message"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 5, 6, 5);
    layout->addWidget(m_label, 1);
    layout->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &NoticeBar::dismiss);
    hide();
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
    const QString& text = m_message.isEmpty() ? m_events : m_message;
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
