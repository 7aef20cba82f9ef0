"""A deep convolutional network at initialization in PyTorch: draw, forward, backward, and per layer
the activation variance, the norm of the gradient and the norm of the weight gradient. Prints its
seconds, without the import of PyTorch.

Usage: torch_convolutions.py delta|gaussian DEPTH CHANNELS SIZE BATCH THREADS"""

import sys
import time

import torch
import torch.nn.functional as F

KERNEL = 3


def draw(rule, channels):
    weights = torch.zeros(channels, channels, KERNEL, KERNEL)
    if rule == "delta":
        torch.nn.init.orthogonal_(weights[:, :, KERNEL // 2, KERNEL // 2], gain=1.0247)
    else:
        torch.nn.init.normal_(weights, std=1.0247 * (channels * KERNEL**2) ** -0.5)
    return weights.requires_grad_(True)


def main():
    rule, (depth, channels, size, batch, threads) = sys.argv[1], map(int, sys.argv[2:])
    torch.set_num_threads(threads)
    torch.manual_seed(7)

    begin = time.perf_counter()
    weights = [draw(rule, channels) for _ in range(depth)]
    biases = [0.00448 * torch.randn(channels) for _ in range(depth)]
    x = 0.158 * torch.randn(batch, channels, size, size)
    preactivations, variances = [], []
    for w, b in zip(weights, biases):
        h = F.conv2d(F.pad(x, (1, 1, 1, 1), mode="circular"), w, b)
        h.retain_grad()
        x = torch.tanh(h)
        preactivations.append(h)
        variances.append(x.detach().var(unbiased=False))
    v = torch.randn_like(x) / (channels * size**2) ** 0.5
    ((v * x).sum() / batch).backward()
    # Many norms in one call, one synchronisation at the end.
    gradients = torch.stack(torch._foreach_norm([h.grad for h in preactivations]))
    weight_gradients = torch.stack(torch._foreach_norm([w.grad for w in weights]))
    statistics = torch.stack([torch.stack(variances), gradients, weight_gradients]).tolist()
    seconds = time.perf_counter() - begin

    assert len(statistics[0]) == depth
    print(seconds)


if __name__ == "__main__":
    main()
