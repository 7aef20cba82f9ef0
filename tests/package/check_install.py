"""Installs into a root of its own, compares the files and runs the program from there."""

import os
import shutil
import tempfile

from package import BUILD, FILES, ROOT, check_program, expect, files_below, run

shutil.rmtree(ROOT, ignore_errors=True)
run(os.environ["INITLENS_CMAKE"], "--install", BUILD, "--prefix", "/usr",
    env={**os.environ, "DESTDIR": str(ROOT)})
expect("installed files", sorted(files_below(ROOT)), sorted(FILES))
with tempfile.TemporaryDirectory() as scratch:
    check_program(ROOT / "usr/bin/initlens", scratch)
print(f"{len(FILES)} files")
