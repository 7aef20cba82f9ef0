#pragma once

#include "core/base/execution.h"

namespace initlens::app {

/// While it lives the first Ctrl-C asks `execution` to stop; the second ends the process as usual.
/// At most one lives at a time.
class StopOnInterrupt {
public:
    explicit StopOnInterrupt(const Execution& execution);
    ~StopOnInterrupt();
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

private:
    Execution m_execution;
};

} // namespace initlens::app
