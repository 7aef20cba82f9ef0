#pragma once

namespace initlens::app {

/// Returns freed memory to the system where much of it is kept for later, so that the next plan
/// finds it free. Does nothing where the program is built without an allocator of its own.
void returnFreedMemory();

} // namespace initlens::app
