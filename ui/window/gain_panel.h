#pragma once

#include "ui/charts/chart_theme.h"
#include "ui/run/gain_controller.h"
#include "ui/window/side_dock.h"

#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;

namespace initlens::ui {

class ChoiceEditor;
class FunctionPlot;
class LogSlider;
class NumberBox;

/// The gain workbench: an activation or a typed formula, and at once its gains, fixed points and
/// edge of chaos. Nothing is computed while it is hidden.
class GainPanel : public SideDock {
    Q_OBJECT

public:
    GainPanel(const GainFunction& compute, QWidget* parent);

    void setTheme(const ChartTheme& theme);
    [[nodiscard]] const experiment::GainRequest& request() const { return m_request; }

Q_SIGNALS:
    /// A text went to the clipboard.
    void copied(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addFunction();
    void addNumbers();
    void addResults();
    [[nodiscard]] QPushButton* figure(const char* name, const QString& help);
    void edit();
    void send();
    void showReport(const GainReportPointer& report);
    void showGains(const experiment::GainReport& report);
    void showProblem(const QString& sentence);
    void copy(const QPushButton* figure);

    GainController m_controller;
    QTimer m_pause; ///< one request for all that happens in one turn of the event loop
    experiment::GainRequest m_request;
    ChoiceEditor* m_activation = nullptr;
    QLineEdit* m_formula = nullptr;
    QLabel* m_problem = nullptr;
    FunctionPlot* m_plot = nullptr;
    NumberBox* m_q = nullptr;
    LogSlider* m_qSlider = nullptr;
    NumberBox* m_sigmaW = nullptr;
    NumberBox* m_biasStd = nullptr;
    QPushButton* m_followForward = nullptr;
    QWidget* m_results = nullptr;
    QPushButton* m_forward = nullptr;
    QPushButton* m_backward = nullptr;
    QPushButton* m_compromise = nullptr;
    QPushButton* m_library = nullptr;
    QLabel* m_libraryName = nullptr;
    QLabel* m_libraryEffect = nullptr;
    QLabel* m_means = nullptr;
    QLabel* m_fixedPoints = nullptr;
    QLabel* m_edge = nullptr;
    QLabel* m_isometry = nullptr;
    QLabel* m_notes = nullptr;
};

} // namespace initlens::ui
