#pragma once

#include <QFrame>
#include <QStringList>

class QLabel;
class QToolButton;

namespace initlens::ui {

/// One quiet line: what happened in the networks on screen, or a message that can be dismissed.
/// It takes no focus and blocks nothing.
class NoticeBar : public QFrame {
    Q_OBJECT

public:
    explicit NoticeBar(QWidget* parent = nullptr);

    /// Stays until the next call; hidden when there is none.
    void setEvents(const QStringList& events);
    void showMessage(const QString& text);
    void showError(const QString& text);
    void dismiss();
    /// Asks until it is answered; messages go before it.
    void ask(const QString& question, const QString& yes, const QString& no);

Q_SIGNALS:
    void accepted();
    void declined();

private:
    QToolButton* addButton(const char* name, const QString& text);
    void answer(void (NoticeBar::*given)());
    void refresh();

    QLabel* m_label;
    QToolButton* m_yes;
    QToolButton* m_no;
    QToolButton* m_close;
    QString m_events;
    QString m_question;
    QString m_message;
    bool m_isError = false;
};

} // namespace initlens::ui
