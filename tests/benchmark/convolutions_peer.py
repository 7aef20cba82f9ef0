#!/usr/bin/env python3
"""Times deep convolutional networks, forward and backward with all statistics, beside the same work
in PyTorch, in alternating rounds, and prints the memory that ours take.

Usage: convolutions_peer.py INITLENS [ROUNDS]. Our figure is the whole process, start-up and result
file included; PyTorch's leaves out its import."""

import importlib.util
import os
import pathlib
import resource
import statistics
import sys
import tempfile
import time

from peer import blas_core, run_initlens, run_torch

SCRIPT = pathlib.Path(__file__).with_name("torch_convolutions.py")
SIZE, BATCH = 8, 16
# The fixed point q = 1/40 of tanh on the edge of chaos, entered at once.
RULES = {"delta": "delta_orthogonal:gain=1.0247", "gaussian": "scaled_gaussian:sigma_w=1.0247"}
CASES = [(rule, depth, channels) for depth, channels in ((10_000, 16), (1_000, 64))
         for rule in RULES]


def time_initlens(program, rule, depth, channels, folder):
    begin = time.perf_counter()
    run_initlens(program, "--architecture", f"conv:size={SIZE},kernel=3", "--depth", depth,
                 "--width", channels, "--batch", BATCH, "--activation", "tanh", "--initializer",
                 RULES[rule], "--bias-std", 0.00448, "--input", "gaussian:std=0.158",
                 "--precision", "float32", "--jacobian", "none",
                 "--output", pathlib.Path(folder) / "result.json")
    return time.perf_counter() - begin


def compare(program, rule, depth, channels, rounds, with_torch):
    print(f"\n{depth} layers, 3x3, {rule}, {channels} channels, {SIZE} x {SIZE}, batch {BATCH}, "
          f"tanh, float32:")
    threads = len(os.sched_getaffinity(0))
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        time_initlens(program, rule, 10, channels, folder)
        for number in range(1, rounds + 1):
            ours = time_initlens(program, rule, depth, channels, folder)
            line = f"  round {number}: InitLens {ours:6.2f} s"
            if with_torch:
                theirs = run_torch(SCRIPT, rule, depth, channels, SIZE, BATCH, threads)[0]
                ratios.append(theirs / ours)
                line += f"   PyTorch {theirs:6.2f} s   ratio {ratios[-1]:.2f}"
            print(line, flush=True)
    if ratios:
        print(f"  median ratio {statistics.median(ratios):.2f}")


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with_torch = importlib.util.find_spec("torch") is not None
    print(f"OpenBLAS kernels: {blas_core()}; load average {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        time_initlens(program, "delta", 10_000, 16, folder)
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"memory of the first case: {largest:.2f} GiB")
    for case in CASES:
        compare(program, *case, rounds, with_torch)


if __name__ == "__main__":
    main()
