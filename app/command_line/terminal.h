#pragma once

#include "core/base/result.h"

#include <string_view>

namespace initlens::app {

enum class ExitCode { Done = 0, Failed = 1, BadUsage = 2, Interrupted = 130 };

constexpr int number(ExitCode code)
{
    return static_cast<int>(code);
}

/// Writes one line, `initlens: ` and the text, to standard error.
void printNotice(std::string_view text);

/// Writes all problems likewise and returns the exit code.
int fail(const Error& error, ExitCode code);

/// Writes to standard output; the exit code says whether all of it got there.
int print(std::string_view text);

bool outputIsTerminal();
bool errorIsTerminal();

} // namespace initlens::app
