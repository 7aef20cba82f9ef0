#!/usr/bin/env python3
"""Times whole runs of `initlens run` beside the same work in PyTorch, in alternating rounds, then
prints the canonical workloads of `initlens bench`.

Usage: pytorch_peer.py INITLENS [ROUNDS]. The figure for InitLens is the whole process, start-up and
result file included; PyTorch's leaves out its import."""

import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from peer import blas_core, clean_environment, run_initlens, run_torch

DEPTH, WIDTH, BATCH = 100, 1000, 128
RULES = {"gaussian": "scaled_gaussian", "orthogonal": "orthogonal"}
SCRIPT = pathlib.Path(__file__).with_name("torch_network.py")


def time_initlens(program, rule, folder):
    begin = time.perf_counter()
    run_initlens(program, "--depth", DEPTH, "--width", WIDTH, "--batch", BATCH,
                 "--activation", "tanh", "--initializer", RULES[rule], "--precision", "float32",
                 "--jacobian", "none", "--output", pathlib.Path(folder) / "result.json")
    return time.perf_counter() - begin


def compare(program, rule, rounds, with_torch):
    threads = len(os.sched_getaffinity(0))
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        time_initlens(program, rule, folder)  # brings program and libraries into memory
        for number in range(1, rounds + 1):
            ours.append(time_initlens(program, rule, folder))
            line = f"  round {number}: InitLens {ours[-1] * 1e3:7.0f} ms"
            if with_torch:
                theirs += run_torch(SCRIPT, rule, DEPTH, WIDTH, BATCH, threads)
                ratio = theirs[-1] / ours[-1]
                line += f"   PyTorch {theirs[-1] * 1e3:7.0f} ms   ratio {ratio:.2f}"
            print(line, flush=True)
    line = f"  median : InitLens {statistics.median(ours) * 1e3:7.0f} ms"
    if with_torch:
        ratio = statistics.median(b / a for a, b in zip(ours, theirs))
        line += f"   PyTorch {statistics.median(theirs) * 1e3:7.0f} ms   ratio {ratio:.2f}"
    print(line)


def main():
    program = sys.argv[1]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with_torch = importlib.util.find_spec("torch") is not None
    if not with_torch:
        print("PyTorch is not installed (on Debian: python3-torch), so there is nothing to compare "
              "with.")
    print(f"OpenBLAS kernels: {blas_core()}; load average {os.getloadavg()[0]:.1f}")
    for rule in RULES:
        print(f"\ndepth {DEPTH}, width {WIDTH}, batch {BATCH}, tanh, float32, {rule} weights:")
        compare(program, rule, rounds, with_torch)
    print()
    return subprocess.run([program, "bench"], env=clean_environment()).returncode


if __name__ == "__main__":
    sys.exit(main())
