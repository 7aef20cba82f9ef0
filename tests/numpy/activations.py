"""The activations once more, written from their definitions with NumPy and the standard library.

`evaluate(choice, h)` gives (value, slope) arrays with a leading axis of parts: two for the
concatenated rectifier, one otherwise. `choice` is {"id": ..., parameter: value, ...}.
"""

import math

import numpy as np

_erf = np.vectorize(math.erf, otypes=[float])
_SELU_ALPHA = 1.6732632423543772848170429916717
_SELU_SCALE = 1.0507009873554804934193349852946


def _logistic(h):
    small = np.exp(-np.abs(h))
    return np.where(h >= 0, 1.0, small) / (1.0 + small)


def _elu(h, alpha):
    below = np.minimum(h, 0.0)
    return np.where(h > 0, h, alpha * np.expm1(below)), np.where(h > 0, 1.0, alpha * np.exp(below))


def _selu(h, _):
    value, slope = _elu(h, _SELU_ALPHA)
    return _SELU_SCALE * value, _SELU_SCALE * slope


def _gelu(h, _):
    cdf = 0.5 * (1.0 + _erf(h / math.sqrt(2.0)))
    density = np.exp(-0.5 * h * h) / math.sqrt(2.0 * math.pi)
    return h * cdf, cdf + h * density


def _gelu_tanh(h, _):
    factor = math.sqrt(2.0 / math.pi)
    t = np.tanh(factor * (h + 0.044715 * h**3))
    inner = factor * (1.0 + 3.0 * 0.044715 * h * h)
    return 0.5 * h * (1.0 + t), 0.5 * (1.0 + t) + 0.5 * h * (1.0 - t * t) * inner


def _silu(h, _):
    gate = _logistic(h)
    return h * gate, gate + h * gate * (1.0 - gate)


def _mish(h, _):
    gate = np.tanh(np.logaddexp(0.0, h))
    return h * gate, gate + h * (1.0 - gate * gate) * _logistic(h)


def _sigmoid(h, _):
    gate = _logistic(h)
    return gate, gate * _logistic(-h)


def _tanh(h, _):
    small = np.exp(-2.0 * np.abs(h))
    return np.tanh(h), 4.0 * small / (1.0 + small) ** 2  # 1 - tanh^2 without cancellation


def _erf_scaled(h, _):
    return _erf(math.sqrt(math.pi) / 2.0 * h), np.exp(-math.pi / 4.0 * h * h)


def _erf_activation(h, _):
    return _erf(h), 2.0 / math.sqrt(math.pi) * np.exp(-h * h)


def _inside(h, limit, slope):
    return np.where(np.abs(h) < limit, slope, 0.0)


# id: (function of h and the parameters, the largest |slope| or None to search for it)
_TABLE = {
    "linear": (lambda h, p: (h, np.ones_like(h)), 1.0),
    "relu": (lambda h, p: (np.maximum(h, 0.0), (h > 0) * 1.0), 1.0),
    "leaky_relu": (
        lambda h, p: (np.where(h > 0, h, p["slope"] * h), np.where(h > 0, 1.0, p["slope"])),
        None,
    ),
    "elu": (lambda h, p: _elu(h, p["alpha"]), None),
    "selu": (_selu, _SELU_ALPHA * _SELU_SCALE),
    "gelu": (_gelu, None),
    "gelu_tanh": (_gelu_tanh, None),
    "silu": (_silu, None),
    "mish": (_mish, None),
    "softplus": (lambda h, p: (np.logaddexp(0.0, h), _logistic(h)), 1.0),
    "softsign": (lambda h, p: (h / (1.0 + np.abs(h)), (1.0 + np.abs(h)) ** -2.0), 1.0),
    "sigmoid": (_sigmoid, 0.25),
    "hard_sigmoid": (
        lambda h, p: (np.clip(h / 6.0 + 0.5, 0.0, 1.0), _inside(h, 3.0, 1.0 / 6.0)),
        1.0 / 6.0,
    ),
    "tanh": (_tanh, 1.0),
    "hard_tanh": (lambda h, p: (np.clip(h, -1.0, 1.0), _inside(h, 1.0, 1.0)), 1.0),
    "erf_scaled": (_erf_scaled, 1.0),
    "erf": (_erf_activation, 2.0 / math.sqrt(math.pi)),
    "sin": (lambda h, p: (np.sin(h), np.cos(h)), 1.0),
    "arctan": (lambda h, p: (np.arctan(h), 1.0 / (1.0 + h * h)), 1.0),
    "abs": (lambda h, p: (np.abs(h), np.sign(h)), 1.0),
}


def is_defined(activation):
    return activation == "crelu" or activation in _TABLE


def evaluate(choice, h):
    if choice["id"] == "crelu":
        value = np.stack([np.maximum(h, 0.0), np.maximum(-h, 0.0)])
        return value, np.stack([(h > 0) * 1.0, (h < 0) * -1.0])
    value, slope = _TABLE[choice["id"]][0](h, choice)
    return value[None], slope[None]


def largest_slope(choice):
    if choice["id"] == "crelu":
        return 1.0
    function, largest = _TABLE[choice["id"]]
    if largest is None:
        largest = np.abs(function(np.linspace(-12.0, 12.0, 2_400_001), choice)[1]).max()
    return largest
