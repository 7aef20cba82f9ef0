"""What an architecture makes of a layer, as dense matrices and small formulas: kernels are unrolled,
normalisations and their derivatives written out."""

import numpy as np

EPSILON = 1e-5
# Parameters of every architecture at their initial values; a spec names only others.
INITIAL = {
    "plain": {"normalisation": "none"},
    "residual": {"skip_scale": 1, "branch_scale": 1, "normalisation": "none"},
    "preactivation_residual": {"skip_scale": 1, "branch_scale": 1, "normalisation": "none"},
    "conv": {"size": 8, "kernel": 3, "padding": "circular"},
}


class Structure:
    def __init__(self, architecture):
        name = architecture["id"]
        params = {**INITIAL[name], **{k: v for k, v in architecture.items() if k != "id"}}
        self.size, self.kernel = int(params.get("size", 1)), int(params.get("kernel", 1))
        self.circular = params.get("padding", "circular") == "circular"
        self.normalisation = params.get("normalisation", "none")
        self.skip, self.branch = params.get("skip_scale", 1), params.get("branch_scale", 1)
        self.around_one, self.around_two = name == "residual", name == "preactivation_residual"
        self.plain = (name == "plain" and self.normalisation == "none")

    @property
    def pixels(self):
        return self.size**2

    def joins(self, layer):
        """Whether h of this layer is a sum over two layers."""
        return self.around_two and layer >= 3 and layer % 2 == 1

    def shift(self, tap):
        """Matrix that moves an image so that every pixel has what this tap reads there."""
        middle, size = (self.kernel - 1) // 2, self.size
        moved = np.zeros((self.pixels, self.pixels))
        for pixel in range(self.pixels):
            row = pixel // size + tap // self.kernel - middle
            column = pixel % size + tap % self.kernel - middle
            if self.circular:
                row, column = row % size, column % size
            if 0 <= row < size and 0 <= column < size:
                moved[pixel, row * size + column] = 1
        return moved

    def drawn(self, weights):
        """The taps that were drawn: the one in the middle where all others are zero."""
        if weights.ndim == 2:
            return weights
        middle = (self.kernel - 1) // 2
        others = weights.copy()
        others[:, :, middle, middle] = 0
        return weights if others.any() else weights[:, :, middle, middle]

    def unrolled(self, weights):
        """(out, in, kh, kw) as the matrix from all input rows to all output rows."""
        if weights.ndim == 2:
            return weights
        taps = weights.reshape(*weights.shape[:2], -1)
        return sum(np.kron(taps[:, :, tap], self.shift(tap)) for tap in range(taps.shape[2]))

    def kernel_gradient(self, gradient, weights):
        """What the gradient of the unrolled matrix means for the kernel."""
        if weights.ndim == 2:
            return gradient
        blocks = gradient.reshape(weights.shape[0], self.pixels, weights.shape[1], self.pixels)
        return np.stack([np.einsum("opiq,pq->oi", blocks, self.shift(tap))
                         for tap in range(self.kernel**2)], axis=2)

    def normalise(self, h):
        """The normalised h, and what derivatives are divided by."""
        if self.normalisation == "none":
            return h, None
        axis = 1 if self.normalisation == "batch" else 0
        deviation = np.sqrt(h.var(axis=axis, keepdims=True) + EPSILON)
        return (h - h.mean(axis=axis, keepdims=True)) / deviation, deviation

    def through(self, gradient, normalised, deviation):
        """The derivative of normalise, which is symmetric, applied to a gradient."""
        if deviation is None:
            return gradient
        axis = 1 if self.normalisation == "batch" else 0
        mean = gradient.mean(axis=axis, keepdims=True)
        along = (gradient * normalised).mean(axis=axis, keepdims=True)
        return (gradient - mean - normalised * along) / deviation

    def jacobian(self, normalised, deviation, sample):
        """The derivative of normalise as a matrix: of one sample, or with batch normalisation of
        the whole batch, a sample below the other."""
        if self.normalisation == "layer":
            return np.stack([self.through(unit, normalised[:, [sample]], deviation[:, [sample]])
                             for unit in np.eye(len(normalised))[:, :, None]], axis=1)[:, :, 0]
        units, samples = normalised.shape
        columns = [self.through(unit.reshape(samples, units).T, normalised, deviation).T.ravel()
                   for unit in np.eye(units * samples)]
        return np.array(columns).T
