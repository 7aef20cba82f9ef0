#pragma once

#include "core/code/layer_code.h"
#include "core/experiment/prediction.h"
#include "ui/form/number_box.h"

#include <QWidget>

#include <functional>

class QFormLayout;
class QLabel;
class QPushButton;

namespace initlens::ui {

/// Python that initializes a layer of the network that is shown (code::layerCode).
using LayerCodeFunction = std::function<Result<std::string>(const code::LayerRequest&)>;

/// The answer for one layer of one's own: deviation and uniform limit of the weights for this
/// activation and any fans, and the chosen initializer as code.
class OwnLayerPanel : public QWidget {
    Q_OBJECT

public:
    OwnLayerPanel(LayerCodeFunction code, QWidget* parent);

    /// The activation's scale, and the fans to begin with.
    void setPrediction(const experiment::PredictionPointer& prediction);

Q_SIGNALS:
    /// The code for this framework went to the clipboard.
    void copied(const QString& framework);
    void failed(const QString& sentence);

private:
    [[nodiscard]] QPushButton* copyButton();
    void copyCode(const code::Framework& framework);
    void addFan(QFormLayout* rows, const QString& name, NumberBox* box);
    void update();

    LayerCodeFunction m_code;
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
