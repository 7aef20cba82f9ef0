"""How the layers of an architecture are put together, from the spec alone.

    conv                    h^l = W^l * x^{l-1} + b^l, cross-correlation; row c * pixels + p of x is
                            channel c at pixel p
    residual                x^l = skip x^{l-1} + branch phi(h^l), where both have one size
    preactivation_residual  h^l = skip h^{l-2} + branch (W^l x^{l-1} + b^l) for l = 3, 5, ...
    normalisation           phi takes (h - mean) / sqrt(variance + 1e-5)
"""

import numpy as np

EPSILON = 1e-5


class Structure:
    def __init__(self, architecture):
        self.side = architecture.get("size", 1)
        self.kernel = architecture.get("kernel", 1)
        self.circular = architecture.get("padding", "circular") == "circular"
        self.skip = architecture.get("skip_scale", 1)
        self.branch = architecture.get("branch_scale", 1)
        # 1: around the activation of every layer, 2: around two layers.
        self.around = {"residual": 1, "preactivation_residual": 2}.get(architecture["id"], 0)
        # The axis of (units, samples) that means are taken over.
        self.axis = {"layer": 0, "batch": 1}.get(architecture.get("normalisation"))
        self.pixels = self.side**2

    def joins(self, l):
        return self.around == 2 and l >= 3 and l % 2 == 1

    def neighbours(self):
        """For every tap the pixels that read one, and the pixels that they read."""
        middle = (self.kernel - 1) // 2
        rows, columns = np.divmod(np.arange(self.pixels), self.side)
        for tap in range(self.kernel**2):
            r, c = rows + tap // self.kernel - middle, columns + tap % self.kernel - middle
            inside = (r >= 0) & (r < self.side) & (c >= 0) & (c < self.side)
            readers = np.arange(self.pixels)[inside | self.circular]
            yield tap, readers, (r % self.side * self.side + c % self.side)[readers]

    def matrix(self, kernel):
        """The matrix that multiplies x."""
        if kernel.ndim == 2:
            return kernel
        outputs, inputs = kernel.shape[:2]
        taps = kernel.reshape(outputs, inputs, -1)
        dense = np.zeros((outputs, self.pixels, inputs, self.pixels))
        for tap, readers, read in self.neighbours():
            # Several taps of a kernel larger than the image may read one pixel.
            dense[:, readers, :, read] += taps[None, :, :, tap]
        return dense.reshape(outputs * self.pixels, inputs * self.pixels)

    def drawn(self, kernel):
        """The weights as drawn: of a kernel that is zero elsewhere by construction, its centre."""
        if kernel.ndim == 2:
            return kernel
        middle = (self.kernel - 1) // 2
        centre = kernel[:, :, middle, middle]
        return centre if np.count_nonzero(kernel) == np.count_nonzero(centre) else kernel

    def kernel_gradient(self, gradient):
        """From the derivatives with respect to that matrix to those of the kernel."""
        if self.pixels == 1 and self.kernel == 1:
            return gradient
        dense = gradient.reshape(-1, self.pixels, gradient.shape[1] // self.pixels, self.pixels)
        return np.stack([dense[:, readers, :, read].sum(axis=0)
                         for _, readers, read in self.neighbours()])

    def normalise(self, h):
        """What the activation takes, and the deviations."""
        if self.axis is None:
            return h, None
        deviation = np.sqrt(h.var(axis=self.axis, keepdims=True) + EPSILON)
        return (h - h.mean(axis=self.axis, keepdims=True)) / deviation, deviation

    def through_normalisation(self, z, deviation, gradient):
        """Derivatives with respect to h from those with respect to z; the map is symmetric."""
        if self.axis is None:
            return gradient
        mean = gradient.mean(axis=self.axis, keepdims=True)
        along = (gradient * z).mean(axis=self.axis, keepdims=True)
        return (gradient - mean - z * along) / deviation

    def factors(self, depth):
        """The layers of every factor of the Jacobian: a block of two is one factor."""
        if self.around != 2:
            return [[l] for l in range(1, depth + 1)]
        return [[1]] + [[l, l + 1][:depth - l + 1] for l in range(2, depth + 1, 2)]
