#!/usr/bin/env python3
"""Checks what the compiler does not: which folder may include which, where Qt, TBB and QCustomPlot
may appear, how long a file may be, and that every module says what it is.

Usage: check_includes.py ROOT. Prints a line for each breach; exit code 1 when there is one."""

import pathlib
import re
import sys

LONGEST_FILE = 500  # lines; tables of data are exempt
TABLES_OF_DATA = {"core/data/digits_table.cpp"}
README_LINES = range(5, 16)

# What each module of core may include besides itself. Nothing points back.
ARROWS = {
    "base": set(),
    "random": {"base"},
    "activations": {"base", "random"},
    "initializers": {"base", "random"},
    "data": {"base", "random"},
    "network": {"base", "random", "activations", "initializers"},
    "propagation": {"base", "random", "activations", "initializers", "network"},
    "spectrum": {"base", "random", "activations", "initializers", "network", "propagation"},
    "theory": {"base", "activations", "initializers", "network"},
    "diagnostics": {"base", "random", "activations", "initializers", "network", "propagation",
                    "spectrum", "theory"},
}
ARROWS["experiment"] = set(ARROWS) | {"experiment"}
ARROWS["io"] = set(ARROWS)
ARROWS["teaching"] = set(ARROWS)
ARROWS["code"] = {"base", "initializers", "network", "experiment"}

# Which of the top folders' code may be included from where.
TOPS = {
    "core": {"core"},
    "ui": {"core", "ui"},
    "app": {"core", "ui", "app"},
    "tests": {"core", "ui", "app", "tests"},
}
# Headers that only some places may see: pattern, places (a folder or a file), name.
RESERVED = [
    (re.compile(r"(oneapi/)?tbb[/.]"), ("core/base/parallel.cpp",), "TBB"),
    (re.compile(r"qcustomplot"), ("ui/charts/", "tests/ui/charts/"), "QCustomPlot"),
    (re.compile(r"Q[A-Z]|Qt|q[a-z]+\.h$"), ("ui/", "app/", "tests/ui/", "tests/benchmark/"), "Qt"),
]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def sources(root):
    for top in TOPS:
        for path in sorted((root / top).rglob("*")):
            if path.suffix in {".h", ".cpp", ".py"} and path.is_file():
                yield path.relative_to(root).as_posix()


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1) == '"', found.group(2)


def check_include(source, ours, header):
    """What is wrong with one include, or nothing."""
    parts, target = source.split("/"), header.split("/")
    for pattern, places, name in RESERVED:
        if not (ours and target[0] in TOPS) and pattern.match(header):
            return None if source.startswith(places) else f"{name} does not belong here"
    if not ours:
        return None
    if target[0] not in TOPS:
        return f"write the path of {header} from the root of the repository"
    if target[0] not in TOPS[parts[0]]:
        return f"{parts[0]} must not know {target[0]}"
    if parts[0] == "core" and target[0] == "core" and len(parts) > 2:
        module = parts[1]
        if module not in ARROWS:
            return f"the module {module} has no arrows in tests/architecture/check_includes.py"
        if target[1] != module and target[1] not in ARROWS[module]:
            return f"{module} must not know {target[1]}"
    return None


def check_file(root, source):
    text = (root / source).read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > LONGEST_FILE and source not in TABLES_OF_DATA:
        yield f"{source}: {lines} lines, {LONGEST_FILE} are the limit"
    if source.endswith(".py"):
        return
    for number, ours, header in includes(text):
        breach = check_include(source, ours, header)
        if breach:
            yield f"{source}:{number}: {header}: {breach}"


def check_readmes(root):
    for top in ("core", "ui", "app"):
        for folder in sorted(path for path in (root / top).iterdir() if path.is_dir()):
            name = folder.relative_to(root).as_posix()
            readme = folder / "README.md"
            if not any(folder.glob("*.h")) and not any(folder.glob("*.cpp")):
                continue
            if not readme.is_file():
                yield f"{name}: no README.md"
            elif readme.read_text(encoding="utf-8").count("\n") not in README_LINES:
                yield f"{name}/README.md: {README_LINES[0]} to {README_LINES[-1]} lines are asked for"


def breaches(root):
    found, checked = [], 0
    for source in sources(root):
        checked += 1
        found.extend(check_file(root, source))
    found.extend(check_readmes(root))
    return found, checked


def main():
    found, checked = breaches(pathlib.Path(sys.argv[1]))
    for breach in found:
        print(breach)
    print(f"{checked} files, {len(found)} breaches")
    return 1 if found or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
