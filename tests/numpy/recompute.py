"""Everything in a result file, computed again from the exported network alone.

`Network` holds the arrays of the NPZ file and walks it in double precision: forward, backward and
the Jacobians at the first sample. The definitions:

    h^l = W^l x^{l-1} + b^l,  x^l = phi(h^l),  delta^l = d<v, x^L>/dh^l,  D^l = dx^l/dh^l
"""

import numpy as np

from activations import evaluate, largest_slope

LN10 = np.log(10.0)


def log10(value):
    with np.errstate(divide="ignore"):
        return float(np.log10(value))


def log10_mean_square(values):
    """Of numbers whose squares may leave the range of a double."""
    size = np.abs(values).max()
    if size == 0 or not np.isfinite(size):
        return log10(size)
    return log10(np.mean((values / size) ** 2)) + 2 * log10(size)


def pattern_rank(matrix):
    """The rank that the exact zeros allow: a maximum matching of rows and columns."""
    columns_of = [np.flatnonzero(row) for row in matrix]
    row_of = {}

    def place(row, seen):
        for column in columns_of[row]:
            if column not in seen:
                seen.add(column)
                if column not in row_of or place(row_of[column], seen):
                    row_of[column] = row
                    return True
        return False

    return sum(place(row, set()) for row in range(len(columns_of)))


class Layer:
    """What the passes leave at one layer; sizes: n units, k x n activations, B samples."""

    def __init__(self, number, weights, x_before, h, activation):
        self.number, self.weights, self.x_before, self.h = number, weights, x_before, h
        value, self.slope = evaluate(activation, h)
        self.x = value.reshape(-1, h.shape[1])
        self.delta = None  # up to the factor exp(log_scale)
        self.log_scale = 0.0

    def jacobian(self, sample=0):
        """D^l W^l at one sample."""
        return np.concatenate([part[:, sample, None] * self.weights for part in self.slope])

    def to_preactivations(self, gradient):
        return (self.slope * gradient.reshape(self.slope.shape)).sum(axis=0)


class Network:
    def __init__(self, spec, arrays):
        self.spec = spec
        self.arrays = {name: arrays[name].astype(np.float64) for name in arrays}
        self.forward()
        self.backward()

    def forward(self):
        x, self.layers = self.arrays["x_0"], []
        for l in range(1, self.spec["depth"] + 1):
            weights = self.arrays[f"W_{l}"]
            h = weights @ x + self.arrays[f"b_{l}"].reshape(-1, 1)
            self.layers.append(Layer(l, weights, x, h, self.spec["activation"]))
            x = self.layers[-1].x

    def backward(self):
        gradient, log_scale = self.arrays["v"], 0.0
        for layer in reversed(self.layers):
            size = np.abs(gradient).max()
            if size > 0 and np.isfinite(size):
                gradient, log_scale = gradient / size, log_scale + np.log(size)
            layer.delta, layer.log_scale = layer.to_preactivations(gradient), log_scale
            gradient = layer.weights.T @ layer.delta

    # Profiles: one number a layer, and the size that its rounding error is measured against
    # (None: the number itself).

    def preactivation_second_moment(self, layer):
        return log10_mean_square(layer.h), None

    def activation_mean(self, layer):
        return float(np.mean(layer.x)), float(np.sqrt(np.mean(layer.x**2)))

    def activation_variance(self, layer):
        return log10_mean_square(layer.x - np.mean(layer.x)), None

    def activation_second_moment(self, layer):
        return log10_mean_square(layer.x), None

    def gradient_norm(self, layer):
        norm = np.sqrt(np.mean(np.sum(layer.delta**2, axis=0)))
        return log10(norm) + layer.log_scale / LN10, None

    def weight_gradient_norm(self, layer):
        size = np.abs(layer.x_before).max()
        x = layer.x_before / size if size > 0 and np.isfinite(size) else layer.x_before
        norm = np.linalg.norm(layer.delta @ x.T / layer.h.shape[1])
        return log10(norm) + (log10(size) if norm > 0 else 0) + layer.log_scale / LN10, None

    def input_correlation(self, layer):
        a, b = layer.h[:, 0::2], layer.h[:, 1::2]
        cosine = np.sum(a * b, axis=0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0)
        return float(np.mean(cosine)), 1.0

    # Shares of units or pairs: the number, and how many units rounding could move.

    def dead_fraction(self, layer, rounding):
        dead = np.all(layer.slope == 0, axis=(0, 2))
        near = self._near_kink(layer, rounding).any(axis=1)
        return float(np.mean(dead)), float(np.mean(near))

    def saturated_fraction(self, layer, rounding):
        limit = 0.05 * largest_slope(self.spec["activation"])
        steepest = np.abs(layer.slope).max(axis=0)
        near = np.abs(steepest - limit) < 10 * rounding * limit
        near |= self._near_kink(layer, rounding)
        return float(np.mean(steepest < limit)), float(np.mean(near))

    def _near_kink(self, layer, rounding):
        """Pre-activations whose slope may differ because rounding takes them over a kink."""
        step = rounding * np.sqrt(np.mean(layer.h**2))
        below = evaluate(self.spec["activation"], layer.h - step)[1]
        above = evaluate(self.spec["activation"], layer.h + step)[1]
        return (np.abs(above - below) > 1e-2).any(axis=0)

    def histogram_data(self, name, layer):
        return {"preactivation_histogram": layer.h, "activation_histogram": layer.x,
                "weight_histogram": layer.weights}[name]

    def jacobians(self, scope, sample=0):
        """(layer number, J, structural rank): the rank that the open gates leave."""
        factors = [layer.jacobian(sample) for layer in self.layers]
        ranks = [self._rank(layer, factor, sample)
                 for layer, factor in zip(self.layers, factors)]
        if scope == "per_layer":
            return [(l, f, r) for l, (f, r) in enumerate(zip(factors, ranks), 1)]
        found = []
        if scope == "from_input":
            product, rank = np.eye(factors[0].shape[1]), factors[0].shape[1]
            for l, (factor, own) in enumerate(zip(factors, ranks), 1):
                product, rank = factor @ product, min(rank, own)
                rank = min(rank, pattern_rank(product))
                found.append((l, product, rank))
        else:
            product, rank = np.eye(factors[-1].shape[0]), factors[-1].shape[0]
            for l in range(len(factors) - 1, -1, -1):
                product, rank = product @ factors[l], min(rank, ranks[l])
                rank = min(rank, pattern_rank(product))
                found.insert(0, (l, product, rank))
        return found

    @staticmethod
    def _rank(layer, factor, sample):
        open_units = np.any(layer.slope[:, :, sample] != 0, axis=0).sum()
        return int(min(open_units, np.linalg.matrix_rank(factor) if open_units else 0))
