"""A processor that is too old is refused in one sentence, before main. Needs an emulator. Usage:
check_older_processor.py PROGRAM."""

import shutil
import subprocess
import sys

emulator = shutil.which("qemu-x86_64")
if emulator is None:
    print("skipped: qemu-x86_64 is not installed")
    sys.exit(77)
done = subprocess.run([emulator, "-cpu", "core2duo", sys.argv[1]], capture_output=True, text=True)
said = [line for line in done.stderr.splitlines() if not line.startswith("qemu")]
if done.returncode != 2 or len(said) != 1 or "x86-64-v2" not in said[0]:
    print(done)
    sys.exit(1)
