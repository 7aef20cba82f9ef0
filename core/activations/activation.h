#pragma once

#include "core/base/matrix.h"
#include "core/base/registry.h"

#include <span>

namespace initlens::activations {

/// Applies an activation to `count` pre-activations.
///
/// `h` holds the pre-activations; part p of the result goes to `value[p * stride + i]` and its
/// derivative with respect to h[i] to `slope[p * stride + i]`, p = 0 .. outputsPerUnit - 1.
/// `value` may be the same memory as `h` where outputsPerUnit is 1. `params` are the row's
/// parameters in order. The result of an element depends on h[i] and `params` alone, to the bit,
/// not on its place in the call.
template <class T>
using Evaluate = void (*)(const T* h, T* value, T* slope, Index count, Index stride,
                          const double* params);

/// One activation function: phi and phi'. A new one is one source file and one line in the table.
///
/// At a kink the slope is the one that frameworks use: relu'(0) = 0, abs'(0) = 0.
struct Activation {
    static constexpr std::string_view kind = "activation";
    static Table<Activation> table();

    RowHead head;
    Evaluate<float> evaluateFloat = nullptr;
    Evaluate<double> evaluateDouble = nullptr;
    /// sup |phi'|, the reference of the saturated fraction.
    double (*largestSlope)(const double* params) = nullptr;
    /// Points where phi' jumps; quadrature and finite differences split there.
    std::span<const double> kinks = {};
    /// Outputs that one unit makes: 2 for the concatenated rectifier, 1 otherwise.
    int outputsPerUnit = 1;

    template <class T>
    [[nodiscard]] Evaluate<T> evaluate() const;
};

template <>
inline Evaluate<float> Activation::evaluate<float>() const
{
    return evaluateFloat;
}
template <>
inline Evaluate<double> Activation::evaluate<double>() const
{
    return evaluateDouble;
}

using ActivationChoice = Choice<Activation>;

/// phi and phi' at one point, in double precision; `part` < outputsPerUnit.
struct Point {
    double value = 0;
    double slope = 0;
};
Point evaluateAt(const ActivationChoice& activation, double h, int part = 0);

/// sup |phi'| with the choice's parameters.
double largestSlope(const ActivationChoice& activation);

} // namespace initlens::activations
