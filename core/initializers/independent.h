#pragma once

#include "core/initializers/initializer.h"

#include <cmath>

namespace initlens::initializers {

/// A law of independent, identically distributed weights: offset + scale * z, where z is standard
/// normal, truncated standard normal (|z| <= 2) or uniform on (0, 1).
struct ElementLaw {
    random::Law law = random::Law::Normal;
    double scale = 1;
    double offset = 0;
};

inline ElementLaw normalLaw(double mean, double deviation)
{
    return {random::Law::Normal, deviation, mean};
}

/// Normal numbers of deviation `parentDeviation`, drawn again while they are farther than two
/// deviations from the mean. What remains has the smaller deviation 0.8796 parentDeviation.
inline ElementLaw truncatedNormalLaw(double mean, double parentDeviation)
{
    return {random::Law::TruncatedNormal, parentDeviation, mean};
}

inline ElementLaw uniformLaw(double low, double high)
{
    return {random::Law::Uniform, high - low, low};
}

inline ElementLaw symmetricUniformLaw(double limit)
{
    return uniformLaw(-limit, limit);
}

inline ElementLaw zeroLaw()
{
    return uniformLaw(0, 0);
}

/// Exact mean and variance of the law.
inline Moments momentsOf(const ElementLaw& law)
{
    const double square = law.scale * law.scale;
    switch (law.law) {
    case random::Law::TruncatedNormal:
        return {law.offset, square * random::truncatedVariance};
    case random::Law::Uniform:
        return {law.offset + law.scale / 2, square / 12};
    case random::Law::Normal:
        break;
    }
    return {law.offset, square};
}

/// What a row of independent weights is made of: its law as a function of shape and parameters.
using LawOf = ElementLaw (*)(const WeightShape&, std::span<const double> params);

template <LawOf law, class T>
void fillIndependent(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    const ElementLaw element = law(request.shape, request.params);
    random::fill<T>(request.stream, element.law,
                    std::span(weights.data(), static_cast<std::size_t>(weights.size())),
                    element.scale, element.offset, execution);
}

/// The same law with all its numbers named.
inline WeightLaw weightLawOf(const ElementLaw& law)
{
    if (law.scale == 0) {
        return EqualElements{law.offset};
    }
    switch (law.law) {
    case random::Law::TruncatedNormal:
        return TruncatedNormalElements{.mean = law.offset,
                                       .deviation = law.scale,
                                       .low = law.offset - 2 * law.scale,
                                       .high = law.offset + 2 * law.scale};
    case random::Law::Uniform:
        return UniformElements{law.offset, law.offset + law.scale};
    case random::Law::Normal:
        break;
    }
    return NormalElements{law.offset, law.scale};
}

template <LawOf law>
std::optional<Moments> independentMoments(const WeightShape& shape, std::span<const double> params)
{
    return momentsOf(law(shape, params));
}

template <LawOf law>
WeightLaw independentLaw(const WeightShape& shape, std::span<const double> params)
{
    return weightLawOf(law(shape, params));
}

/// The row of an initializer with independent, identically distributed weights.
template <LawOf law>
constexpr Initializer independent(const RowHead& head)
{
    Initializer row;
    row.head = head;
    row.fillFloat = &fillIndependent<law, float>;
    row.fillDouble = &fillIndependent<law, double>;
    row.moments = &independentMoments<law>;
    row.law = &independentLaw<law>;
    row.cheapToDraw = true;
    row.ensemble = Ensemble::Independent;
    return row;
}

} // namespace initlens::initializers
