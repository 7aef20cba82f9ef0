#!/usr/bin/env python3
"""Runs `initlens run` for a table of specs and computes every number of its result files again in
NumPy, from the exported networks alone. Usage: verify_network.py INITLENS [part of a name]

Agreement: 1e-9 relative in float64, 1e-3 in float32."""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

import numpy as np

import specs
from activations import is_defined
from compare import Comparison, Mismatch, plain

TOLERANCE = {"float64": 1e-9, "float32": 1e-3}
# How far rounding may move an element, relative to its neighbours: what may change sides at the
# edge of a histogram bin or at a kink.
ROUNDING = {"float64": 1e-12, "float32": 1e-4}


def list_ids(program, table):
    text = subprocess.run([program, "list", table, "--json"], check=True, capture_output=True,
                          text=True).stdout
    return [row["id"] for row in json.loads(text)]


def run(program, flags, folder):
    result, network = folder / "result.json", folder / "network.npz"
    command = [program, "run", *shlex.split(flags), "--quiet", "--output", result,
               "--save-network", network]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Mismatch(f"exit code {done.returncode}: {done.stderr.strip()}")
    with np.load(network, allow_pickle=False) as arrays:
        return json.loads(result.read_text()), {name: arrays[name] for name in arrays.files}


def activation_of(result):
    return plain(result["spec"])["activation"]["id"]


def main():
    program, wanted = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    rows = {table: list_ids(program, table)
            for table in ("activations", "initializers", "inputs", "architectures")}
    rows["precisions"] = list(TOLERANCE)
    runs = {**specs.TABLE, **specs.for_every_row(rows)}

    largest, failures, numbers, seen = {}, [], 0, set()
    with tempfile.TemporaryDirectory() as folder:
        for name, flags in runs.items():
            if wanted not in name:
                continue
            try:
                result, arrays = run(program, flags, pathlib.Path(folder))
                if not is_defined(activation_of(result)):
                    print(f"ran {name}, but tests/numpy/activations.py does not define it yet")
                    continue
                precision = result["spec"]["precision"]
                comparison = Comparison(result, arrays, TOLERANCE[precision], ROUNDING[precision])
                comparison.run()
            except Mismatch as mismatch:
                failures.append(name)
                print(f"FAILED {name}: {mismatch}\n       initlens run {flags}")
                continue
            numbers += comparison.numbers
            seen |= set(comparison.deviations)
            for reading, deviation in comparison.deviations.items():
                key = reading, precision
                largest[key] = max(largest.get(key, (0.0, "")), (deviation, name))

    print(f"{numbers} numbers of {len(runs) - len(failures)} runs agree; the largest deviations:")
    for (reading, precision), (deviation, name) in sorted(largest.items()):
        print(f"  {reading:28} {precision}  {deviation:8.1e}  {name}")
    unseen = set(list_ids(program, "diagnostics")) - seen
    if unseen and not wanted:
        failures.append("diagnostics")
        print(f"FAILED: no run measured {', '.join(sorted(unseen))}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
