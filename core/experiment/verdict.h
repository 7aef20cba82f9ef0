#pragma once

#include "core/experiment/run_spec.h"

#include <optional>
#include <string>
#include <vector>

namespace initlens::experiment {

struct Prediction;

/// How a network of this spec will fare when its training begins.
enum class Fate { Trains, Doubtful, Fails, Unknown };

/// Another spec that does better, and what it changes, in words.
struct Repair {
    std::string change; ///< "He, normal: fan-in x Var(W) = 2 instead of 1"
    RunSpec spec;
};

/// What theory makes of a spec, in words, with the arithmetic behind them.
struct Verdict {
    Fate fate = Fate::Unknown;
    std::string headline;              ///< one sentence
    std::vector<std::string> reasons;  ///< sentences, the most telling first
    std::optional<Repair> repair = {}; ///< absent where nothing needs it or nothing simple helps
};

Verdict verdictOf(const RunSpec& spec, const Prediction& prediction);

} // namespace initlens::experiment
