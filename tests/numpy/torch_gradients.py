#!/usr/bin/env python3
"""Gradients through batch and layer normalisation and skip connections against PyTorch's autograd,
on networks that `initlens run` exports. Leaves with 77 where PyTorch is not installed. Usage:
torch_gradients.py INITLENS"""

import pathlib
import sys
import tempfile

import numpy as np

from verify_network import run

SPECS = {
    f"{architecture}, {normalisation}, {activation}":
        f"--architecture {architecture}:normalisation={normalisation} --activation {activation} "
        "--initializer he_normal --input line --precision float64 --jacobian none --depth 7 "
        "--width 12 --input-size 12 --batch 12 --bias-std 0.2"
    for architecture in ("plain", "residual", "preactivation_residual")
    for normalisation in ("none", "batch", "layer")
    for activation in ("relu", "gelu")}
TOLERANCE = 1e-9


def gradients(torch, spec, arrays):
    """Of <v, x^L> over all samples: with respect to every h, every W and x_0."""
    architecture = spec["architecture"]
    if isinstance(architecture, str):
        architecture = {"id": architecture}
    skip, branch = architecture.get("skip_scale", 1), architecture.get("branch_scale", 1)
    normalisation = architecture.get("normalisation", "none")
    activation = torch.relu if spec["activation"] == "relu" else torch.nn.functional.gelu
    tensor = {name: torch.tensor(array, dtype=torch.float64) for name, array in arrays.items()}
    start = tensor["x_0"].T.clone().requires_grad_()
    x, hs, weights = start, [], []
    for layer in range(1, spec["depth"] + 1):
        weights.append(tensor[f"W_{layer}"].clone().requires_grad_())
        h = torch.nn.functional.linear(x, weights[-1], tensor[f"b_{layer}"].reshape(-1))
        if architecture["id"] == "preactivation_residual" and layer >= 3 and layer % 2 == 1:
            h = skip * hs[-2] + branch * h
        h.retain_grad()
        hs.append(h)
        if normalisation == "batch":
            h = torch.nn.functional.batch_norm(h, None, None, training=True, eps=1e-5)
        elif normalisation == "layer":
            h = torch.nn.functional.layer_norm(h, h.shape[1:], eps=1e-5)
        value = activation(h)
        adds = architecture["id"] == "residual" and x.shape == value.shape
        x = skip * x + branch * value if adds else value
    (x * tensor["v"].T).sum().backward()
    return [h.grad for h in hs], [weight.grad for weight in weights], start.grad


def main():
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed")
        return 77
    worst, failures = 0.0, []
    for name, flags in SPECS.items():
        with tempfile.TemporaryDirectory() as folder:
            result, arrays = run(sys.argv[1], flags, pathlib.Path(folder))
        batch = result["spec"]["batch"]
        deltas, weights, start = gradients(torch, result["spec"], arrays)
        readings = result["readings"]
        slopes = (start.numpy() @ (arrays["x_0"][:, -1] - arrays["x_0"][:, 0])) / 2
        norms = {name: 10.0 ** np.array(readings[name]["values"])
                 for name in ("gradient_norm", "weight_gradient_norm")}
        pairs = {
            "gradient_norm": (norms["gradient_norm"],
                              [float(d.norm()) / np.sqrt(batch) for d in deltas]),
            "weight_gradient_norm": (norms["weight_gradient_norm"],
                                     [float(w.norm()) / batch for w in weights]),
            "gradient_along_path": (np.array(readings["gradient_along_path"]["values"]),
                                    slopes / np.sqrt(np.mean(slopes**2)))}
        for reading, (found, expected) in pairs.items():
            expected = np.array(expected)
            off = np.abs(found - expected).max() / np.abs(expected).max()
            worst = max(worst, off)
            if not off <= TOLERANCE:
                failures.append(f"{name}: {reading} is off by {off:.3g}")
    print("\n".join(failures) or f"{len(SPECS)} networks, largest relative difference {worst:.2g}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
