#!/usr/bin/env python3
"""Keeps the README's tables equal to the program's: each stands between two comments,
`<!-- table: NAME -->` and `<!-- end -->`, and is made from `initlens list NAME --json`.

Usage: readme_tables.py [--check] INITLENS README.md. Without --check the file is rewritten."""

import json
import pathlib
import re
import subprocess
import sys

BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(program, name):
    text = subprocess.run([program, "list", name, "--json"], check=True, capture_output=True,
                          text=True).stdout
    lines = ["| id | formula | parameters |", "| --- | --- | --- |"]
    for row in json.loads(text):
        params = ", ".join(f"`{param['key']}`" for param in row["params"])
        formula = row["formula"].replace("|", "\\|")
        lines.append(f"| `{row['id']}` | {formula} | {params} |")
    return "\n".join(lines) + "\n"


def main():
    check = sys.argv[1] == "--check"
    program, readme = sys.argv[1 + check], pathlib.Path(sys.argv[2 + check])
    old = readme.read_text(encoding="utf-8")
    new, count = BLOCK.subn(
        lambda block: block.group(1) + table(program, block.group(2)) + block.group(3), old)
    if count == 0:
        print("the README has no table to compare")
        return 1
    if check and new != old:
        print("the README's tables are not the program's; run tests/docs/readme_tables.py on it")
        return 1
    if not check:
        readme.write_text(new, encoding="utf-8")
    print(f"{count} tables")
    return 0


if __name__ == "__main__":
    sys.exit(main())
