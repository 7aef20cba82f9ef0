"""Everything in a result file, computed again from the exported network alone.

`Network` holds the arrays of the NPZ file and walks it in double precision: forward, backward and
the Jacobians at the first sample. The definitions:

    h^l = W^l x^{l-1} + b^l,  x^l = phi(h^l),  delta^l = d<v, x^L>/dh^l,  D^l = dx^l/dh^l

and what the architecture puts around them (architecture.py).
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

    def __init__(self, number, kernel, x_before, h, activation, structure):
        self.number, self.kernel, self.x_before, self.h = number, kernel, x_before, h
        self.structure, self.weights = structure, structure.unrolled(kernel)
        self.normalised, self.deviation = structure.normalise(h)
        value, self.slope = evaluate(activation, self.normalised)
        self.x = value.reshape(-1, h.shape[1])
        self.adds_input = structure.around_one and len(x_before) == len(self.x)
        if self.adds_input:
            self.x = structure.skip * x_before + structure.branch * self.x
        self.branch = structure.branch if structure.joins(number) else 1
        self.delta = None  # up to the factor exp(log_scale)
        self.log_scale = 0.0

    def jacobian(self, sample=0):
        """D^l W^l at one sample."""
        return np.concatenate([part[:, sample, None] * self.weights for part in self.slope])

    def activation_jacobian(self, sample):
        """From a change of h to one of phi; of the whole batch with batch normalisation."""
        whole = self.structure.normalisation == "batch"
        slopes = self.slope if whole else self.slope[:, :, [sample]]
        parts, units, samples = slopes.shape
        columns = np.zeros((samples * parts * units, samples * units))
        for s in range(samples):
            for part in range(parts):
                rows = (s * parts + part) * units + np.arange(units)
                columns[rows, s * units + np.arange(units)] = slopes[part, :, s]
        if self.deviation is not None:
            columns = columns @ self.structure.jacobian(self.normalised, self.deviation, sample)
        return columns

    def state_weights(self):
        whole = self.structure.normalisation == "batch"
        return np.kron(np.eye(self.h.shape[1]), self.weights) if whole else self.weights

    def to_preactivations(self, gradient):
        inner = (self.slope * gradient.reshape(self.slope.shape)).sum(axis=0)
        inner = inner * (self.structure.branch if self.adds_input else 1)
        return self.structure.through(inner, self.normalised, self.deviation)


class Network:
    def __init__(self, spec, arrays):
        self.spec = spec
        self.arrays = {name: arrays[name].astype(np.float64) for name in arrays}
        self.structure = Structure(spec.get("architecture", {"id": "plain"}))
        self.forward()
        self.backward()

    def forward(self):
        x, self.layers = self.arrays["x_0"], []
        for l in range(1, self.spec["depth"] + 1):
            structure, kernel = self.structure, self.arrays[f"W_{l}"]
            biases = np.repeat(self.arrays[f"b_{l}"], structure.pixels).reshape(-1, 1)
            h = structure.unrolled(kernel) @ x + biases
            if structure.joins(l):
                h = structure.skip * self.layers[-2].h + structure.branch * h
            self.layers.append(Layer(l, kernel, x, h, self.spec["activation"], structure))
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
                layer.delta = layer.delta + self.structure.skip * later.delta * np.exp(
                    later.log_scale - log_scale)
            skipped = self.structure.skip * gradient if layer.adds_input else 0
            gradient = layer.weights.T @ (layer.branch * layer.delta) + skipped
        self.input_gradient = gradient  # up to a factor

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
        gradient = layer.branch * layer.delta @ x.T / layer.h.shape[1]
        norm = np.linalg.norm(self.structure.kernel_gradient(gradient, layer.kernel))
        return log10(norm) + (log10(size) if norm > 0 else 0) + layer.log_scale / LN10, None

    def input_correlation(self, layer):
        a, b = layer.h[:, 0::2], layer.h[:, 1::2]
        cosine = np.sum(a * b, axis=0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0)
        return float(np.mean(cosine)), 1.0

    def gradient_correlation(self, layer):
        a, b = layer.delta[:, 0::2], layer.delta[:, 1::2]
        cosine = np.sum(a * b, axis=0) / np.linalg.norm(a, axis=0) / np.linalg.norm(b, axis=0)
        return float(np.mean(cosine)), 1.0

    # Shares of units or pairs: the number, and how many units rounding could move.

    def dead_fraction(self, layer, rounding):
        # A unit of a convolution is a channel with all its pixels.
        pixels = self.structure.pixels
        dead = np.all(layer.slope == 0, axis=(0, 2)).reshape(-1, pixels).all(axis=1)
        near = self._near_kink(layer, rounding).any(axis=1).reshape(-1, pixels).any(axis=1)
        return float(np.mean(dead)), float(np.mean(near))

    def saturated_fraction(self, layer, rounding):
        limit = 0.05 * largest_slope(self.spec["activation"])
        steepest = np.abs(layer.slope).max(axis=0)
        near = np.abs(steepest - limit) < 10 * rounding * limit
        near |= self._near_kink(layer, rounding)
        return float(np.mean(steepest < limit)), float(np.mean(near))

    def _near_kink(self, layer, rounding):
        """Pre-activations whose slope may differ because rounding takes them over a kink."""
        step = rounding * np.sqrt(np.mean(layer.normalised**2))
        below = evaluate(self.spec["activation"], layer.normalised - step)[1]
        above = evaluate(self.spec["activation"], layer.normalised + step)[1]
        return (np.abs(above - below) > 1e-2).any(axis=0)

    # Of the whole network: positions and numbers along them, or between them.

    def path(self):
        """Where the samples are, and the gradients there with a mean square norm of one."""
        x, gradient = self.arrays["x_0"], self.input_gradient
        reach = self.spec["input"].get("reach", 1)
        positions = np.linspace(-reach, reach, x.shape[1])
        gradient = gradient / np.sqrt(np.mean(np.sum(gradient**2, axis=0)))
        slopes = gradient.T @ (x[:, -1] - x[:, 0]) / (2 * reach)
        return positions, gradient, slopes

    def gradient_along_path(self):
        positions, _, slopes = self.path()
        return positions, slopes / np.sqrt(np.mean(slopes**2))

    def gradient_autocorrelation(self):
        _, _, slopes = self.path()
        lags = np.arange(min(64, max(1, slopes.size // 4)) + 1)
        centred = slopes - slopes.mean()
        return lags, np.array([centred[:slopes.size - lag] @ centred[lag:]
                               for lag in lags]) / (centred @ centred)

    def gradient_covariance(self):
        positions, gradient, _ = self.path()
        chosen = np.arange(positions.size)
        if positions.size > 256:
            chosen = np.arange(256) * (positions.size - 1) // 255
        return positions[chosen], gradient[:, chosen].T @ gradient[:, chosen]

    def mode_factors(self, patterns_of):
        """Regression of every layer's Fourier modes, of NumPy's own transform, on those before."""
        side = self.structure.size
        waves = np.arange(1, side // 2 + 1)
        products, squares, before = 0.0, 0.0, None
        for layer in self.layers:
            images = layer.h[:, :16].reshape(-1, side, side, min(16, layer.h.shape[1]))
            patterns, scale = patterns_of(images, np.mean(layer.h**2))
            modes = np.fft.fft2(patterns, axes=(0, 1))
            modes = np.concatenate([modes[waves, 0], modes[0, waves]], axis=1)
            if before is not None:
                products = products + np.real(modes * before.conj()).sum(axis=1) / scale_before**2
                squares = squares + np.abs(before**2).sum(axis=1) / scale_before**2
            before, scale_before = modes, scale
        return 2 * waves / side, products / squares

    def variance_modes(self):
        return self.mode_factors(lambda h, q: (np.mean(h**2, axis=0), q))

    def correlation_modes(self):
        def cosines(h, _):
            a, b = h[..., 0::2], h[..., 1::2]
            return (a * b).sum(0) / np.sqrt((a * a).sum(0) * (b * b).sum(0)), 1.0
        return self.mode_factors(cosines)

    def histogram_data(self, name, layer):
        return {"preactivation_histogram": layer.h, "activation_histogram": layer.x,
                "weight_histogram": self.structure.drawn(layer.kernel)}[name]

    def jacobians(self, scope, sample=0):
        """(layer number, J, structural rank): the rank that the open gates leave."""
        if not self.structure.plain:
            return self.structured_jacobians(scope, sample)
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

    def factors(self, sample):
        """(layer number, factor): over a block where the sum is one of two layers."""
        structure, layers = self.structure, self.layers
        if not structure.around_two:
            for layer in layers:
                factor = layer.activation_jacobian(sample) @ layer.state_weights()
                if layer.adds_input:
                    factor = structure.skip * np.eye(len(factor)) + structure.branch * factor
                yield layer.number, factor
            return
        yield 1, layers[0].state_weights()
        for first in range(2, len(layers) + 1, 2):
            factor = np.eye(layers[0].state_weights().shape[0])
            last = min(first + 1, len(layers))
            for number in range(first, last + 1):
                factor = (layers[number - 1].state_weights()
                          @ layers[number - 2].activation_jacobian(sample) @ factor)
            if structure.joins(last):
                factor = structure.skip * np.eye(len(factor)) + structure.branch * factor
            yield last, factor

    def structured_jacobians(self, scope, sample):
        """The rank is NumPy's own, of every factor."""
        found, product, rank = [], None, None
        factors = list(self.factors(sample))
        if scope == "to_output":
            numbers = [0] + [number for number, _ in factors[:-1]]
            factors = list(zip(reversed(numbers), (f for _, f in reversed(factors))))
        for number, factor in factors:
            own = int(np.linalg.matrix_rank(factor, tol=1e-13 * np.linalg.norm(factor)))
            if product is None or scope == "per_layer":
                product, rank = factor, own
            else:
                product = product @ factor if scope == "to_output" else factor @ product
                rank = min(rank, own)
            found.append((number, product, rank))
        return found[::-1] if scope == "to_output" else found

    @staticmethod
    def _rank(layer, factor, sample):
        open_units = np.any(layer.slope[:, :, sample] != 0, axis=0).sum()
        return int(min(open_units, np.linalg.matrix_rank(factor) if open_units else 0))
