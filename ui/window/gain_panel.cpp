#include "ui/window/gain_panel.h"

#include "core/experiment/run_spec.h"
#include "ui/charts/function_plot.h"
#include "ui/form/activation_icon.h"
#include "ui/form/choice_editor.h"
#include "ui/form/log_slider.h"
#include "ui/form/number_box.h"
#include "ui/window/gain_text.h"
#include "ui/window/text_label.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr double smallestQ = 1e-12;
constexpr double largestQ = 1e12;
constexpr double smallestSigma = 1e-6;
constexpr double largestSigma = 1e6;
// The slider goes from 0.01 to 100 in thousandths.
constexpr double sliderUnit = 1e-3;
constexpr qint64 sliderMin = 10;
constexpr qint64 sliderMax = 100'000;
constexpr int longestFormula = 1000;

constexpr FieldInfo activationField{
    .key = "gain_activation", .label = "Activation", .help = "The function phi.", .section = ""};

ChoiceEditor* activationEditor(QWidget* parent)
{
    std::vector<const RowHead*> heads;
    for (const auto* row : activations::Activation::table()) {
        heads.push_back(&row->head);
    }
    const auto icon = [parent](std::size_t row, const std::vector<double>& values) {
        return activationIcon({*activations::Activation::table()[row], values},
                              QApplication::palette().color(QPalette::Highlight),
                              parent->devicePixelRatioF());
    };
    return new ChoiceEditor(activationField, std::move(heads), icon, parent);
}

} // namespace

GainPanel::GainPanel(const GainFunction& compute, QWidget* parent)
    : SideDock(tr("Gain workbench"), QStringLiteral("gain"), parent), m_controller(compute)
{
    addFunction();
    addNumbers();
    addResults();
    rows()->addStretch(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(0);
    connect(&m_pause, &QTimer::timeout, this, &GainPanel::send);
    connect(&m_controller, &GainController::reported, this, &GainPanel::showReport);
    connect(&m_controller, &GainController::refused, this,
            [this](const Error& error) { showProblem(QString::fromStdString(error.message())); });
}

void GainPanel::addFunction()
{
    const auto table = activations::Activation::table();
    m_activation = activationEditor(form());
    const auto first = std::find_if(table.begin(), table.end(), [](const auto* row) {
        return row->head.id == experiment::RunSpec().activation.id();
    });
    m_activation->setChoice(static_cast<std::size_t>(first - table.begin()),
                            experiment::RunSpec().activation.values);
    auto* label = new QLabel(tr("or a &formula in x"), form());
    m_formula = new QLineEdit(form());
    m_formula->setObjectName(QStringLiteral("gainFormula"));
    m_formula->setAccessibleName(tr("Formula of an activation in x"));
    m_formula->setPlaceholderText(QStringLiteral("x*tanh(log(1+exp(x)))"));
    m_formula->setToolTip(formulaHelp());
    m_formula->setMaxLength(longestFormula);
    m_formula->setClearButtonEnabled(true);
    label->setBuddy(m_formula);
    m_problem = textLabel("gainProblem", form());
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("problem", true);
    m_problem->hide();
    m_plot = new FunctionPlot(form());
    m_plot->setObjectName(QStringLiteral("gainPlot"));
    rows()->addWidget(m_activation);
    rows()->addWidget(label);
    rows()->addWidget(m_formula);
    rows()->addWidget(m_problem);
    rows()->addWidget(m_plot);
    connect(m_activation, &ChoiceEditor::edited, this, [this] {
        const QSignalBlocker blocker(m_formula);
        m_formula->clear();
        edit();
    });
    connect(m_formula, &QLineEdit::textChanged, this, &GainPanel::edit);
}

void GainPanel::addNumbers()
{
    const auto box = [this](const char* name, double min, double max, const QString& spoken) {
        auto* number = new NumberBox(NumberBox::Kind::Real, min, max, form());
        number->setObjectName(QLatin1String(name));
        number->setAccessibleName(spoken);
        return number;
    };
    m_q = box("gainQ", smallestQ, largestQ, tr("Variance q of the pre-activations"));
    m_q->setValue(m_request.q);
    m_qSlider = new LogSlider(sliderMin, sliderMax, form());
    m_qSlider->setObjectName(QStringLiteral("gainQSlider"));
    m_qSlider->setAccessibleName(tr("q, slider"));
    m_qSlider->setNumber(std::llround(m_request.q / sliderUnit));
    m_sigmaW = box("gainSigmaW", smallestSigma, largestSigma, tr("sigma_w of the fixed points"));
    m_sigmaW->setToolTip(tr("Standard deviation of a weight times √fan-in, for the fixed points."));
    m_biasStd = box("gainBiasStd", 0, largestSigma, tr("Standard deviation of the biases"));
    m_followForward = new QPushButton(tr("= forward"), form());
    m_followForward->setObjectName(QStringLiteral("gainFollowForward"));
    m_followForward->setProperty("link", true);
    m_followForward->setToolTip(tr("Takes the forward gain, whatever it is."));
    m_followForward->setEnabled(false);

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(5);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new QLabel(tr("variance q"), form()), 0, 0);
    grid->addWidget(m_qSlider, 0, 1);
    grid->addWidget(m_q, 0, 2);
    grid->addWidget(new QLabel(QStringLiteral("σ<sub>w</sub>"), form()), 1, 0);
    grid->addWidget(m_followForward, 1, 1, Qt::AlignRight);
    grid->addWidget(m_sigmaW, 1, 2);
    grid->addWidget(new QLabel(tr("bias std"), form()), 2, 0);
    grid->addWidget(m_biasStd, 2, 2);
    rows()->addLayout(grid);
    connect(m_qSlider, &LogSlider::numberChosen, m_q,
            [this](qint64 number) { m_q->setValue(static_cast<double>(number) * sliderUnit); });
    connect(m_q, &NumberBox::valueChanged, this, [this](double q) {
        m_qSlider->setNumber(std::llround(std::min(q, largestSigma) / sliderUnit));
        edit();
    });
    connect(m_sigmaW, &NumberBox::valueChanged, this, [this](double sigmaW) {
        m_request.sigmaW = sigmaW;
        m_followForward->setEnabled(true);
        edit();
    });
    connect(m_followForward, &QPushButton::clicked, this, [this] {
        m_request.sigmaW.reset();
        m_followForward->setEnabled(false);
        edit();
    });
    connect(m_biasStd, &NumberBox::valueChanged, this, &GainPanel::edit);
}

QPushButton* GainPanel::figure(const char* name, const QString& help)
{
    auto* button = new QPushButton(m_results);
    button->setObjectName(QLatin1String(name));
    button->setProperty("figure", true);
    button->setToolTip(tr("%1 Click to copy.").arg(help));
    button->setCursor(Qt::PointingHandCursor);
    connect(button, &QPushButton::clicked, this, [this, button] { copy(button); });
    return button;
}

void GainPanel::addResults()
{
    m_results = new QWidget(form());
    m_results->setObjectName(QStringLiteral("gainResults"));
    m_forward = figure("gainForward", tr("√(q / E[φ²]): without biases q is kept."));
    m_backward = figure("gainBackward", tr("1 / √E[φ′²]: gradients are kept."));
    m_compromise = figure("gainCompromise", tr("Geometric mean of the two."));
    m_library = figure("gainLibrary", tr("calculate_gain of PyTorch."));
    m_libraryName = new QLabel(tr("PyTorch"), m_results);
    m_libraryEffect = textLabel("gainLibraryEffect", m_results);
    m_libraryEffect->setProperty("quiet", true);
    m_means = textLabel("gainMeans", m_results);
    m_means->setProperty("quiet", true);
    m_fixedPoints = textLabel("gainFixedPoints", m_results);
    m_edge = textLabel("gainEdge", m_results);
    m_isometry = textLabel("gainIsometry", m_results);
    m_notes = textLabel("gainNotes", m_results);
    m_notes->setProperty("quiet", true);

    auto* table = new QGridLayout;
    table->setVerticalSpacing(2);
    table->setColumnStretch(1, 1);
    const std::vector<std::pair<QString, QPushButton*>> gains = {
        {tr("forward"), m_forward}, {tr("backward"), m_backward}, {tr("compromise"), m_compromise}};
    int line = 0;
    for (const auto& [text, button] : gains) {
        table->addWidget(new QLabel(text, m_results), line, 0);
        table->addWidget(button, line++, 1, Qt::AlignRight);
    }
    table->addWidget(m_libraryName, line, 0);
    table->addWidget(m_library, line, 1, Qt::AlignRight);

    auto* layout = new QVBoxLayout(m_results);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(headingLabel(tr("Gains"), m_results));
    layout->addLayout(table);
    layout->addWidget(m_libraryEffect);
    layout->addWidget(m_means);
    layout->addSpacing(6);
    layout->addWidget(headingLabel(tr("Fixed points of q"), m_results));
    layout->addWidget(m_fixedPoints);
    layout->addSpacing(6);
    layout->addWidget(headingLabel(tr("Edge of chaos"), m_results));
    layout->addWidget(m_edge);
    layout->addSpacing(6);
    layout->addWidget(headingLabel(tr("Isometry"), m_results));
    layout->addWidget(m_isometry);
    layout->addWidget(m_notes);
    rows()->addWidget(m_results);
    m_results->hide();
}

void GainPanel::setTheme(const ChartTheme& theme)
{
    m_plot->setTheme(theme);
}

void GainPanel::showEvent(QShowEvent* event)
{
    QDockWidget::showEvent(event);
    edit();
}

void GainPanel::edit()
{
    const QString formula = m_formula->text();
    m_request.activation = {*activations::Activation::table()[m_activation->row()],
                            m_activation->values()};
    m_request.formula =
        formula.trimmed().isEmpty() ? std::nullopt : std::optional(formula.toStdString());
    m_request.q = m_q->value();
    m_request.biasStd = m_biasStd->value();
    if (isVisible()) {
        m_pause.start();
    }
}

void GainPanel::send()
{
    m_controller.request(m_request);
}

void GainPanel::showReport(const GainReportPointer& report)
{
    showProblem({});
    m_results->setEnabled(true);
    m_plot->setCurve(report->curve.h, report->curve.value, report->curve.slope);
    if (!m_request.sigmaW) {
        const QSignalBlocker blocker(m_sigmaW);
        const double sigmaW = std::sqrt(report->law.sigmaW2);
        m_sigmaW->setValue(QString::number(sigmaW, 'g', 6).toDouble());
    }
    showGains(*report);
    m_fixedPoints->setText(fixedPointsHtml(*report));
    m_edge->setText(edgeHtml(*report));
    m_isometry->setText(sentence(report->isometry));
    QStringList notes;
    for (const auto& note : report->notes) {
        notes << sentence(note);
    }
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_results->show();
}

void GainPanel::showGains(const experiment::GainReport& report)
{
    const std::vector<std::pair<QPushButton*, double>> gains = {
        {m_forward, report.gains.forward},
        {m_backward, report.gains.backward},
        {m_compromise, report.gains.compromise}};
    for (const auto& [button, gain] : gains) {
        button->setText(gainText(gain));
        button->setEnabled(std::isfinite(gain));
    }
    m_means->setText(meansText(report.gains));
    for (QWidget* widget : {static_cast<QWidget*>(m_library), static_cast<QWidget*>(m_libraryName),
                            static_cast<QWidget*>(m_libraryEffect)}) {
        widget->setVisible(report.library.has_value());
    }
    if (report.library) {
        m_library->setText(gainText(report.library->gain));
        m_libraryEffect->setText(libraryText(*report.library));
    }
}

void GainPanel::showProblem(const QString& problem)
{
    // The list of what is allowed is long; typing must not push everything about.
    m_problem->setText(problemText(problem));
    m_problem->setToolTip(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_formula->setAccessibleDescription(problem);
    // What is shown belongs to the last function that could be read.
    m_results->setEnabled(problem.isEmpty());
}

void GainPanel::copy(const QPushButton* button)
{
    QApplication::clipboard()->setText(button->text());
    Q_EMIT copied(button->text());
}

} // namespace initlens::ui
