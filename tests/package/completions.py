"""What the completion of every shell is tried with: the words before the cursor, and what must be
among the candidates, as whole words."""

import os
import pathlib

from package import ROOT, SHARE, clean

CASES = [
    (["ru"], ["run"]),
    (["run", "--dep"], ["--depth"]),
    (["run", "--activation", "leaky"], ["leaky_relu", "leaky_relu:"]),
    (["run", "--activation", "leaky_relu:"], ["leaky_relu:slope="]),
    (["run", "--initializer", "variance_scaling:scale=2,mode=fan_i"],
     ["variance_scaling:scale=2,mode=fan_in"]),
    (["theory", "--activation=hard_"], ["--activation=hard_tanh", "--activation=hard_sigmoid"]),
    (["run", "--preset", "framework_accuracy:naive_float3"], ["framework_accuracy:naive_float32"]),
    (["run", "--spec", "one"], ["one.json"]),
    (["run", "--spec=one"], ["--spec=one.json"]),
    (["run", "--chart", "pict"], ["picture.svg"]),
    (["run", "--chart", "new.svg:gradient_n"], ["new.svg:gradient_norm"]),
    (["run", "--csv", "fol"], ["folder"]),
    (["list", "act"], ["activations"]),
    (["help", "theo"], ["theory"]),
    (["on"], ["one.json"]),
]
SCRIPTS = {"bash": SHARE / "bash-completion/completions/initlens",
           "zsh": SHARE / "zsh/site-functions/_initlens",
           "fish": SHARE / "fish/vendor_completions.d/initlens.fish"}


def environment(folder):
    """The installed program first, and a folder with a few files to complete."""
    folder = pathlib.Path(folder)
    for name in ("one.json", "one.txt", "picture.svg"):
        (folder / name).touch()
    (folder / "folder").mkdir()
    known = clean(folder)
    return {**known, "PATH": os.pathsep.join([str(ROOT / "usr/bin"), known["PATH"]])}
