"""The script that a researcher would write to look at a network at initialization in PyTorch:
draw, forward, backward, and per layer the activation variance, the norm of the gradient and the
norm of the weight gradient. Prints its seconds, without the import of PyTorch.

Usage: torch_network.py gaussian|orthogonal DEPTH WIDTH BATCH THREADS"""

import sys
import time

import torch


def draw(rule, width):
    weights = torch.empty(width, width)
    if rule == "orthogonal":
        torch.nn.init.orthogonal_(weights)
    else:
        torch.nn.init.normal_(weights, std=width**-0.5)
    return weights.requires_grad_(True)


def main():
    rule, (depth, width, batch, threads) = sys.argv[1], map(int, sys.argv[2:])
    torch.set_num_threads(threads)
    torch.manual_seed(7)

    begin = time.perf_counter()
    weights = [draw(rule, width) for _ in range(depth)]
    x = torch.randn(width, batch)
    preactivations, activations = [], []
    for w in weights:
        h = w @ x
        h.retain_grad()
        x = torch.tanh(h)
        preactivations.append(h)
        activations.append(x)
    v = torch.randn(width, batch) / width**0.5
    ((v * x).sum() / batch).backward()
    statistics = [
        (x.var(unbiased=False).item(), h.grad.norm().item() * batch**0.5, w.grad.norm().item())
        for x, h, w in zip(activations, preactivations, weights)
    ]
    seconds = time.perf_counter() - begin

    assert len(statistics) == depth and all(entry[0] > 0 for entry in statistics)
    print(seconds)


if __name__ == "__main__":
    main()
