#pragma once

#include "ui/run/session.h"

#include <QStatusBar>

class QLabel;
class QProgressBar;
class QPushButton;

namespace initlens::ui {

/// The status bar: what is running, how far, how long still, and a button to stop it; on the right
/// the facts of the last run.
class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setActivity(const Activity& activity);
    void setFinished(const experiment::RunRecord& record, const experiment::Plan& plan);

Q_SIGNALS:
    void stopRequested();

private:
    QLabel* m_text;
    QProgressBar* m_progress;
    QPushButton* m_stop;
    QLabel* m_facts;
};

} // namespace initlens::ui
