"""Everything in a result file, computed again from the exported network alone.

`Network` holds the arrays of the NPZ file and walks it in double precision: forward, backward and
the Jacobians at the first sample. The definitions:

    h^l = W^l x^{l-1} + b^l,  x^l = phi(h^l),  delta^l = d<v, x^L>/dh^l,  D^l = dx^l/dh^l
"""

import numpy as np

from activations import evaluate, largest_slope
from architecture import Structure

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

    def __init__(self, number, kernel, structure, x_before, h, activation):
        self.number, self.kernel, self.x_before, self.h = number, kernel, x_before, h
        self.structure, self.weights = structure, structure.matrix(kernel)
        self.z, self.deviation = structure.normalise(h)
        value, self.slope = evaluate(activation, self.z)
        self.x = value.reshape(-1, h.shape[1])
        self.adds = structure.around == 1 and self.x.shape == x_before.shape
        if self.adds:
            self.x = structure.skip * x_before + structure.branch * self.x
        self.into_h = structure.branch if structure.joins(number) else 1
        self.delta = None  # up to the factor exp(log_scale)
        self.log_scale = 0.0

    def activate(self, change, sample):
        """What the activation makes of small changes of h at one sample, a column each."""
        if self.structure.axis is not None:
            z, deviation = self.z[:, [sample]], self.deviation[:, [sample]]
            change = self.structure.through_normalisation(z, deviation, change)
        return np.concatenate([part[:, sample, None] * change for part in self.slope])

    def jacobian(self, sample=0):
        """dx^l/dx^{l-1} at one sample."""
        factor = self.activate(self.weights, sample)
        if self.adds:
            factor = self.structure.skip * np.eye(len(factor)) + self.structure.branch * factor
        return factor

    def to_preactivations(self, gradient):
        gradient = (self.slope * gradient.reshape(self.slope.shape)).sum(axis=0)
        if self.adds:
            gradient = self.structure.branch * gradient
        return self.structure.through_normalisation(self.z, self.deviation, gradient)


class Network:
    def __init__(self, spec, arrays):
        self.spec = spec
        self.structure = Structure(spec.get("architecture", {"id": "plain"}))
        self.arrays = {name: arrays[name].astype(np.float64) for name in arrays}
        self.forward()
        self.backward()

    def forward(self):
        x, self.layers = self.arrays["x_0"], []
        for l in range(1, self.spec["depth"] + 1):
            kernel, bias = self.arrays[f"W_{l}"], self.arrays[f"b_{l}"].reshape(-1)
            h = self.structure.matrix(kernel) @ x
            h += np.repeat(bias, len(h) // len(bias)).reshape(-1, 1)
            if self.structure.joins(l):
                h = self.structure.skip * self.layers[l - 3].h + self.structure.branch * h
            self.layers.append(Layer(l, kernel, self.structure, x, h, self.spec["activation"]))
            x = self.layers[-1].x

    def backward(self):
        gradient, log_scale = self.arrays["v"], 0.0
        for layer in reversed(self.layers):
            size = np.abs(gradient).max()
            if size > 0 and np.isfinite(size):
                gradient, log_scale = gradient / size, log_scale + np.log(size)
            layer.delta, layer.log_scale = layer.to_preactivations(gradient), log_scale
            if self.structure.joins(layer.number + 2) and layer.number + 2 <= len(self.layers):
                later = self.layers[layer.number + 1]
                scale = self.structure.skip * np.exp(later.log_scale - log_scale)
                layer.delta = layer.delta + scale * later.delta
            back = layer.weights.T @ (layer.into_h * layer.delta)
            gradient = back + self.structure.skip * gradient if layer.adds else back

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
        gradient = layer.into_h * layer.delta @ x.T / layer.h.shape[1]
        norm = np.linalg.norm(self.structure.kernel_gradient(gradient))
        return log10(norm) + (log10(size) if norm > 0 else 0) + layer.log_scale / LN10, None

    def input_correlation(self, layer):
        a, b = layer.h[:, 0::2], layer.h[:, 1::2]
        cosine = np.sum(a * b, axis=0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0)
        return float(np.mean(cosine)), 1.0

    # Shares of units or pairs: the number, and how many units rounding could move.

    def dead_fraction(self, layer, rounding):
        # A channel is dead where it is at every pixel.
        by_channel = (-1, self.structure.pixels * layer.h.shape[1])
        dead = np.all(layer.slope == 0, axis=0).reshape(by_channel).all(axis=1)
        near = self._near_kink(layer, rounding).reshape(by_channel).any(axis=1)
        return float(np.mean(dead)), float(np.mean(near))

    def saturated_fraction(self, layer, rounding):
        limit = 0.05 * largest_slope(self.spec["activation"])
        steepest = np.abs(layer.slope).max(axis=0)
        near = np.abs(steepest - limit) < 10 * rounding * limit
        near |= self._near_kink(layer, rounding)
        return float(np.mean(steepest < limit)), float(np.mean(near))

    def _near_kink(self, layer, rounding):
        """Pre-activations whose slope may differ because rounding takes them over a kink."""
        step = rounding * np.sqrt(np.mean(layer.z**2))
        below = evaluate(self.spec["activation"], layer.z - step)[1]
        above = evaluate(self.spec["activation"], layer.z + step)[1]
        return (np.abs(above - below) > 1e-2).any(axis=0)

    def histogram_data(self, name, layer):
        return {"preactivation_histogram": layer.h, "activation_histogram": layer.x,
                "weight_histogram": self.structure.drawn(layer.kernel)}[name]

    def factor(self, numbers, sample):
        """The factor of these layers, and its structural rank: what the open gates leave."""
        layers = [self.layers[l - 1] for l in numbers]
        if self.structure.around != 2:
            factor = layers[0].jacobian(sample)
            return factor, self._rank(layers[0], factor, sample)
        # From h to h.
        factor = np.eye(layers[0].weights.shape[1] if numbers[0] == 1 else len(layers[0].h))
        past = factor
        for layer in layers:
            if layer.number > 1:
                factor = self.layers[layer.number - 2].activate(factor, sample)
            factor = layer.into_h * layer.weights @ factor
        if self.structure.joins(numbers[-1]):
            factor = factor + self.structure.skip * past
        return factor, np.linalg.matrix_rank(factor)

    def jacobians(self, scope, sample=0):
        """(layer number, J, structural rank): the rank that the open gates leave."""
        numbers = self.structure.factors(len(self.layers))
        ends = [0] + [group[-1] for group in numbers]
        found, factors = [], [self.factor(group, sample) for group in numbers]
        if scope == "per_layer":
            return [(l, f, r) for l, (f, r) in zip(ends[1:], factors)]
        if scope == "from_input":
            product = np.eye(factors[0][0].shape[1])
            rank = len(product)
            for l, (factor, own) in zip(ends[1:], factors):
                product, rank = factor @ product, min(rank, own)
                rank = min(rank, pattern_rank(product))
                found.append((l, product, rank))
        else:
            product = np.eye(factors[-1][0].shape[0])
            rank = len(product)
            for l, (factor, own) in reversed(list(zip(ends, factors))):
                product, rank = product @ factor, min(rank, own)
                rank = min(rank, pattern_rank(product))
                found.insert(0, (l, product, rank))
        return found

    def _rank(self, layer, factor, sample):
        if layer.adds:
            return np.linalg.matrix_rank(factor)
        open_units = np.any(layer.slope[:, :, sample] != 0, axis=0).sum()
        return int(min(open_units, np.linalg.matrix_rank(factor) if open_units else 0))
