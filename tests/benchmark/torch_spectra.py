"""What a researcher would write to look at the singular values of a Jacobian in PyTorch: multiply
D W in float32 layer by layer and call svdvals of the product at every one. Prints the seconds of
that alone and the rate of a float64 matrix product in flop/s; network, forward pass and import are
not counted.

Usage: torch_spectra.py NETWORK.npz VALUES.npy THREADS, with the network as InitLens saves it."""

import sys
import time

import numpy as np
import torch


def product_rate(size=2048):
    a = torch.full((size, size), 0.5, dtype=torch.float64)
    best = float("inf")
    for _ in range(3):
        begin = time.perf_counter()
        a @ a
        best = min(best, time.perf_counter() - begin)
    return 2 * size**3 / best


def main():
    network, values, threads = np.load(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    depth = max(int(name[2:]) for name in network.files if name.startswith("W_"))
    weights = [torch.from_numpy(network[f"W_{layer}"]).float() for layer in range(1, depth + 1)]
    x = torch.from_numpy(network["x_0"][:, 0]).float()
    slopes = []
    for layer, w in enumerate(weights, 1):
        bias = network[f"b_{layer}"] if f"b_{layer}" in network.files else 0.0
        x = torch.tanh(w @ x + torch.as_tensor(bias).float().flatten())
        slopes.append(1 - x * x)
    rate = product_rate()

    begin = time.perf_counter()
    spectra, product = [], None
    for w, slope in zip(weights, slopes):
        factor = slope[:, None] * w
        product = factor if product is None else factor @ product
        spectra.append(torch.linalg.svdvals(product))
    seconds = time.perf_counter() - begin

    np.save(values, torch.stack(spectra).double().numpy())
    print(seconds, rate)


if __name__ == "__main__":
    main()
