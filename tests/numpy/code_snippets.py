#!/usr/bin/env python3
"""Runs what `initlens code` prints and compares the weights and biases with those that `initlens
run` draws, for every initializer: equal where nothing is random, else equal in distribution. Usage:
code_snippets.py INITLENS FRAMEWORK,... [part of a name]. Leaves with 77 where a framework is not
installed; for keras and jax NumPy then stands in (stand_ins.py)."""

import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

import numpy as np

import code_layers
from code_statistics import difference

DRAWS = 24
FIRST_DRAWS = 5  # of first layers, which take a run each
# Name: flags and layer. Layers of one kind are two apart, so that places in a block are the same.
SETTINGS = {
    "square": ("--width 32", 2),
    "biases": ("--width 24 --bias-std 0.3", 2),
    "wide": ("--width 16 --input-size 40", 1),
    "tall": ("--width 40 --input-size 16", 1),
    "crelu": ("--width 20 --activation crelu", 2),
    "first of a block": ("--width 24 --architecture preactivation_residual", 2),
    "last of a block": ("--width 24 --architecture preactivation_residual", 3),
    "block of one": ("--width 24 --architecture residual", 2),
    "kernel": ("--width 10 --architecture conv:size=4,kernel=3", 2),
    "widening kernel": ("--width 12 --input-size 80 --architecture conv:size=4,kernel=3", 1),
    "even kernel, crelu": ("--width 8 --activation crelu --architecture conv:size=4,kernel=2,"
                           "padding=zero", 2),
}


def rows_of(program):
    text = subprocess.run([program, "list", "initializers", "--json"], check=True,
                          capture_output=True, text=True).stdout
    return json.loads(text)


def choices_of(row):
    """The row as it stands, and with one parameter changed: every option, another number."""
    yield row["id"]
    for param in row["params"]:
        if param["options"]:
            values = [option for option in param["options"] if option != param["initial"]]
        else:
            other = param["initial"] * 1.5 + (param["key"] == "mean")
            values = [min(np.ceil(other) if param["integer"] else other, param["max"])]
        for value in values:
            yield f"{row['id']}:{param['key']}={value}"


def depth_of(layer):
    return 1 if layer == 1 else layer + 2 * (DRAWS - 1)


def output_of(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)


def engine_draws(program, flags, layer, folder):
    """Weights (draws, outputs, inputs, ...) and biases (draws, outputs) of layers of one kind; or
    why the network cannot be drawn, in words."""
    path, drawn = folder / "network.npz", []
    for seed in range(FIRST_DRAWS if layer == 1 else 1):
        done = output_of(program, "run", *flags, "--seed", str(seed), "--batch", "2", "--jacobian",
                         "none", "--precision", "float64", "--quiet", "--save-network", path)
        if done.returncode != 0:
            return done.stderr.strip(), None
        with np.load(path, allow_pickle=False) as network:
            drawn += [(network[f"W_{number}"], network[f"b_{number}"])
                      for number in range(layer, depth_of(layer) + 1, 2)]
    return tuple(np.array(arrays) for arrays in zip(*drawn))


def check(code, drawer, engine):
    """What is wrong with the code of one layer; empty when nothing is."""
    weights, biases = engine
    try:
        drawn = [drawer(code, weights.shape[1:]) for _ in weights]
    except Exception as error:  # whatever the code raises is a failure of the code
        return f"{type(error).__name__}: {error}"
    ours = [np.array(arrays, dtype=float) for arrays in zip(*drawn)]
    return difference(ours[0], weights) or difference(ours[1], biases)


def cases(program, wanted):
    """Every initializer in every setting, in one of them with other parameters too. Blocks matter to
    those that know them."""
    for row in rows_of(program):
        choices = list(choices_of(row))
        knows_blocks = row["group"] == "residual"
        for setting, (flags, layer) in SETTINGS.items():
            if knows_blocks != ("residual" in flags):
                continue
            for choice in choices if setting == "square" or knows_blocks else choices[:1]:
                name = f"{choice}, {setting}"
                if wanted in name:
                    yield name, row["id"], layer, [*shlex.split(flags), "--depth",
                                                   str(depth_of(layer)), "--initializer", choice]


def main():
    program, frameworks = sys.argv[1], sys.argv[2].split(",")
    wanted = sys.argv[3] if len(sys.argv) > 3 else ""
    drawers = {framework: code_layers.drawer(framework) for framework in frameworks}
    missing = [framework for framework, drawer in drawers.items() if drawer is None]
    if missing:
        print(f"{', '.join(missing)} is not installed")
        return 77
    failures, compared, coded, all_rows = [], 0, set(), set()
    with tempfile.TemporaryDirectory() as folder:
        for name, row, layer, flags in cases(program, wanted):
            all_rows.add(row)
            engine = engine_draws(program, flags, layer, pathlib.Path(folder))
            for framework, drawer in drawers.items():
                done = output_of(program, "code", "--framework", framework, "--layer", str(layer),
                                 *flags)
                refusal = done.stderr.strip()
                if done.returncode == 0 and engine[1] is not None:
                    wrong = check(done.stdout, drawer, engine)
                    compared += 1
                    coded.add((row, framework))
                elif row == "lsuv":
                    wrong = "" if "depend on the data" in refusal else f"it says '{refusal}'"
                else:
                    wrong = "" if refusal == engine[0] else f"code says '{refusal}'"
                if wrong:
                    failures.append(f"{name}, {framework}: {wrong}\n{done.stdout}")
    for framework in [] if wanted else frameworks:
        without = [row for row in all_rows if (row, framework) not in coded and row != "lsuv"]
        failures.extend(f"{row} has no code for {framework}" for row in without)
    print("\n".join(failures))
    notes = [framework + code_layers.note(framework) for framework in frameworks]
    print(f"{', '.join(notes)}: {compared} layers of {len(all_rows)} initializers compared, "
          f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
