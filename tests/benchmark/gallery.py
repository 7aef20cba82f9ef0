#!/usr/bin/env python3
"""The results of the literature at full size, measured beside predicted, each with what it must
keep to. Prints a line for each and ends with 1 if any is off. Takes some minutes.

Usage: gallery.py INITLENS [PART OF A NAME]. The names of the sections: length, correlation,
gradient, spectrum, isometry, shattered, modes."""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

WIDE = ("--width", 2000, "--batch", 64, "--jacobian", "none")


class Gallery:
    def __init__(self, program, part):
        self.program, self.part = program, part
        self.results, self.failed, self.shown = {}, 0, 0

    def run(self, *flags):
        """The result file of a run; equal flags run once."""
        if flags not in self.results:
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "result.json"
                subprocess.run([self.program, "run", "--quiet", "--output", path, *map(str, flags)],
                               check=True, stdin=subprocess.DEVNULL)
                self.results[flags] = json.loads(path.read_text())
        return self.results[flags]

    def wants(self, section):
        return self.part in section

    def show(self, name, measured, predicted, error, most, unit=""):
        good = error <= most
        self.failed += not good
        self.shown += 1
        print(f"  {name:58} {measured:12.5g} {predicted:12.5g}   off {error:8.2g}{unit}"
              f"   at most {most:g}{unit}{'' if good else '   FAILED'}", flush=True)


def profile(result, name):
    """Measured and predicted, as numbers; None where there is no prediction."""
    reading = result["readings"][name]
    if "predicted" not in reading:
        return None
    measured, predicted = (np.array(reading[key], float) for key in ("values", "predicted"))
    if reading["scale"] == "log10":
        return 10 ** measured, 10 ** predicted
    return measured, predicted


def activations(program):
    rows = subprocess.run([program, "list", "activations", "--json"], capture_output=True,
                          check=True, text=True).stdout
    return [row["id"] for row in json.loads(rows)]


def length_map(gallery):
    """q at the last of ten layers, the mean over sixteen networks of 2000 units."""
    for activation in activations(gallery.program):
        result = gallery.run("--activation", activation, "--initializer",
                             "scaled_gaussian:sigma_w=1.3", "--bias-std", 0.2, "--depth", 10,
                             "--trials", 16, *WIDE)
        measured, predicted = (part[-1] for part in profile(result, "preactivation_second_moment"))
        gallery.show(f"q, {activation}", measured, predicted, abs(measured / predicted - 1), 0.05)
    for sigma_w in (1.3, 2.5, 4):
        result = gallery.run("--activation", "tanh", "--initializer",
                             f"scaled_gaussian:sigma_w={sigma_w}", "--bias-std", 0.3, "--depth", 20,
                             "--trials", 10, "--width", 1000, "--batch", 64, "--jacobian", "none")
        measured, predicted = (part[-1] for part in profile(result, "preactivation_second_moment"))
        gallery.show(f"q*, tanh, sigma_w = {sigma_w}", measured, predicted,
                     abs(measured / predicted - 1), 0.02)


def correlation_map(gallery):
    """The largest distance over six layers between the mean cosine of pairs and its prediction."""
    for activation in ("relu", "tanh", "gelu", "silu", "erf", "hard_tanh", "selu", "softsign"):
        for cosine in (0, 0.5, 0.95):
            result = gallery.run("--activation", activation, "--initializer",
                                 "scaled_gaussian:sigma_w=1.5", "--bias-std", 0.1, "--depth", 6,
                                 "--input", f"correlated_pair:correlation={cosine}", "--trials", 8,
                                 "--width", 1000, "--batch", 64, "--jacobian", "none")
            measured, predicted = profile(result, "input_correlation")
            worst = int(np.argmax(np.abs(measured - predicted)))
            gallery.show(f"c, {activation}, from {cosine}", measured[worst], predicted[worst],
                         abs(measured[worst] - predicted[worst]), 0.03)


def gradient_slopes(gallery):
    """Decades a layer of the gradient norm, layers 20 to 54: half of log10 chi_1."""
    for activation, sigma_w, bias in (("tanh", 1, 0.2236), ("tanh", 1.7, 0.2236), ("tanh", 2.5, 0.1),
                                      ("erf", 2, 0.1), ("hard_tanh", 2, 0.1), ("relu", 1, 0),
                                      ("gelu", 1, 0.2), ("sin", 2, 0.1), ("softsign", 3, 0.1),
                                      ("arctan", 2, 0.1), ("sigmoid", 3, 0.1)):
        result = gallery.run("--activation", activation, "--initializer",
                             f"scaled_gaussian:sigma_w={sigma_w}", "--bias-std", bias, "--depth",
                             60, "--trials", 8, "--width", 1000, "--batch", 32, "--jacobian", "none")
        reading = result["readings"]["gradient_norm"]
        layers = np.arange(20, 55)
        measured, predicted = (
            -np.polyfit(layers, np.array(reading[key], float)[layers - 1], 1)[0]
            for key in ("values", "predicted"))
        gallery.show(f"decades a layer, {activation}, sigma_w = {sigma_w}", measured, predicted,
                     abs(measured / predicted - 1), 0.05)


def spectra(gallery):
    """Kolmogorov-Smirnov distance of the last layer's singular values from their prediction."""
    cases = [("linear", "scaled_gaussian:sigma_w=1", 8), ("linear", "scaled_gaussian:sigma_w=1", 32),
             ("relu", "he_normal", 8), ("relu", "orthogonal:gain=1.4142", 8),
             ("tanh", "critical_orthogonal:q_star=0.2", 32), ("tanh", "critical_gaussian", 16),
             ("hard_tanh", "orthogonal:gain=1.1", 16), ("erf", "critical_orthogonal:q_star=0.3", 32),
             ("gelu", "he_normal", 8), ("leaky_relu", "he_normal", 10),
             ("tanh", "scaled_gaussian:sigma_w=1.5", 20), ("crelu", "he_normal", 8)]
    for activation, initializer, depth in cases:
        result = gallery.run("--activation", activation, "--initializer", initializer, "--depth",
                             depth, "--width", 1000, "--batch", 64, "--spectrum-every", depth)
        distance = next(entry["value"] for entry in result["agreement"]
                        if entry["diagnostic"] == "jacobian_singular_values")
        gallery.show(f"distance, {activation}, {initializer}, depth {depth}", distance, 0, distance,
                     0.04)
    for depth in (2, 4, 8, 32):
        result = gallery.run("--activation", "linear", "--initializer", "scaled_gaussian:sigma_w=1",
                             "--depth", depth, "--width", 1000, "--batch", 64, "--spectrum-every",
                             depth)
        largest = 10 ** result["readings"]["jacobian_singular_values"]["values"][-1][0]
        predicted = ((depth + 1) ** (depth + 1) / depth**depth) ** 0.5
        gallery.show(f"largest, linear Gaussian, depth {depth}", largest, predicted,
                     abs(largest / predicted - 1), 0.03)


def isometry(gallery):
    """The singular value that is farthest from one, and the ratio of gradients over all depth."""
    looks_linear = ("--activation", "crelu", "--initializer", "looks_linear", "--precision",
                    "float64")
    for name, flags in {
            "looks-linear, 2,000 dense layers": ("--depth", 2000, "--width", 64, "--batch", 4),
            "looks-linear, 2,000 convolutions": (
                "--depth", 2000, "--width", 4, "--batch", 2, "--architecture",
                "conv:size=4,kernel=3")}.items():
        depth = flags[1]
        result = gallery.run(*looks_linear, *flags, "--spectrum-every", depth)
        values = 10 ** np.array(result["readings"]["jacobian_singular_values"]["values"][-1])
        farthest = values[np.argmax(np.abs(values - 1))]
        gallery.show(name, farthest, 1, abs(farthest - 1), 1e-10)
    for kernel in (2, 3, 4, 5):
        for rule in ("delta_orthogonal", "conv_orthogonal"):
            result = gallery.run("--activation", "linear", "--initializer", rule, "--depth", 20,
                                 "--width", 8, "--batch", 4, "--precision", "float64",
                                 "--architecture", f"conv:size=6,kernel={kernel}",
                                 "--spectrum-every", 20)
            values = 10 ** np.array(result["readings"]["jacobian_singular_values"]["values"][-1])
            farthest = values[np.argmax(np.abs(values - 1))]
            gallery.show(f"{rule}, kernel {kernel}", farthest, 1, abs(farthest - 1), 1e-10)
    result = gallery.run("--activation", "tanh", "--initializer",
                         "critical_delta_orthogonal:q_star=0.025", "--architecture",
                         "conv:size=8,kernel=3", "--depth", 10000, "--width", 16, "--batch", 16,
                         "--input", "gaussian:std=0.15437", "--jacobian", "none")
    measured, predicted = profile(result, "gradient_norm")
    gallery.show("decades over 10,000 delta-orthogonal layers",
                 np.log10(measured[0] / measured[-1]), np.log10(predicted[0] / predicted[-1]),
                 abs(np.log10(measured[0] / measured[-1] * predicted[-1] / predicted[0])), 1)


def shattered(gallery):
    """Correlation of the gradients of two samples at the first layer."""
    chance = 3 * (400 * 100 * 24) ** -0.5  # three standard errors: units, pairs, networks
    for name, flags in {
            "plain": (), "batch normalised": ("--architecture", "plain:normalisation=batch"),
            "residual, batch normalised": (
                "--architecture", "residual:branch_scale=0.1,normalisation=batch")}.items():
        for depth in (2, 5, 8):
            result = gallery.run("--activation", "relu", "--initializer", "he_normal", "--depth",
                                 depth, "--width", 400, "--batch", 200, "--trials", 24, "--input",
                                 "correlated_pair:correlation=0", "--jacobian", "none", *flags)
            measured, predicted = (part[0] for part in profile(result, "gradient_correlation"))
            error = abs(measured - predicted) / max(abs(predicted), chance / 0.15)
            gallery.show(f"{name}, {depth} layers", measured, predicted, error, 0.15)


def modes(gallery):
    """What a layer multiplies the waves of an image by, over eight networks."""
    for rule in ("lecun_normal", "delta_orthogonal", "conv_orthogonal"):
        result = gallery.run("--preset", "spatial_modes:" + {
            "lecun_normal": "gaussian"}.get(rule, rule))
        reading = result["readings"]["variance_modes"]
        for place, measured, predicted in zip(*(reading[key] for key in (
                "positions", "values", "predicted"))):
            gallery.show(f"{rule}, wave {place:g} pi", measured, predicted,
                         abs(measured - predicted), 0.05)


SECTIONS = {"length": length_map, "correlation": correlation_map, "gradient": gradient_slopes,
            "spectrum": spectra, "isometry": isometry, "shattered": shattered, "modes": modes}


def main():
    gallery = Gallery(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
    for name, section in SECTIONS.items():
        if gallery.wants(name):
            print(f"{name}: {section.__doc__}\n  {'':58} {'measured':>12} {'predicted':>12}")
            section(gallery)
    print(f"{gallery.shown} results, {gallery.failed} off")
    sys.exit(1 if gallery.failed or not gallery.shown else 0)


if __name__ == "__main__":
    main()
