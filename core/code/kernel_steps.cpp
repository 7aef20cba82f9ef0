#include "core/code/kernel_steps.h"

#include <fmt/format.h>

namespace initlens::code {

Lines kernelSteps(const CodedLayer& layer, double gain, const KernelWords& words)
{
    const auto& w = words;
    return {
        fmt::format("# From one tap, steps down and across by random projectors to {0} x {0} taps.",
                    layer.kernel),
        fmt::format("kernel = {}{}[None, None]", factor(gain), w.first),
        fmt::format("for _ in range({}):", layer.kernel - 1),
        "    for axis in (0, 1):",
        fmt::format("        coins = {}", w.coins),
        fmt::format("        basis = coins * {}", w.basis),
        fmt::format("        kept = {}", w.kept),
        fmt::format("        edge = {}(kernel[:1] if axis == 0 else kernel[:, :1])", w.zerosLike),
        fmt::format("        stay = {}([kept, edge], axis)", w.concatenate),
        fmt::format("        kernel = stay + {}([edge, kernel - kept], axis)", w.concatenate),
    };
}

} // namespace initlens::code
