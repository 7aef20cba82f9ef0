#include "ui/window/own_layer_panel.h"

#include "ui/window/text_label.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>
#include <limits>
#include <utility>

namespace initlens::ui {

namespace {

constexpr double largestFan = 1e9;

bool isFan(double value)
{
    return value >= 1 && value <= largestFan;
}

/// Not a number where the box holds none that is allowed.
double fanOf(const NumberBox& box)
{
    return isFan(box.value()) ? box.value() : std::numeric_limits<double>::quiet_NaN();
}

QLabel* figure(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QString weightsText(const theory::LayerWeights& weights)
{
    return std::isfinite(weights.deviation) ? QStringLiteral("%1  ± %2")
                                                  .arg(weights.deviation, 0, 'g', 4)
                                                  .arg(weights.uniformLimit, 0, 'g', 4)
                                            : QStringLiteral("–");
}

} // namespace

OwnLayerPanel::OwnLayerPanel(LayerCodeFunction code, QWidget* parent)
    : QWidget(parent), m_code(std::move(code)),
      m_fanIn(new NumberBox(NumberBox::Kind::Whole, 1, largestFan, this)),
      m_fanOut(new NumberBox(NumberBox::Kind::Whole, 1, largestFan, this)),
      m_forward(figure("ownForward", this)), m_backward(figure("ownBackward", this)),
      m_compromise(figure("ownCompromise", this)), m_bias(figure("ownBias", this))
{
    setObjectName(QStringLiteral("ownLayerPanel"));
    auto* heading = new QLabel(tr("Your layer"), this);
    heading->setProperty("heading", true);
    m_fanIn->setObjectName(QStringLiteral("ownFanIn"));
    m_fanIn->setAccessibleName(tr("Fan-in of your layer"));
    m_fanOut->setObjectName(QStringLiteral("ownFanOut"));
    m_fanOut->setAccessibleName(tr("Fan-out of your layer"));
    m_forward->setToolTip(tr("Var(W) = gain² / fan-in: keeps the second moment of h at 1."));
    m_backward->setToolTip(tr("Var(W) = gain² / fan-out: keeps the size of the gradients."));
    m_compromise->setToolTip(tr("Between the two, as Glorot and Bengio do for the identity."));

    auto* rows = new QFormLayout;
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setVerticalSpacing(5);
    rows->setLabelAlignment(Qt::AlignLeft);
    addFan(rows, tr("fan-in"), m_fanIn);
    addFan(rows, tr("fan-out"), m_fanOut);
    auto* columns = figure("ownColumns", this);
    columns->setText(tr("std  ± uniform limit"));
    columns->setProperty("quiet", true);
    rows->addRow(new QLabel(this), columns);
    rows->addRow(tr("forward"), m_forward);
    rows->addRow(tr("backward"), m_backward);
    rows->addRow(tr("compromise"), m_compromise);
    rows->addRow(tr("bias std"), m_bias);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(heading);
    layout->addLayout(rows);
    layout->addWidget(copyButton(), 0, Qt::AlignLeft);
    hide();
}

QPushButton* OwnLayerPanel::copyButton()
{
    auto* button = new QPushButton(tr("Copy as code"), this);
    button->setObjectName(QStringLiteral("copyAsCode"));
    button->setToolTip(tr("The chosen initializer for this layer, ready to paste: weights and "
                          "biases as they are drawn here."));
    auto* menu = new QMenu(button);
    for (const auto* framework : code::Framework::table()) {
        auto* action = menu->addAction(QString::fromStdString(std::string(framework->head.label)));
        action->setObjectName(QString::fromStdString(std::string(framework->head.id)));
        connect(action, &QAction::triggered, this, [this, framework] { copyCode(*framework); });
    }
    button->setMenu(menu);
    return button;
}

void OwnLayerPanel::copyCode(const code::Framework& framework)
{
    code::LayerRequest request{.framework = &framework};
    if (m_edited) {
        if (!isFan(m_fanIn->value()) || !isFan(m_fanOut->value())) {
            Q_EMIT failed(tr("There is no code for a layer without a fan-in and a fan-out."));
            return;
        }
        request.fanIn = static_cast<Index>(m_fanIn->value());
        request.fanOut = static_cast<Index>(m_fanOut->value());
    }
    const auto text = m_code(request);
    if (!text) {
        Q_EMIT failed(QString::fromStdString(text.error().message()));
        return;
    }
    QApplication::clipboard()->setText(QString::fromStdString(*text));
    Q_EMIT copied(QString::fromStdString(std::string(framework.head.label)));
}

void OwnLayerPanel::addFan(QFormLayout* rows, const QString& name, NumberBox* box)
{
    auto* problem = textLabel("", this);
    problem->setObjectName(box->objectName() + QStringLiteral(".problem"));
    problem->setTextFormat(Qt::PlainText);
    problem->setProperty("problem", true);
    problem->hide();
    rows->addRow(name, box);
    rows->addRow(problem);
    const auto say = [problem, box](const QString& sentence) {
        problem->setText(sentence);
        problem->setVisible(!sentence.isEmpty());
        box->setAccessibleDescription(sentence);
    };
    connect(box, &NumberBox::typed, this, [say] { say({}); });
    connect(box, &NumberBox::refused, this,
            [say, name](const QString& sentence) { say(tr("%1: %2").arg(name, sentence)); });
    connect(box, &NumberBox::valueChanged, this, [this, say, box](double value) {
        m_edited = true;
        say({});
        if (!isFan(value)) {
            QString text = box->text();
            box->fixup(text);
        }
        update();
    });
}

void OwnLayerPanel::setPrediction(const experiment::PredictionPointer& prediction)
{
    if (prediction == nullptr) {
        return;
    }
    m_scale = prediction->weightScale;
    if (prediction->law) {
        m_biasDeviation = std::sqrt(prediction->law->hidden.sigmaB2);
        if (!m_edited) {
            const QSignalBlocker blockIn(m_fanIn);
            const QSignalBlocker blockOut(m_fanOut);
            m_fanIn->setValue(static_cast<double>(prediction->law->width));
            m_fanOut->setValue(static_cast<double>(prediction->law->width));
        }
    }
    update();
    show();
}

void OwnLayerPanel::update()
{
    const double fanIn = fanOf(*m_fanIn);
    const double fanOut = fanOf(*m_fanOut);
    m_forward->setText(weightsText(theory::forwardWeights(m_scale, fanIn)));
    m_backward->setText(weightsText(theory::backwardWeights(m_scale, fanOut)));
    m_compromise->setText(weightsText(theory::compromiseWeights(m_scale, fanIn, fanOut)));
    m_bias->setText(QString::number(m_biasDeviation, 'g', 4));
}

} // namespace initlens::ui
