/// Predicts so many networks of random kind and size, and says which took longest and whether any
/// has neither a prediction nor a reason, or a number that is none. Times are the processor's,
/// which other programs do not stretch. Usage: random_predictions [COUNT [SEED]].

#include "core/experiment/prediction.h"
#include "tests/support/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <string_view>

namespace {

using namespace initlens;
using experiment::Prediction;
using experiment::RunSpec;

class RandomSpecs {
public:
    explicit RandomSpecs(std::uint64_t seed) : m_random(seed) {}

    /// A valid one.
    RunSpec next()
    {
        while (true) {
            RunSpec spec;
            spec.activation = m_activations[below(m_activations.size())];
            spec.initializer = m_initializers[below(m_initializers.size())];
            spec.depth = below(4) == 0 ? 10'000 : logUniform(1, 10'000);
            spec.width = logUniform(1, 4000);
            spec.inputSize = below(3) == 0 ? logUniform(1, 2000) : 0;
            spec.batch = logUniform(1, 64);
            spec.biasStd = below(2) == 0 ? 0 : std::pow(10.0, below(9)) / 1e6;
            spec.spectrumEvery = spec.depth;
            if (validate(spec).empty()) {
                return spec;
            }
        }
    }

private:
    std::size_t below(std::size_t count)
    {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(m_random);
    }
    std::int64_t logUniform(double low, double high)
    {
        std::uniform_real_distribution<double> logarithm(std::log(low), std::log(high));
        return std::llround(std::exp(logarithm(m_random)));
    }

    std::mt19937_64 m_random;
    std::vector<activations::ActivationChoice> m_activations =
        initlens::testing::everyChoice<activations::Activation>();
    std::vector<initializers::InitializerChoice> m_initializers =
        initlens::testing::everyChoice<initializers::Initializer>();
};

/// Layers whose lengths are within the range of double precision: theory ends with it.
std::size_t layersInRange(const Prediction& prediction)
{
    const auto lengths = prediction.profiles.find("preactivation_second_moment");
    if (lengths == prediction.profiles.end()) {
        return 0;
    }
    constexpr double leaving = 230; // of log10 q
    const auto& values = lengths->second.values;
    const auto end = std::find_if(values.begin(), values.end(),
                                  [](double value) { return std::abs(value) > leaving; });
    return static_cast<std::size_t>(end - values.begin());
}

/// What is wrong with a prediction, or nothing.
std::string_view complaint(const RunSpec& spec, const Prediction& prediction)
{
    if (prediction.whyNot.empty() != prediction.meanField.has_value()) {
        return "neither a mean field nor a reason";
    }
    if (prediction.spectra.whyNot.empty() && prediction.spectra.layers.empty()) {
        return "neither a spectrum nor a reason";
    }
    for (const auto& [id, profile] : prediction.profiles) {
        const bool ofSpectra = id.starts_with("jacobian_");
        const auto end =
            profile.values.begin() + static_cast<std::ptrdiff_t>(layersInRange(prediction));
        if (std::ssize(profile.values) != spec.depth) {
            return "a profile that ends early";
        }
        if (!ofSpectra && std::any_of(profile.values.begin(), end,
                                      [](double value) { return std::isnan(value); })) {
            return "a profile with a value that is not a number";
        }
    }
    for (const auto& layer : prediction.spectra.layers) {
        const bool sound = std::all_of(layer->density.begin(), layer->density.end(),
                                       [](double density) { return density >= 0; });
        if (!sound || !(layer->zeroMass >= 0 && layer->zeroMass <= 1)) {
            return "a density that is none";
        }
        if (layer->zeroMass < 1 &&
            !std::is_sorted(layer->log10Quantiles.begin(), layer->log10Quantiles.end())) {
            return "quantiles out of order";
        }
    }
    return {};
}

struct Slowest {
    double milliseconds = 0;
    std::string spec;
    void add(double time, const std::string& name)
    {
        if (time > milliseconds) {
            milliseconds = time;
            spec = name;
        }
    }
};

} // namespace

int main(int argc, char** argv)
{
    const int count = argc > 1 ? std::atoi(argv[1]) : 10'000;
    RandomSpecs specs(argc > 2 ? static_cast<std::uint64_t>(std::atoll(argv[2])) : 1);
    Slowest profiles;
    Slowest spectrum;
    int predicted = 0;
    int withSpectrum = 0;
    int unsound = 0;
    for (int i = 0; i < count; ++i) {
        const RunSpec spec = specs.next();
        const std::string name = fmt::format(
            "--activation {} --initializer {} --depth {} --width {} --input-size {} --batch {} "
            "--bias-std {}",
            choiceText(spec.activation), choiceText(spec.initializer), spec.depth, spec.width,
            spec.inputSize, spec.batch, spec.biasStd);
        const std::clock_t begin = std::clock();
        std::clock_t first = begin;
        const auto prediction = experiment::predict(
            spec,
            [&](const auto& grown) {
                first = grown->spectra.layers.empty() && first == begin ? std::clock() : first;
            },
            Execution());
        const auto milliseconds = [](std::clock_t ticks) {
            return 1000 * static_cast<double>(ticks) / CLOCKS_PER_SEC;
        };
        profiles.add(milliseconds(first - begin), name);
        spectrum.add(milliseconds(std::clock() - first), name);
        predicted += prediction->whyNot.empty() ? 1 : 0;
        withSpectrum += prediction->spectra.layers.empty() ? 0 : 1;
        if (const auto wrong = complaint(spec, *prediction); !wrong.empty()) {
            ++unsound;
            fmt::print("{}: {}\n", wrong, name);
        }
    }
    fmt::print(
        "{} networks, {} with predicted profiles, {} with a predicted spectrum, {} unsound\n",
        count, predicted, withSpectrum, unsound);
    fmt::print("slowest profiles {:.0f} ms: {}\n", profiles.milliseconds, profiles.spec);
    fmt::print("slowest spectrum {:.0f} ms: {}\n", spectrum.milliseconds, spectrum.spec);
    return unsound == 0 ? 0 : 1;
}
