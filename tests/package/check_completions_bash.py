"""Completion in bash: the script is loaded and asked as bash asks it."""

import re
import shlex
import tempfile

from completions import CASES, SCRIPTS, environment
from package import expect, need, run

DRIVER = """
source {script}
COMP_LINE={line} COMP_POINT={point} COMP_WORDS=({words}) COMP_CWORD={last}
_initlens
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def split_as_bash(words):
    """Bash takes : and = for words of their own."""
    pieces = []
    for word in words:
        pieces += [piece for piece in re.split("([:=]+)", word) if piece] or [""]
    return pieces


def candidates(words, **options):
    line = " ".join(["initlens", *words])
    pieces = split_as_bash(["initlens", *words])
    driver = DRIVER.format(script=shlex.quote(str(SCRIPTS["bash"])), line=shlex.quote(line),
                           point=len(line), words=" ".join(map(shlex.quote, pieces)),
                           last=len(pieces) - 1)
    typed = words[-1]
    kept = typed[:len(typed) - len(re.split("[:=]", typed)[-1])]
    return [kept + reply for reply in run("bash", "-c", driver, **options).splitlines()]


need("bash")
run("bash", "-n", SCRIPTS["bash"])
with tempfile.TemporaryDirectory() as folder:
    known = environment(folder)
    for words, expected in CASES:
        expect(words, candidates(words, env=known, cwd=folder), expected)
    registered = run("bash", "-c", f"source {shlex.quote(str(SCRIPTS['bash']))}; "
                     "complete -p initlens", env=known)
    expect("registration", registered, "complete -F _initlens initlens\n")
print(f"{len(CASES)} command lines")
