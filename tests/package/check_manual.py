"""The manual page is set without a warning, and says what the program says."""

import re
import subprocess

from package import ROOT, SHARE, fail, need, run

page = SHARE / "man/man1/initlens.1"
need("groff")
done = subprocess.run(["groff", "-man", "-Tutf8", "-P-cbou", "-ww", "-k", "-rLL=90n", page],
                      capture_output=True, text=True, check=True)
if done.stderr:
    fail(done.stderr)
# Hyphens and quotes must be those that can be copied into a shell.
flags = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", done.stdout))
program = ROOT / "usr/bin/initlens"
wanted = set()
for verb in re.findall(r"^  (\w+) +\S", run(program, "help").split("Verbs")[1]
                       .split("Examples")[0], re.M):
    wanted |= set(re.findall(r"^  (--[\w-]+)", run(program, "help", verb), re.M))
if not wanted or wanted - flags:
    fail(f"the page lacks {sorted(wanted - flags)}")
if "--formula 'x*tanh(log(1+exp(x)))'" not in done.stdout:
    fail("the page's examples cannot be copied")
print(f"{len(wanted)} flags")
