#include <unistd.h>

// The rest of the program has instructions that older processors do not know; they would stop it
// with a signal, perhaps before main. Nothing of C++ is used here: its inline functions may be
// those of other files, with their instructions.
__attribute__((constructor(101))) static void refuseOlderProcessors()
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports(INITLENS_PROCESSOR) != 0) {
        return;
    }
    static constexpr char reason[] = "initlens: this package is for processors with the "
                                     "instructions of " INITLENS_PROCESSOR
                                     ", which this one lacks; built from its source (./dev run) "
                                     "InitLens runs here\n";
    const auto written = write(STDERR_FILENO, reason, sizeof reason - 1);
    _exit(written < 0 ? 1 : 2);
}
