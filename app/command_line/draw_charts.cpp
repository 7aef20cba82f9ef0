#include "app/command_line/draw_charts.h"

#include "ui/charts/chart_export.h"

#include <QApplication>

#include <cstdlib>

namespace initlens::app {

namespace {

/// The application object that drawing needs, made at the first chart.
void makeApplication()
{
    if (QCoreApplication::instance() != nullptr) {
        return;
    }
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    // What Qt has to say of the machine's fonts and displays is no line of ours.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    static int count = 1;
    static char name[] = "initlens";
    static char* arguments[] = {name, nullptr};
    static const QApplication application(count, arguments);
}

ui::ChartTheme themeOf(const std::string& name)
{
    return name == "light"  ? ui::lightChartTheme()
           : name == "dark" ? ui::darkChartTheme()
                            : ui::printChartTheme();
}

ui::ChartView viewOf(const ChartOutput& chart)
{
    switch (chart.form) {
    case ChartForm::Map:
        return ui::ChartView::MapOverDepth;
    case ChartForm::Linear:
        return ui::ChartView::AtLayerLinear;
    case ChartForm::Strip:
    case ChartForm::Plain:
        break;
    }
    if (const auto whole = ui::wholeNetworkView(*chart.diagnostic)) {
        return *whole;
    }
    const bool atLayer = chart.layer || chart.diagnostic->reading == diagnostics::Kind::Histogram;
    return atLayer ? ui::ChartView::AtLayer : ui::ChartView::OverDepth;
}

} // namespace

bool canDrawCharts()
{
    return true;
}

Status drawChart(const ChartOutput& chart, const ChartStyle& style,
                 const experiment::RunRecord& record)
{
    makeApplication();
    ui::ShownRun run;
    run.current = true;
    run.spec = record.spec;
    run.prediction = record.prediction;
    for (const auto& reading : record.readings) {
        run.readings.emplace(diagnostics::readingId(*reading), reading);
    }
    ui::ChartRequest request;
    if (chart.diagnostic != nullptr) {
        request.chart =
            ui::ChartId{chart.diagnostic, viewOf(chart), chart.form == ChartForm::Strip};
    }
    request.millimetres = {style.widthMillimetres, style.heightMillimetres};
    request.dpi = style.dpi;
    request.theme = themeOf(style.theme);
    request.selectedLayer = chart.layer.value_or(0);
    request.runs = {run};
    return ui::exportChart(chart.file, request);
}

} // namespace initlens::app
