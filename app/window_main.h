#pragma once

namespace initlens::app {

/// Opens the window and returns the exit code when it is closed. Files named on the command line
/// are opened as results.
int runWindow(int argc, char** argv);

} // namespace initlens::app
