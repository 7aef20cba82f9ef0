#!/usr/bin/env python3
"""Writes activations.csv: value and slope of every activation from 60-digit arithmetic (mpmath).

The definitions here are the textbook ones, written without regard to rounding, so that they share
nothing with the program. Usage: make_activations.py > activations.csv
"""
from mpmath import (atan, cos, cosh, erf, erfc, exp, expm1, log1p, mp, mpf, nstr, pi, sin,
                    sqrt, tanh)

mp.dps = 60

LAMBDA = mpf("1.0507009873554804934193349852946")
ALPHA = mpf("1.6732632423543772848170429916717")


def logistic(h):
    return 1 / (1 + exp(-h))


def gelu_tanh(h):
    return h * logistic(2 * sqrt(2 / pi) * (h + mpf("0.044715") * h**3))


def gelu_tanh_slope(h):
    gate = logistic(2 * sqrt(2 / pi) * (h + mpf("0.044715") * h**3))
    complement = logistic(-2 * sqrt(2 / pi) * (h + mpf("0.044715") * h**3))
    return gate + h * gate * complement * 2 * sqrt(2 / pi) * (1 + 3 * mpf("0.044715") * h**2)


def mish_slope(h):
    softplus = log1p(exp(h))
    return tanh(softplus) + h * logistic(h) / cosh(softplus) ** 2


def elu(alpha):
    return (lambda h: h if h > 0 else alpha * expm1(h),
            lambda h: mpf(1) if h > 0 else alpha * exp(h))


def relu(slope):
    return lambda h: h if h > 0 else slope * h, lambda h: mpf(1) if h > 0 else mpf(slope)


ROWS = {
    "linear": (lambda h: h, lambda h: mpf(1)),
    "sin": (sin, cos),
    "relu": relu(0),
    "leaky_relu:slope=0.25": relu(mpf("0.25")),
    "abs": (abs, lambda h: mpf((h > 0) - (h < 0))),
    "elu": elu(mpf(1)),
    "elu:alpha=1.5": elu(mpf("1.5")),
    "selu": (lambda h: LAMBDA * elu(ALPHA)[0](h), lambda h: LAMBDA * elu(ALPHA)[1](h)),
    "softplus": (lambda h: log1p(exp(h)), logistic),
    "gelu": (lambda h: h * erfc(-h / sqrt(2)) / 2,
             lambda h: erfc(-h / sqrt(2)) / 2 + h * exp(-h * h / 2) / sqrt(2 * pi)),
    "gelu_tanh": (gelu_tanh, gelu_tanh_slope),
    "silu": (lambda h: h * logistic(h), lambda h: logistic(h) * (1 + h * logistic(-h))),
    "mish": (lambda h: h * tanh(log1p(exp(h))), mish_slope),
    "tanh": (tanh, lambda h: 1 / cosh(h) ** 2),
    "hard_tanh": (lambda h: max(mpf(-1), min(mpf(1), h)), lambda h: mpf(int(abs(h) < 1))),
    "erf": (erf, lambda h: 2 / sqrt(pi) * exp(-h * h)),
    "arctan": (atan, lambda h: 1 / (1 + h * h)),
    "softsign": (lambda h: h / (1 + abs(h)), lambda h: 1 / (1 + abs(h)) ** 2),
    "sigmoid": (logistic, lambda h: logistic(h) * logistic(-h)),
    "hard_sigmoid": (lambda h: max(mpf(0), min(mpf(1), h / 6 + mpf(1) / 2)),
                     lambda h: mpf(int(abs(h) < 3)) / 6),
}

MAGNITUDES = ["1e-300", "1e-20", "1e-8", "0.001", "0.03125", "0.1", "0.25", "0.5", "0.75", "0.9",
              "1.25", "1.5", "2", "2.5", "2.9", "3.5", "4.75", "6", "8.25", "10", "13", "17.5",
              "20", "24", "30", "50", "700", "1e6"]


def text(number):
    """17 digits; what a double cannot hold counts as zero."""
    return "0" if abs(number) < mpf("1e-307") else nstr(number, 17, min_fixed=0, max_fixed=0)


def main():
    print("activation,h,value,slope")
    for name, (value, slope) in ROWS.items():
        for magnitude in MAGNITUDES:
            for sign in (-1, 1):
                h = sign * float(magnitude)
                print(f"{name},{h!r},{text(value(mpf(h)))},{text(slope(mpf(h)))}")


if __name__ == "__main__":
    main()
