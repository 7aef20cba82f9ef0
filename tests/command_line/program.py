"""Runs the program as a person does, with what the tests need to know of it."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["INITLENS"]
HAS_WINDOW = os.environ["INITLENS_WINDOW"] == "1"
SMALL = ("--depth", "3", "--width", "8", "--batch", "4")


def initlens(*arguments, **options):
    environment = {**os.environ, "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    environment.pop("QT_QPA_PLATFORM", None)
    settings = {"capture_output": True, "stdin": subprocess.DEVNULL, "env": environment,
                "timeout": 120, **options}
    return subprocess.run([PROGRAM, *map(str, arguments)], **settings)


class ProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def succeed(self, *arguments, **options):
        done = initlens(*arguments, **options)
        self.assertEqual((done.returncode, done.stderr), (0, b""), arguments)
        return (done.stdout or b"").decode()

    def refuse(self, *arguments, code=2, **options):
        """The one line on standard error with which an invocation is refused."""
        done = initlens(*arguments, **options)
        line = done.stderr.decode(errors="replace")
        self.assertEqual(done.returncode, code, line)
        self.assertTrue(line.startswith("initlens: "), line)
        self.assertEqual(line.count("\n"), 1, line)
        self.assertTrue(line.endswith("\n"))
        self.assertIn(done.stdout, (b"", None), "results beside an error")
        return line

    def run_json(self, *arguments):
        return json.loads(self.succeed("run", *arguments))
