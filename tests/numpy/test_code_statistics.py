#!/usr/bin/env python3
"""Whether the comparison of code_snippets.py sees the mistakes that code for initial weights makes."""

import unittest

import numpy as np

from code_statistics import difference

DRAWS, SIZE = 24, 32


def orthogonal(rng, signs=True, shape=(SIZE, SIZE)):
    q, r = np.linalg.qr(rng.standard_normal(shape))
    return q * np.sign(np.diag(r)) if signs else q


def truncated(rng, shape):
    values = rng.standard_normal(shape)
    while (outside := abs(values) > 2).any():
        values[outside] = rng.standard_normal(outside.sum())
    return values


class Differences(unittest.TestCase):
    def setUp(self):
        self.rng = np.random.default_rng(5)

    def drawn(self, draw):
        return np.array([draw() for _ in range(DRAWS)])

    def expect(self, part, right, wrong):
        """The right law passes against itself, the wrong one does not."""
        theirs = self.drawn(right)
        self.assertEqual(difference(self.drawn(right), theirs), "")
        self.assertIn(part, difference(self.drawn(wrong), theirs))

    def test_missing_signs_of_an_orthogonal_matrix(self):
        self.expect("traces", lambda: orthogonal(self.rng),
                    lambda: orthogonal(self.rng, signs=False))

    def test_a_matrix_that_is_not_orthogonal(self):
        self.expect("singular values", lambda: orthogonal(self.rng),
                    lambda: self.rng.normal(0, SIZE**-0.5, (SIZE, SIZE)))

    def test_a_wrong_gain(self):
        self.expect("singular values", lambda: orthogonal(self.rng),
                    lambda: 1.001 * orthogonal(self.rng))

    def test_a_truncation_without_correction(self):
        shape = (SIZE, SIZE)
        self.expect("mean square", lambda: truncated(self.rng, shape) / 0.8796,
                    lambda: truncated(self.rng, shape))

    def test_no_truncation_at_the_same_variance(self):
        shape = (SIZE, SIZE)
        self.expect("", lambda: truncated(self.rng, shape) / 0.8796,
                    lambda: self.rng.standard_normal(shape))
        self.assertNotEqual(difference(
            self.drawn(lambda: self.rng.standard_normal(shape)),
            self.drawn(lambda: truncated(self.rng, shape) / 0.8796)), "")

    def test_a_mean(self):
        shape = (SIZE, SIZE)
        self.expect("mean", lambda: self.rng.uniform(-1, 1, shape),
                    lambda: self.rng.uniform(-0.95, 1.05, shape))

    def test_zeros_counted_along_the_other_axis(self):
        def sparse(axis):
            order = self.rng.random((SIZE, SIZE)).argsort(axis=axis)
            return self.rng.standard_normal((SIZE, SIZE)) * (order < 5)
        self.expect("every row", lambda: sparse(1), lambda: sparse(0))

    def test_zeros_where_none_should_be(self):
        shape = (SIZE, SIZE)
        self.expect("are zero", lambda: self.rng.standard_normal(shape),
                    lambda: self.rng.standard_normal(shape) * (self.rng.random(shape) < 0.9))

    def test_halves_of_the_same_sign(self):
        def halves(sign):
            half = orthogonal(self.rng)
            return np.concatenate([half, sign * half], axis=1)
        self.expect("other columns", lambda: halves(-1), lambda: halves(1))

    def test_a_random_matrix_at_another_tap(self):
        def kernel(tap):
            weights = np.zeros((SIZE, SIZE, 3, 3))
            weights[:, :, 1, tap] = orthogonal(self.rng)
            return weights
        self.expect("other taps", lambda: kernel(1), lambda: kernel(2))

    def test_another_tap_and_a_wrong_shape(self):
        def kernel(tap):
            weights = np.zeros((SIZE, SIZE, 3, 3))
            weights[:, :, tap, tap] = np.eye(SIZE)
            return weights
        self.expect("not random", lambda: kernel(1), lambda: kernel(0))
        self.expect("shape", lambda: kernel(1), lambda: kernel(1)[0])

    def test_a_kernel_that_is_no_isometry(self):
        def isometry():
            half = orthogonal(self.rng, shape=(8, 4))
            projector, q = half @ half.T, orthogonal(self.rng, shape=(8, 8))
            return np.stack([projector @ q, q - projector @ q], axis=-1)[:, :, None]
        def flat():
            return orthogonal(self.rng, shape=(16, 8)).T.reshape(8, 8, 1, 2)
        self.expect("singular values", isometry, flat)


if __name__ == "__main__":
    unittest.main()
