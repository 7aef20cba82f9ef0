#pragma once

#include "core/experiment/prediction.h"

#include <QWidget>

class QFrame;
class QLabel;
class QPushButton;

namespace initlens::ui {

/// Theory's verdict on the current run in words, with a button that repairs it.
class VerdictPanel : public QWidget {
    Q_OBJECT

public:
    explicit VerdictPanel(QWidget* parent);

    /// Null: not known yet; what is shown stays until it is.
    void setPrediction(const experiment::PredictionPointer& prediction);

Q_SIGNALS:
    void repairRequested(const initlens::experiment::RunSpec& spec);

private:
    void showReasons(bool all);

    experiment::PredictionPointer m_prediction;
    QFrame* m_card;
    QLabel* m_headline;
    QLabel* m_reasons;
    QPushButton* m_more;
    QLabel* m_change;
    QPushButton* m_repair;
};

} // namespace initlens::ui
