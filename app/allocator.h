#pragma once

namespace initlens::app {

/// Returns freed memory to the system where more than half a GiB of it is kept for later. A run
/// calls it at every event, so that it takes no more than its plan says and the next plan finds the
/// memory free. Does nothing where the program is built without an allocator of its own.
void returnFreedMemory();

} // namespace initlens::app
