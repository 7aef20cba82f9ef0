"""What the tests of the package share: places, files that are expected, running a program as a
fresh machine would, and leaving by name where a tool is missing."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

BUILD = pathlib.Path(os.environ["INITLENS_BUILD"])
SOURCE = pathlib.Path(os.environ["INITLENS_SOURCE"])
ROOT = pathlib.Path(os.environ["INITLENS_ROOT"])  # what package_install installs into
SHARE = ROOT / "usr/share"
HAS_WINDOW = os.environ["INITLENS_WINDOW"] == "1"
SANITIZED = os.environ["INITLENS_SANITIZE"] != ""

FILES = {"usr/bin/initlens",
         "usr/share/bash-completion/completions/initlens",
         "usr/share/doc/initlens/CHANGELOG.md",
         "usr/share/doc/initlens/copyright",
         "usr/share/fish/vendor_completions.d/initlens.fish",
         "usr/share/man/man1/initlens.1",
         "usr/share/zsh/site-functions/_initlens"}
if HAS_WINDOW:
    FILES |= {"usr/share/applications/initlens.desktop",
              "usr/share/icons/hicolor/scalable/apps/initlens.svg",
              "usr/share/metainfo/org.initlens.initlens.metainfo.xml",
              "usr/share/mime/packages/initlens.xml"}


def need(*tools):
    """Leaves with 77, which ctest shows as skipped, where one of the tools is missing."""
    for tool in tools:
        if shutil.which(tool) is None:
            print(f"skipped: {tool} is not installed")
            sys.exit(77)


def run(*arguments, **options):
    """Runs a command that must succeed; returns what it says."""
    done = subprocess.run([str(argument) for argument in arguments], text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, **options)
    if done.returncode != 0:
        fail(f"{arguments[0]} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def fail(reason):
    print(reason)
    sys.exit(1)


def expect(what, found, expected):
    if found != expected:
        fail(f"{what}: {found}\nexpected: {expected}")


def files_below(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def clean(folder):
    """An environment that knows nothing of the build, with a home in `folder`."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def check_program(program, scratch):
    """The program runs by itself: version, tables, presets that travel inside, a small network."""
    folder = pathlib.Path(scratch)
    environment = clean(folder)

    def initlens(*arguments):
        return run(program, *arguments, env=environment, cwd=folder)

    version = initlens("--version")
    if not version.startswith("initlens "):
        fail(f"--version says {version}")
    for name in ("activations", "initializers", "presets"):
        if len(json.loads(initlens("list", name, "--json"))) < 5:
            fail(f"list {name} is short")
    small = ("--depth", "4", "--width", "16", "--batch", "8", "--quiet")
    initlens("run", "--preset", "relu_he_glorot", *small, "--output", "result.json")
    expect("outcome", json.loads((folder / "result.json").read_text())["outcome"], "finished")
    if HAS_WINDOW:
        initlens("run", *small, "--input", "digits", "--chart", "chart.svg:gradient_norm")
        if "<svg" not in (folder / "chart.svg").read_text():
            fail("the chart is no SVG")
    dynamic = run("readelf", "-d", program)
    if "RPATH" in dynamic or "RUNPATH" in dynamic:
        fail(f"the program looks for libraries in places of its own:\n{dynamic}")
    # Sanitizers keep the names of sources, to name them.
    for place in () if SANITIZED else (BUILD, SOURCE):
        if os.fsencode(place) in pathlib.Path(program).read_bytes():
            fail(f"the program holds the path {place}")
