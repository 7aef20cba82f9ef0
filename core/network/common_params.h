#pragma once

#include "core/network/architecture.h"

namespace initlens::network {

inline constexpr std::string_view normalisationNames[] = {"none", "batch", "layer"};

/// The parameter `normalisation`: what stands between a product and its activation.
constexpr ParamSpec normalisationParam()
{
    return {.key = "normalisation",
            .label = "normalisation",
            .help = "Shifts and scales what goes into the activation to mean 0 and variance 1: "
                    "over the batch for each unit, or over the units of each sample.",
            .max = 2,
            .options = normalisationNames};
}

constexpr ParamSpec scaleParam(std::string_view key, std::string_view label, std::string_view help)
{
    return {.key = key, .label = label, .help = help, .initial = 1, .min = -1e6, .max = 1e6};
}

inline Normalisation normalisationOf(double value)
{
    return static_cast<Normalisation>(static_cast<int>(value));
}

} // namespace initlens::network
