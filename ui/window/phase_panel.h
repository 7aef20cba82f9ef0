#pragma once

#include "core/experiment/prediction.h"
#include "ui/charts/chart_theme.h"
#include "ui/charts/phase_export.h"
#include "ui/run/phase_worker.h"

#include <QDockWidget>

class QComboBox;
class QLabel;

namespace initlens::ui {

class PhasePlot;

/// The phase diagram of the current activation beside the charts, with the current network in it:
/// whoever moves its point changes weights and biases. Computes nothing while it is hidden.
class PhasePanel : public QDockWidget {
    Q_OBJECT

public:
    explicit PhasePanel(QWidget* parent, PhaseMapFunction compute = experiment::computePhaseMap);

    /// The spec of the form; one that cannot run changes nothing.
    void setSpec(const experiment::RunSpec& spec);
    /// What theory says of the current network. Null: not known yet.
    void setPrediction(const experiment::PredictionPointer& prediction);
    void setTheme(const ChartTheme& theme);

Q_SIGNALS:
    void specRequested(const initlens::experiment::RunSpec& spec);
    /// What has become of a copy or an export, in words.
    void told(const QString& message);
    void failed(const QString& message);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void showSpec();
    void askForMap();
    void moveTo(const QPointF& point);
    void showNumbers();
    [[nodiscard]] PhaseRequest request() const;
    void copyPicture();
    void chooseExport();
    void exportTo(const QString& path);

    PhaseWorker m_worker;
    experiment::RunSpec m_spec;
    std::optional<theory::LayerLaw> m_law;
    std::optional<experiment::PhaseMapRequest> m_request;
    experiment::PredictionPointer m_prediction;
    QLabel* m_title;
    QComboBox* m_colouring;
    PhasePlot* m_plot;
    QLabel* m_numbers;
    QLabel* m_meaning;
};

} // namespace initlens::ui
