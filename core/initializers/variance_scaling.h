#pragma once

#include "core/initializers/independent.h"

#include <string_view>

namespace initlens::initializers {

/// Which number of connections n the variance scale / n refers to, in the order of `fanNames`.
enum class Fan { In, Out, Average, GeometricAverage };
inline constexpr std::string_view fanNames[] = {"fan_in", "fan_out", "fan_avg", "fan_geo_avg"};

/// n for a layer: fan-in, fan-out, their arithmetic or their geometric mean.
inline double fanOf(Fan fan, const WeightShape& shape)
{
    const auto in = static_cast<double>(shape.fanIn());
    const auto out = static_cast<double>(shape.fanOut());
    switch (fan) {
    case Fan::Out:
        return out;
    case Fan::Average:
        return (in + out) / 2;
    case Fan::GeometricAverage:
        return std::sqrt(in * out);
    case Fan::In:
        break;
    }
    return in;
}

/// An option's value as the enumerator at the same place in its list.
template <class Enumeration>
Enumeration optionOf(double value)
{
    return static_cast<Enumeration>(static_cast<int>(value));
}

/// The parameter `mode`; rows that know fewer fans take the first of `names`.
constexpr ParamSpec modeParam(Fan initial,
                              std::span<const std::string_view> names = std::span(fanNames))
{
    return {.key = "mode",
            .label = "mode",
            .help = "The number of connections that the variance is divided by.",
            .initial = static_cast<double>(initial),
            .max = static_cast<double>(names.size() - 1),
            .options = names};
}
inline constexpr auto threeFans = std::span(fanNames).first<3>();
inline constexpr auto twoFans = std::span(fanNames).first<2>();

// Laws of a given variance. The truncated normal draws from a parent deviation that is larger by
// 1/0.8796, so that the truncated numbers have that variance, as in Keras and JAX.
inline ElementLaw normalOfVariance(double variance)
{
    return normalLaw(0, std::sqrt(variance));
}
inline ElementLaw truncatedNormalOfVariance(double variance)
{
    return truncatedNormalLaw(0, std::sqrt(variance) / random::truncatedDeviation);
}
inline ElementLaw uniformOfVariance(double variance)
{
    return symmetricUniformLaw(std::sqrt(3 * variance));
}

} // namespace initlens::initializers
