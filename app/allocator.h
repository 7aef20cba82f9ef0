#pragma once

namespace initlens::app {

/// Returns freed memory to the system where more than this many MiB of it are kept for later. A run
/// calls it at every event, so that it takes little more than its plan says and the next plan finds
/// the memory free. Does nothing where the program is built without an allocator of its own.
void returnFreedMemory(int mebibytes = 512);

} // namespace initlens::app
