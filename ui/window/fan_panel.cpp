#include "ui/window/fan_panel.h"

#include "ui/form/number_box.h"
#include "ui/window/text_label.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace initlens::ui {

namespace {

using initializers::FanLayer;
using Kind = FanLayer::Kind;

QString sentence(const std::string& clause)
{
    QString text = QString::fromStdString(clause);
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
        text += QLatin1Char('.');
    }
    return text;
}

QString weightsText(const initializers::FrameworkFans& framework)
{
    QStringList sizes;
    for (const Index size : framework.shape) {
        sizes << QString::number(size);
    }
    return QStringLiteral("%1: %2").arg(
        QLatin1String(framework.layer.data(), static_cast<qsizetype>(framework.layer.size())),
        sizes.join(QStringLiteral(" × ")));
}

} // namespace

FanPanel::FanPanel(QWidget* parent) : SideDock(tr("Fan calculator"), QStringLiteral("fan"), parent)
{
    addLayer();
    addResults();
    rows()->addStretch(1);
    update();
}

NumberBox* FanPanel::box(const char* name, const QString& spoken, Index largest, Index value)
{
    auto* number = new NumberBox(NumberBox::Kind::Whole, 1, static_cast<double>(largest), form());
    number->setObjectName(QLatin1String(name));
    number->setAccessibleName(spoken);
    number->setValue(static_cast<double>(value));
    connect(number, &NumberBox::valueChanged, this, &FanPanel::update);
    connect(number, &NumberBox::typed, this, &FanPanel::update);
    connect(number, &NumberBox::refused, this, [this, spoken](const QString& problem) {
        m_problem->setText(tr("%1: %2").arg(spoken, problem));
        m_problem->show();
    });
    return number;
}

void FanPanel::addLayer()
{
    m_kind = new QComboBox(form());
    m_kind->setObjectName(QStringLiteral("fanKind"));
    m_kind->setAccessibleName(tr("Kind of layer"));
    const std::vector<std::pair<QString, Kind>> kinds = {
        {tr("Dense"), Kind::Dense},
        {tr("Convolution"), Kind::Convolution},
        {tr("Depthwise convolution"), Kind::Depthwise},
        {tr("Transposed convolution"), Kind::Transposed}};
    for (const auto& [text, kind] : kinds) {
        m_kind->addItem(text, static_cast<int>(kind));
    }
    const FanLayer initial;
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(initial.kind)));
    connect(m_kind, &QComboBox::currentIndexChanged, this, &FanPanel::update);

    using initializers::largestChannelCount;
    using initializers::largestKernelSize;
    m_in = box("fanIn", tr("Input channels"), largestChannelCount, initial.inChannels);
    m_out = box("fanOut", tr("Output channels"), largestChannelCount, initial.outChannels);
    m_kernelRows =
        box("fanKernelRows", tr("Rows of the kernel"), largestKernelSize, initial.kernel.front());
    m_kernelColumns = box("fanKernelColumns", tr("Columns of the kernel"), largestKernelSize,
                          initial.kernel.back());
    m_groups = box("fanGroups", tr("Groups"), largestChannelCount, initial.groups);
    m_kernel = new QWidget(form());
    auto* sizes = new QHBoxLayout(m_kernel);
    sizes->setContentsMargins(0, 0, 0, 0);
    sizes->addWidget(m_kernelRows, 1);
    sizes->addWidget(new QLabel(QStringLiteral("×"), m_kernel));
    sizes->addWidget(m_kernelColumns, 1);
    m_problem = textLabel("fanProblem", form());
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setProperty("problem", true);
    m_problem->hide();

    m_layerRows = new QFormLayout;
    m_layerRows->setVerticalSpacing(5);
    m_layerRows->setLabelAlignment(Qt::AlignLeft);
    m_layerRows->addRow(tr("layer"), m_kind);
    m_layerRows->addRow(tr("in"), m_in);
    m_layerRows->addRow(tr("out"), m_out);
    m_layerRows->addRow(tr("kernel"), m_kernel);
    m_layerRows->addRow(tr("groups"), m_groups);
    rows()->addLayout(m_layerRows);
    rows()->addWidget(m_problem);
}

FanPanel::Lines FanPanel::addLines(QGridLayout* grid, const QString& name, const QString& key)
{
    const int line = grid->rowCount();
    const auto figure = [&](const char* prefix) {
        auto* label = new QLabel(m_results);
        label->setObjectName(QLatin1String(prefix) + key);
        label->setAlignment(Qt::AlignRight);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        return label;
    };
    const auto words = [&](const char* prefix) {
        auto* label = textLabel(prefix, m_results);
        label->setObjectName(QLatin1String(prefix) + key);
        return label;
    };
    const Lines lines{.name = new QLabel(name, m_results),
                      .fanIn = figure("fanIn."),
                      .fanOut = figure("fanOut."),
                      .weights = words("fanWeights."),
                      .difference = words("fanDifference.")};
    lines.weights->setProperty("quiet", true);
    grid->addWidget(lines.name, line, 0);
    grid->addWidget(lines.fanIn, line, 1);
    grid->addWidget(lines.fanOut, line, 2);
    grid->addWidget(lines.weights, line + 1, 0, 1, 3);
    grid->addWidget(lines.difference, line + 2, 0, 1, 3);
    return lines;
}

void FanPanel::addResults()
{
    m_results = new QWidget(form());
    m_results->setObjectName(QStringLiteral("fanResults"));
    auto* grid = new QGridLayout(m_results);
    grid->setContentsMargins(0, 8, 0, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    int column = 1;
    for (const QString& text : {tr("fan-in"), tr("fan-out")}) {
        auto* label = new QLabel(text, m_results);
        label->setProperty("quiet", true);
        label->setAlignment(Qt::AlignRight);
        grid->addWidget(label, 0, column++);
    }
    m_connections = addLines(grid, tr("Connections"), QStringLiteral("connections"));
    m_connections.weights->setText(tr("Into an output unit, and out of an input unit (stride 1)."));
    m_connections.difference->hide();
    rows()->addWidget(m_results);
}

FanLayer FanPanel::layer() const
{
    const auto whole = [](const NumberBox* box) {
        return static_cast<Index>(box->value());
    };
    return {.kind = static_cast<Kind>(m_kind->currentData().toInt()),
            .inChannels = whole(m_in),
            .outChannels = whole(m_out),
            .kernel = {whole(m_kernelRows), whole(m_kernelColumns)},
            .groups = whole(m_groups)};
}

void FanPanel::update()
{
    if (m_results == nullptr) {
        return;
    }
    const FanLayer asked = layer();
    m_layerRows->setRowVisible(m_kernel, asked.kind != Kind::Dense);
    m_layerRows->setRowVisible(m_groups,
                               asked.kind == Kind::Convolution || asked.kind == Kind::Transposed);
    const auto report = initializers::fansOf(asked);
    m_results->setEnabled(report.ok());
    m_problem->setText(report ? QString() : sentence(report.error().message()));
    m_problem->setVisible(!report);
    if (report) {
        showReport(*report);
    }
}

void FanPanel::showReport(const initializers::FanReport& report)
{
    m_connections.fanIn->setText(QString::number(report.connections.in));
    m_connections.fanOut->setText(QString::number(report.connections.out));
    for (std::size_t i = 0; i < report.frameworks.size(); ++i) {
        const auto& framework = report.frameworks[i];
        const QString name = QString::fromUtf8(framework.framework.data(),
                                               static_cast<qsizetype>(framework.framework.size()));
        if (m_frameworks.size() == i) {
            auto* grid = qobject_cast<QGridLayout*>(m_results->layout());
            grid->setRowMinimumHeight(grid->rowCount(), 6);
            m_frameworks.push_back(addLines(grid, name, QString::number(i)));
        }
        const Lines& lines = m_frameworks[i];
        const auto& fans = framework.fans;
        lines.fanIn->setText(fans ? QString::number(fans->in) : QStringLiteral("–"));
        lines.fanOut->setText(fans ? QString::number(fans->out) : QStringLiteral("–"));
        lines.weights->setText(fans ? weightsText(framework) : QString());
        lines.weights->setVisible(fans.has_value());
        lines.difference->setText(sentence(framework.difference));
        lines.difference->setVisible(!framework.difference.empty());
    }
}

} // namespace initlens::ui
