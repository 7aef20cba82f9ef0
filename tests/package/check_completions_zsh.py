"""Completion in zsh: the function runs with zsh's own commands for candidates and files replaced by
ones that print what they are given."""

import shlex
import tempfile

from completions import CASES, SCRIPTS, environment
from package import expect, need, run

DRIVER = """
setopt null_glob
compdef() {{ }}
compadd() {{ print -rl -- ${{(P)@[-1]}} }}
compset() {{ kept=${{PREFIX%%=*}}=; PREFIX=${{PREFIX#*=}} }}
_files() {{
    local -a names
    case $1 in
        -g) names=($PREFIX${{~2}}) ;;
        -/) names=($PREFIX*(/)) ;;
        *) names=($PREFIX*) ;;
    esac
    (( ${{#names}} )) && print -rl -- $kept${{^names}}
}}
source {script}
words=(initlens {words}) CURRENT={current} PREFIX={typed} kept=
_initlens
"""


need("zsh")
run("zsh", "-n", SCRIPTS["zsh"])
with tempfile.TemporaryDirectory() as folder:
    known = environment(folder)
    for words, expected in CASES:
        driver = DRIVER.format(script=shlex.quote(str(SCRIPTS["zsh"])), current=len(words) + 1,
                               words=" ".join(map(shlex.quote, words)),
                               typed=shlex.quote(words[-1]))
        # The program's own words are cut to what is typed by zsh; here they are so already.
        found = run("zsh", "-f", "-c", driver, env=known, cwd=folder).splitlines()
        expect(words, sorted(found), sorted(expected))
print(f"{len(CASES)} command lines")
