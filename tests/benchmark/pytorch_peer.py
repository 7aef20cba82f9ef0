#!/usr/bin/env python3
"""Times whole runs of `initlens run` beside the same work in PyTorch, in alternating rounds, then
prints the canonical workloads of `initlens bench`.

Usage: pytorch_peer.py INITLENS [ROUNDS]. The figure for InitLens is the whole process, start-up and
result file included; PyTorch's leaves out its import. Both get a clean environment: variables that
choose BLAS kernels are cleared, and PyTorch's threads wait passively, without which it fights
Debian's BLAS for the processor."""

import importlib.util
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

DEPTH, WIDTH, BATCH = 100, 1000, 128
RULES = {"gaussian": "scaled_gaussian", "orthogonal": "orthogonal"}
SCRIPT = pathlib.Path(__file__).with_name("torch_network.py")


def clean_environment(**added):
    own = ("OPENBLAS_", "OMP_", "MKL_", "GOTO_", "BLIS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, **added}


def blas_core():
    """The kernels that OpenBLAS picks in the clean environment, asked of a process of its own."""
    question = ("import ctypes; f = ctypes.CDLL('libopenblas.so.0').openblas_get_corename; "
                "f.restype = ctypes.c_char_p; print(f().decode())")
    answer = subprocess.run([sys.executable, "-c", question], env=clean_environment(),
                            capture_output=True, text=True)
    return answer.stdout.strip() or "not told"


def time_initlens(program, rule, folder):
    command = [program, "run", "--depth", str(DEPTH), "--width", str(WIDTH), "--batch", str(BATCH),
               "--activation", "tanh", "--initializer", RULES[rule], "--precision", "float32",
               "--jacobian", "none", "--quiet", "--output", pathlib.Path(folder) / "result.json"]
    begin = time.perf_counter()
    subprocess.run(command, env=clean_environment(), check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - begin


def time_torch(rule, threads):
    command = [sys.executable, SCRIPT, rule, *map(str, (DEPTH, WIDTH, BATCH, threads))]
    done = subprocess.run(command, env=clean_environment(OMP_WAIT_POLICY="passive"), check=True,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return float(done.stdout)


def compare(program, rule, rounds, with_torch):
    threads = len(os.sched_getaffinity(0))
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        time_initlens(program, rule, folder)  # brings program and libraries into memory
        for number in range(1, rounds + 1):
            ours.append(time_initlens(program, rule, folder))
            line = f"  round {number}: InitLens {ours[-1] * 1e3:7.0f} ms"
            if with_torch:
                theirs.append(time_torch(rule, threads))
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
