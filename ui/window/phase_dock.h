#pragma once

#include "ui/charts/chart_theme.h"

#include <QMainWindow>

namespace initlens::ui {

class PhasePanel;
class Session;
class SpecPanel;
class WindowActions;

/// The phase diagram in the window: its menu entry, its place, and what it says to the session.
class PhaseDock : public QObject {
    Q_OBJECT

public:
    PhaseDock(QMainWindow& window, WindowActions& actions, Session& session, SpecPanel& form);

    [[nodiscard]] bool isShown() const;
    void setShown(bool shown);
    void setTheme(const ChartTheme& theme);

Q_SIGNALS:
    void told(const QString& message);
    void failed(const QString& message);

private:
    void showPrediction();

    QMainWindow& m_window;
    Session& m_session;
    PhasePanel* m_panel;
};

} // namespace initlens::ui
