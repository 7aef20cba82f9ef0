#pragma once

#include "ui/run/gain_controller.h"
#include "ui/run/session.h"
#include "ui/window/app_style.h"
#include "ui/window/window_state.h"

#include <QMainWindow>

class QSplitter;

namespace initlens::ui {

class Dashboard;
class FanPanel;
class FileActions;
class GainPanel;
class Guide;
class LayerPanel;
class NoticeBar;
class OwnLayerPanel;
class PhaseDock;
class RunsPanel;
class SpecPanel;
class StatusLine;
class VerdictPanel;
class WindowActions;

/// Puts the parts together and connects them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(const RunFunction& run, const PredictFunction& predict, const GainFunction& gains,
               QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Session& session() { return m_session; }
    void openExample();
    /// Opens and saves what a person has.
    [[nodiscard]] FileActions& files() { return *m_files; }

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildLayout();
    [[nodiscard]] QWidget* buildCentre();
    [[nodiscard]] QWidget* buildSide();
    void connectSession();
    void connectActions();
    void restoreState();
    void resetLayout();
    void setTheme(ThemeChoice choice);
    void showHistory();
    void showVerdict();
    void stopOrRestore();
    void showEvents();
    void chooseExport();
    void exportTo(const QString& path);
    void copyChart();

    Session m_session;
    WindowActions* m_actions;
    Guide* m_guide;
    GainPanel* m_gains;
    FanPanel* m_fans;
    FileActions* m_files;
    SpecPanel* m_specPanel;
    Dashboard* m_dashboard;
    NoticeBar* m_notice;
    RunsPanel* m_runsPanel;
    VerdictPanel* m_verdict;
    OwnLayerPanel* m_ownLayer;
    LayerPanel* m_layerPanel;
    PhaseDock* m_phase;
    StatusLine* m_status;
    QSplitter* m_splitter;
    ThemeChoice m_theme = ThemeChoice::System;
};

} // namespace initlens::ui
