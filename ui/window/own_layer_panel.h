#pragma once

#include "core/experiment/prediction.h"
#include "ui/form/number_box.h"

#include <QWidget>

class QFormLayout;
class QLabel;

namespace initlens::ui {

/// The answer for one layer of one's own: deviation and uniform limit of the weights for this
/// activation and any fans.
class OwnLayerPanel : public QWidget {
    Q_OBJECT

public:
    explicit OwnLayerPanel(QWidget* parent);

    /// The activation's scale, and the fans to begin with.
    void setPrediction(const experiment::PredictionPointer& prediction);

private:
    void addFan(QFormLayout* rows, const QString& name, NumberBox* box);
    void update();

    theory::WeightScale m_scale;
    double m_biasDeviation = 0;
    NumberBox* m_fanIn;
    NumberBox* m_fanOut;
    QLabel* m_forward;
    QLabel* m_backward;
    QLabel* m_compromise;
    QLabel* m_bias;
    bool m_edited = false; ///< the fans are the user's
};

} // namespace initlens::ui
