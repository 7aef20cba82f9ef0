#include "app/command_line/command_line.h"
#include "app/window_main.h"

#include <algorithm>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (initlens::app::wantsWindow(arguments)) {
        return initlens::app::runWindow(argc, argv);
    }
    return initlens::app::runCommandLine(arguments);
}
