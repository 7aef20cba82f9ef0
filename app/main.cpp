#include "app/command_line/command_line.h"
#include "app/window_main.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    const int code = initlens::app::wantsWindow(arguments)
                         ? initlens::app::runWindow(argc, argv)
                         : initlens::app::runCommandLine(arguments);
    // A call that was abandoned at a stop may still be computing: it must not lose the static
    // objects under its feet.
    std::fflush(nullptr);
    std::_Exit(code);
}
