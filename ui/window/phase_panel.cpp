#include "ui/window/phase_panel.h"

#include "core/experiment/weights_of_variance.h"
#include "ui/charts/chart_text.h"
#include "ui/charts/phase_plot.h"
#include "ui/window/text_label.h"
#include "ui/window/window_dialogs.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace initlens::ui {

namespace {

constexpr int digits = 4;

QString numberCell(const QString& symbol, const std::optional<double>& value)
{
    const QString text = value ? numberText(*value, digits) : QStringLiteral("–");
    return QStringLiteral("<td>%1&nbsp;=&nbsp;%2&nbsp;&nbsp;&nbsp;</td>").arg(symbol, text);
}

/// What happens to gradients, in one sentence.
QString meaningOf(const theory::MeanField& field)
{
    if (field.phase == theory::Phase::Diverging) {
        return PhasePanel::tr("Diverging: the variance of the signal grows for ever.");
    }
    if (field.phase == theory::Phase::Critical) {
        return PhasePanel::tr("Critical: gradients keep their size over any depth.");
    }
    const QString layers = field.chi1 && *field.chi1 > 0
                               ? numberText(1 / std::abs(std::log(*field.chi1)), 3)
                               : QStringLiteral("0");
    return field.phase == theory::Phase::Ordered
               ? PhasePanel::tr("Ordered: squared gradients shrink e-fold in ξ = %1 layers.")
                     .arg(layers)
               : PhasePanel::tr("Chaotic: squared gradients grow e-fold in ξ = %1 layers.")
                     .arg(layers);
}

} // namespace

PhasePanel::PhasePanel(QWidget* parent, PhaseMapFunction compute)
    : QDockWidget(tr("Phase diagram"), parent), m_worker(std::move(compute)), m_title(new QLabel),
      m_colouring(new QComboBox), m_plot(new PhasePlot(nullptr)), m_numbers(nullptr),
      m_meaning(nullptr)
{
    setObjectName(QStringLiteral("phasePanel"));
    setFeatures(DockWidgetClosable);
    setAllowedAreas(Qt::RightDockWidgetArea);
    setTitleBarWidget(new QWidget(this)); // the diagram has a heading of its own
    build();
    connect(&m_worker, &PhaseWorker::mapChanged, this,
            [this](const experiment::PhaseMapPointer& map) {
                m_plot->setMap(map);
                showSpec();
            });
    connect(m_plot, &PhasePlot::handleMoved, this, &PhasePanel::moveTo);
    connect(m_colouring, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_plot->setColouring(static_cast<PhaseColouring>(index)); });
}

void PhasePanel::build()
{
    auto* form = new QWidget(this);
    form->setObjectName(QStringLiteral("phaseForm"));
    m_numbers = textLabel("phaseNumbers", form);
    m_meaning = textLabel("phaseMeaning", form);
    m_title->setParent(form);
    m_title->setObjectName(QStringLiteral("phaseTitle"));
    m_title->setProperty("heading", true);
    m_colouring->setParent(form);
    m_colouring->setObjectName(QStringLiteral("phaseColouring"));
    m_colouring->setAccessibleName(tr("What the colours of the phase diagram show"));
    for (const auto colouring : {PhaseColouring::Slope, PhaseColouring::Depth}) {
        m_colouring->addItem(colouringText(colouring));
    }
    m_plot->setParent(form);
    auto* save = new QToolButton(form);
    save->setObjectName(QStringLiteral("phaseExport"));
    save->setText(tr("Export…"));
    save->setProperty("link", true);
    save->setAccessibleName(tr("Export the phase diagram"));
    save->setToolTip(tr("Saves the diagram as SVG, PDF or PNG."));
    connect(save, &QToolButton::clicked, this, &PhasePanel::chooseExport);
    connect(m_plot, &PhasePlot::exportRequested, this, &PhasePanel::chooseExport);
    connect(m_plot, &PhasePlot::copyRequested, this, &PhasePanel::copyPicture);
    auto* close = new QToolButton(form);
    close->setObjectName(QStringLiteral("phaseClose"));
    close->setText(tr("Close"));
    close->setProperty("link", true);
    close->setAccessibleName(tr("Close the phase diagram"));
    connect(close, &QToolButton::clicked, this, &QWidget::close);

    auto* top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(save, 0, Qt::AlignTop);
    top->addWidget(close, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(form);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addLayout(top);
    layout->addWidget(m_colouring);
    layout->addWidget(m_plot, 1);
    layout->addWidget(m_numbers);
    layout->addWidget(m_meaning);
    layout->addStretch(0);
    setWidget(form);
}

void PhasePanel::setTheme(const ChartTheme& theme)
{
    m_plot->setTheme(theme);
}

void PhasePanel::showEvent(QShowEvent* event)
{
    QDockWidget::showEvent(event);
    showSpec();
}

void PhasePanel::setSpec(const experiment::RunSpec& spec)
{
    if (spec != m_spec && experiment::validate(spec).empty()) {
        m_spec = spec;
        showSpec();
    }
}

void PhasePanel::setPrediction(const experiment::PredictionPointer& prediction)
{
    m_prediction = prediction;
    if (isVisible() && m_law) {
        showNumbers();
    }
}

void PhasePanel::showSpec()
{
    if (!isVisible()) {
        return;
    }
    m_title->setText(
        tr("Phases of %1").arg(QString::fromUtf8(m_spec.activation->head.label.data())));
    const auto law = experiment::lawOf(m_spec);
    m_law = law ? std::optional(law->hidden) : std::nullopt;
    m_numbers->setVisible(m_law.has_value());
    if (m_law) {
        m_plot->setHandle(QPointF(std::sqrt(m_law->sigmaW2), std::sqrt(m_law->sigmaB2)));
        showNumbers();
    } else {
        m_plot->setHandle(std::nullopt);
        m_meaning->setText(tr("This network has no point in the diagram: %1.")
                               .arg(QString::fromStdString(law.error().message())));
        m_plot->setAccessibleDescription(m_meaning->text());
    }
    askForMap();
}

void PhasePanel::askForMap()
{
    const auto request = experiment::phaseMapRequest(m_spec);
    const auto& map = m_plot->map();
    const bool fits = m_request && m_request->activation == request.activation &&
                      m_request->looksLinear == request.looksLinear &&
                      (map == nullptr || map->rectangle.contains(request.sigmaW, request.sigmaB));
    if (!fits) {
        m_request = request;
        m_worker.request(request);
    }
}

void PhasePanel::moveTo(const QPointF& point)
{
    const auto moved = experiment::movedTo(
        m_spec, {.sigmaW2 = point.x() * point.x(), .sigmaB2 = point.y() * point.y()});
    if (moved) {
        Q_EMIT specRequested(*moved);
    }
}

void PhasePanel::showNumbers()
{
    const bool known = m_prediction != nullptr && m_prediction->meanField && m_prediction->law;
    const auto field = known ? *m_prediction->meanField : theory::MeanField();
    const QString numbers = numberCell(QStringLiteral("σ<sub>w</sub>"), std::sqrt(m_law->sigmaW2)) +
                            numberCell(QStringLiteral("σ<sub>b</sub>"), std::sqrt(m_law->sigmaB2)) +
                            numberCell(QStringLiteral("q*"), field.qStar) +
                            numberCell(QStringLiteral("χ₁"), field.chi1);
    m_numbers->setText(QStringLiteral("<table cellspacing=0><tr>%1</tr></table>").arg(numbers));
    m_meaning->setText(known ? meaningOf(field) : QString());
    m_plot->setAccessibleDescription(m_meaning->text());
}

PhaseRequest PhasePanel::request() const
{
    return {.title = m_title->text(),
            .map = m_plot->map(),
            .colouring = m_plot->colouring(),
            .network = m_plot->handle()};
}

void PhasePanel::copyPicture()
{
    QApplication::clipboard()->setMimeData(phaseMimeData(request()).release());
    Q_EMIT told(tr("The phase diagram is on the clipboard, as a picture and as SVG."));
}

void PhasePanel::chooseExport()
{
    chooseExportFile(this, m_title->text(), QStringLiteral("phase_diagram"),
                     [this](const QString& path) { exportTo(path); });
}

void PhasePanel::exportTo(const QString& path)
{
    if (const auto status = exportPhaseDiagram(path.toStdU16String(), request())) {
        Q_EMIT told(tr("Saved %1").arg(path));
    } else {
        Q_EMIT failed(QString::fromStdString(status.error().message()));
    }
}

} // namespace initlens::ui
