#include "app/command_line/terminal.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace initlens::app {

void printNotice(std::string_view text)
{
    std::string line = fmt::format("initlens: {}", text);
    // Names of files may hold anything; the line must stay one line.
    const auto isControl = [](char c) {
        return (c >= 0 && c < ' ') || c == '\x7f';
    };
    std::replace_if(line.begin(), line.end(), isControl, '?');
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

int fail(const Error& error, ExitCode code)
{
    printNotice(error.message());
    return number(code);
}

int print(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() ||
        std::fflush(stdout) != 0) {
        return fail(Error(fmt::format("cannot write to standard output: {}",
                                      std::generic_category().message(errno))),
                    ExitCode::Failed);
    }
    return number(ExitCode::Done);
}

bool outputIsTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool errorIsTerminal()
{
    return ::isatty(STDERR_FILENO) == 1;
}

} // namespace initlens::app
