#include "app/command_line/draw_charts.h"
#include "app/command_line/terminal.h"
#include "app/window_main.h"

namespace initlens::app {

int runWindow(int /*argc*/, char** /*argv*/)
{
    return fail(Error("this InitLens was built without its window; `initlens help` lists what the "
                      "command line can do"),
                ExitCode::BadUsage);
}

bool canDrawCharts()
{
    return false;
}

Status drawChart(const ChartOutput& /*chart*/, const ChartStyle& /*style*/,
                 const experiment::RunRecord& /*record*/)
{
    return Error("this InitLens was built without charts");
}

} // namespace initlens::app
