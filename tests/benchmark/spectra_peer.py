#!/usr/bin/env python3
"""Times the singular values of the Jacobian at every layer, by the exact and by the quick method,
beside PyTorch's svdvals of the product in float32, on the same networks and in alternating rounds,
and says how many of PyTorch's values are wrong and that ours keep to their bounds. Then measures how the cost grows with width and depth.

Usage: spectra_peer.py INITLENS [ROUNDS [PICTURE.svg]]. Both times are those of the spectra alone:
drawing, forward and backward pass are not counted."""

import importlib.util
import json
import os
import pathlib
import statistics
import sys
import tempfile

import numpy as np

from peer import blas_core, run_initlens, run_torch

SCRIPT = pathlib.Path(__file__).with_name("torch_spectra.py")
# The fixed point q = 1/40 of tanh on the edge of chaos, entered at once.
CRITICAL = ("--initializer", "orthogonal:gain=1.0247", "--bias-std", "0.00448",
            "--input", "gaussian:std=0.158")
CHAOTIC = ("--initializer", "scaled_gaussian:sigma_w=2")
CASES = [("critical orthogonal", width, CRITICAL) for width in (256, 512, 1000)] + [
    ("critical orthogonal, input of variance 1", 1000, CRITICAL[:4]),
    ("chaotic Gaussian", 512, CHAOTIC)]
DEPTH = 100
METHODS = ("exact", "quick")
WIDTHS, DEPTHS = (64, 128, 256, 512, 1024, 2048), (10, 20, 40, 80, 160, 320)


def measure(program, folder, flags, depth, width, every=1, *more):
    result = pathlib.Path(folder) / "result.json"
    run_initlens(program, "--depth", depth, "--width", width, "--batch", 8, "--activation", "tanh",
                 *flags, "--spectrum-every", every, "--output", result, *more)
    content = json.loads(result.read_text())
    return content["timing"]["spectrum_s"], content["readings"]["jacobian_singular_values"]


def wrong_share(values, spectrum):
    """Share of PyTorch's values that are off by more than 0.01 in log10."""
    wrong = 0
    for layer, right in enumerate(spectrum["values"]):
        with np.errstate(divide="ignore"):
            wrong += np.sum(~(np.abs(np.log10(values[layer]) - right) <= 0.01))
    return wrong / values.size


def floor_seconds(spectrum, width, rate):
    """Operations of the plain method at the rate of a float64 product: a product a layer, a Gram
    matrix and its reduction to tridiagonal form a spectrum. What the recursion needs, a QR and a
    product more a layer, is counted where it was taken."""
    graded = spectrum["carrier"].count("recursion")
    operations = width**3 * len(spectrum["layers"]) * (2 + 1 + 4 / 3)
    return (operations + graded * width**3 * (4 / 3 + 4 / 3 + 1 + 4 / 3)) / rate


def outside_share(spectrum, exact):
    """The largest error of a value, in units of its bound."""
    return max(np.max(np.abs(np.subtract(values, right)) / (np.array(bounds) + 1e-12))
               for values, bounds, right in zip(spectrum["values"], spectrum["bound"],
                                                exact["values"]))


def compare(program, name, width, flags, rounds, with_torch):
    print(f"\ntanh, {name}, depth {DEPTH}, width {width}, every layer:")
    threads = len(os.sched_getaffinity(0))
    ours, theirs = {method: [] for method in METHODS}, []
    with tempfile.TemporaryDirectory() as folder:
        network, values = pathlib.Path(folder) / "network.npz", pathlib.Path(folder) / "values.npy"
        measure(program, folder, flags, DEPTH, width, 1, "--save-network", network)
        spectra = {}
        for number in range(1, rounds + 1):
            line = f"  round {number}:"
            for method in METHODS:
                seconds, spectra[method] = measure(program, folder, flags, DEPTH, width, 1,
                                                   "--spectrum", method)
                ours[method].append(seconds)
                line += f"  {method} {seconds:6.2f} s"
            if with_torch:
                seconds, rate = run_torch(SCRIPT, network, values, threads)
                theirs.append(seconds)
                line += f"  PyTorch {seconds:6.2f} s  ratios " + ", ".join(
                    f"{seconds / ours[method][-1]:.2f}" for method in METHODS)
            print(line, flush=True)
        for method in METHODS if with_torch else ():
            spectrum = spectra[method]
            ratio = statistics.median(b / a for a, b in zip(ours[method], theirs))
            bounds = [b for layer in spectrum["bound"] for b in layer]
            carriers = ", ".join(f"{spectrum['carrier'].count(one)} by {one}"
                                 for one in sorted(set(spectrum["carrier"])))
            print(f"  {method}: median ratio {ratio:.2f}; largest bound {max(bounds):.1e}; "
                  f"of {DEPTH} layers {carriers}")
        print(f"  quick against exact: errors up to "
              f"{outside_share(spectra['quick'], spectra['exact']):.2f} of their bounds")
        if with_torch:
            exact = spectra["exact"]
            share = floor_seconds(exact, width, rate) / statistics.median(ours["exact"])
            print(f"  exact: {100 * share:.0f} % of the floor at {rate / 1e9:.0f} Gflop/s; wrong by "
                  f"more than 0.01 in log10: {100 * wrong_share(np.load(values), exact):.1f} % of "
                  f"PyTorch's values")


def exponent(sizes, seconds):
    return np.polyfit(np.log(sizes), np.log(seconds), 1)[0]


def picture(curves):
    """A log-log picture of seconds against size, one panel a curve, as SVG."""
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" width="720" height="320" '
             'font-family="sans-serif" font-size="12">']
    for panel, (label, sizes, series) in enumerate(curves):
        left, top, width, height = 60 + 360 * panel, 20, 270, 240
        low = np.floor(np.log10(min(min(s) for _, s in series)))
        high = np.ceil(np.log10(max(max(s) for _, s in series)))

        def place(size, second):
            x = np.log(size / sizes[0]) / np.log(sizes[-1] / sizes[0])
            y = (np.log10(second) - low) / (high - low)
            return f"{left + width * x:.1f},{top + height * (1 - y):.1f}"
        parts.append(f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" '
                     'stroke="#888"/>')
        for decade in range(int(low), int(high) + 1):
            _, y = place(sizes[0], 10.0**decade).split(",")
            parts.append(f'<text x="{left - 6}" y="{y}" text-anchor="end">1e{decade} s</text>')
        for size in sizes:
            x, _ = place(size, 10.0**low).split(",")
            parts.append(f'<text x="{x}" y="{top + height + 16}" text-anchor="middle">{size}</text>')
        parts.append(f'<text x="{left + width / 2}" y="{top + height + 36}" '
                     f'text-anchor="middle">{label}</text>')
        for number, (name, seconds) in enumerate(series):
            points = " ".join(place(*pair) for pair in zip(sizes, seconds))
            color = ("#0072b2", "#d55e00")[number]
            parts.append(f'<polyline points="{points}" fill="none" stroke="{color}"/>')
            parts.append(f'<text x="{left + 8}" y="{top + 18 + 16 * number}" '
                         f'fill="{color}">{name}</text>')
    return "\n".join(parts) + "\n</svg>\n"


def growth(program, folder):
    """Seconds of the spectra of two layers against width, and of one in ten against depth."""
    widths, depths = [], []
    for name, flags in (("product", CRITICAL), ("recursion", CHAOTIC)):
        layers, every = (20, 10) if name == "product" else (40, 20)
        seconds = [measure(program, folder, flags, layers, w, every)[0] for w in WIDTHS]
        print(f"  {name}: width " + ", ".join(f"{w}: {s:.3f} s" for w, s in zip(WIDTHS, seconds)))
        print(f"  exponent of the width {exponent(WIDTHS[-3:], seconds[-3:]):.2f} (last three)")
        widths.append((name, seconds))
        seconds = [measure(program, folder, flags, d, 256, 1)[0] for d in DEPTHS]
        print(f"  {name}: depth " + ", ".join(f"{d}: {s:.3f} s" for d, s in zip(DEPTHS, seconds)))
        print(f"  exponent of the depth {exponent(DEPTHS[-3:], seconds[-3:]):.2f} (last three)")
        depths.append((name, seconds))
    return [("width", WIDTHS, widths), ("depth, at width 256", DEPTHS, depths)]


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with_torch = importlib.util.find_spec("torch") is not None
    print(f"Singular values; OpenBLAS kernels: {blas_core()}; load {os.getloadavg()[0]:.1f}")
    for name, width, flags in CASES:
        compare(program, name, width, flags, rounds, with_torch)
    print("\nHow the cost grows:")
    with tempfile.TemporaryDirectory() as folder:
        curves = growth(program, folder)
    if len(sys.argv) > 3:
        pathlib.Path(sys.argv[3]).write_text(picture(curves))


if __name__ == "__main__":
    main()
