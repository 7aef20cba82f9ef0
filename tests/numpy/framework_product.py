#!/usr/bin/env python3
"""Compares the methods that do "what a framework does" with what NumPy, as a framework, does: the
product of the exported weights in one precision and an SVD of it. Values above the rounding noise
must be equal, the noise of the same size. Usage: framework_product.py INITLENS"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

DEPTH, WIDTH = 150, 48
NETWORK = ["--activation", "linear", "--initializer", "scaled_gaussian", "--depth", str(DEPTH),
           "--width", str(WIDTH), "--batch", "1", "--quiet"]
# Precision, what rounds, and the largest difference of log10 far above the noise.
METHODS = {"naive_float32": (np.float32, "float32", 1e-3),
           "naive_float64": (np.float64, "float64", 1e-9)}
DECADES_ABOVE_NOISE = 4


def run(program, method, precision, folder):
    result, network = folder / "result.json", folder / "network.npz"
    subprocess.run([program, "run", *NETWORK, "--spectrum", method, "--precision", precision,
                    "--output", result, "--save-network", network], check=True)
    reading = json.loads(result.read_text())["readings"]["jacobian_singular_values"]
    with np.load(network, allow_pickle=False) as arrays:
        return reading["values"], [arrays[f"W_{layer}"] for layer in range(1, DEPTH + 1)]


def check(program, method, folder):
    kind, precision, tolerance = METHODS[method]
    spectra, weights = run(program, method, precision, folder)
    product, noisy = None, 0
    for values, weight in zip(spectra, weights):
        assert weight.dtype == kind
        product = weight if product is None else weight @ product
        expected = np.log10(np.linalg.svd(product, compute_uv=False))
        noise = expected[0] + np.log10(np.finfo(kind).eps)
        good = expected > noise + DECADES_ABOVE_NOISE
        assert len(values) == WIDTH and good.any()
        assert np.abs(np.array(values)[good] - expected[good]).max() < tolerance, method
        lost = expected < noise
        if lost.sum() > WIDTH // 4:
            noisy += 1
            difference = np.median(np.array(values)[lost]) - np.median(expected[lost])
            assert abs(difference) < 0.7, (method, difference)
    assert noisy > DEPTH // 4, "too few layers to see the noise"
    print(f"{method}: {noisy} of {DEPTH} layers with noise, like NumPy's")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for method in METHODS:
            check(sys.argv[1], method, pathlib.Path(folder))


if __name__ == "__main__":
    main()
