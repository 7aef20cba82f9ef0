"""Completion in fish, by fish's own command for it."""

import shlex
import tempfile

from completions import CASES, SCRIPTS, environment
from package import expect, need, run

need("fish")
run("fish", "--no-execute", SCRIPTS["fish"])
with tempfile.TemporaryDirectory() as folder:
    known = environment(folder)
    for words, expected in CASES:
        line = " ".join(["initlens", *words])
        script = f"source {shlex.quote(str(SCRIPTS['fish']))}; complete -C {shlex.quote(line)}"
        found = [reply.split("\t")[0].removesuffix("/")
                 for reply in run("fish", "--no-config", "-c", script, env=known,
                                  cwd=folder).splitlines()]
        expect(words, sorted(found), sorted(expected))
print(f"{len(CASES)} command lines")
