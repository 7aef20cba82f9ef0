#include "app/command_line/flag_help.h"
#include "app/command_line/run_options.h"
#include "app/command_line/verbs.h"

#include <fmt/format.h>

namespace initlens::app {

std::string overview()
{
    std::string text = "InitLens " INITLENS_VERSION ": neural networks at initialization\n\n"
                       "Usage: initlens                     opens the window\n"
                       "       initlens RESULT.json...      opens the window with these results\n"
                       "       initlens VERB [...]          works without a display\n\n"
                       "Verbs (initlens help VERB says more):\n";
    for (const Verb& verb : verbs()) {
        text += fmt::format("  {:<8} {}\n", verb.name, verb.summary);
    }
    text += "\nExamples:\n"
            "  initlens run --activation relu --initializer he_normal --depth 50 --width 256\n"
            "  initlens run --activation tanh --initializer orthogonal --output result.json\n"
            "  initlens run --spec result.json --seed 2 --chart gradient.svg:gradient_norm\n"
            "  initlens list activations\n\n"
            "Exit codes: 0 done, 1 failed, 2 bad usage or spec, 130 stopped by Ctrl-C with the\n"
            "partial results written.\n";
    return text;
}

std::string runHelp()
{
    std::string text =
        "Usage: initlens run [FLAG VALUE]...\n\n"
        "Draws a random network, sends a batch through it, forward and backward, and\n"
        "measures every layer. Without --output, --csv, --chart and --save-network "
        "the\nresult goes to standard output: a summary on a terminal, else the whole "
        "as JSON.\n";
    text += flagHelp(runFlags());
    text += "\nExamples:\n"
            "  initlens run --activation leaky_relu:slope=0.2 --initializer he_normal --depth 100\n"
            "  initlens run --initializer variance_scaling:scale=2,mode=fan_in "
            "--output he.json --csv he\n"
            "  initlens run --activation relu --initializer glorot_normal "
            "--chart dashboard.pdf\n"
            "  initlens run --spec he.json --precision float64 --save-network he.npz "
            "--output check.json\n"
            "  initlens run --preset framework_accuracy:naive_float32 --depth 30\n"
            "  initlens run --input correlated_pair:correlation=0.5 "
            "--chart pair.svg:input_correlation\n";
    return text;
}

} // namespace initlens::app
