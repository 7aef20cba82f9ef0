"""What the comparisons share: a clean environment and a way to ask the machine who it is. Variables
that choose BLAS kernels are cleared, and PyTorch's threads wait passively, without which it fights
Debian's BLAS for the processor."""

import os
import subprocess
import sys


def clean_environment(**added):
    own = ("OPENBLAS_", "OMP_", "MKL_", "GOTO_", "BLIS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, **added}


def blas_core():
    """The kernels that OpenBLAS picks in the clean environment, asked of a process of its own."""
    question = ("import ctypes; f = ctypes.CDLL('libopenblas.so.0').openblas_get_corename; "
                "f.restype = ctypes.c_char_p; print(f().decode())")
    answer = subprocess.run([sys.executable, "-c", question], env=clean_environment(),
                            capture_output=True, text=True)
    return answer.stdout.strip() or "not told"


def run_initlens(program, *flags):
    subprocess.run([program, "run", "--quiet", *map(str, flags)], env=clean_environment(),
                   check=True, stdin=subprocess.DEVNULL)


def run_torch(script, *arguments):
    """The numbers that a script prints."""
    done = subprocess.run([sys.executable, script, *map(str, arguments)],
                          env=clean_environment(OMP_WAIT_POLICY="passive"), check=True,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return [float(word) for word in done.stdout.split()]
