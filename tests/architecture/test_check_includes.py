#!/usr/bin/env python3
"""The checker must be able to fail: each breach, put into a tree that is sound, is found."""

import pathlib
import tempfile
import unittest

from check_includes import breaches

README = "# module\n\nWhat is here.\n\nWhat must not be.\nWhere to add.\n"
SOUND = {
    "core/base/README.md": README,
    "core/base/result.h": "#pragma once\n#include <string>\n",
    "core/base/parallel.cpp": '#include "core/base/result.h"\n#include <tbb/task_arena.h>\n',
    "core/network/README.md": README,
    "core/network/spec.h": '#include "core/activations/activation.h"\n#include <queue>\n',
    "core/io/README.md": README,
    "core/io/file.cpp": '#include "core/experiment/run.h"\n#include <nlohmann/json.hpp>\n',
    "ui/charts/README.md": README,
    "ui/charts/chart.cpp": '#include <QWidget>\n#include <qcustomplot.h>\n',
    "app/main.cpp": '#include "ui/charts/chart.h"\n#include <CLI/CLI.hpp>\n',
    "tests/core/base/test_result.cpp": '#include "core/base/result.h"\n',
}


class Checker(unittest.TestCase):
    def found_with(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**SOUND, **changes}.items():
                if text is not None:
                    path = root / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
            return breaches(root)[0]

    def test_sound_tree_passes(self):
        self.assertEqual(self.found_with({}), [])

    def test_every_breach_is_found(self):
        bad = {
            "arrow points back": {"core/base/result.h": '#include "core/network/spec.h"\n'},
            "theory is not spectrum's": {
                "core/spectrum/README.md": README,
                "core/spectrum/a.cpp": '#include "core/theory/gaussian.h"\n'},
            "core knows ui": {"core/io/file.cpp": '#include "ui/charts/chart.h"\n'},
            "ui knows app": {"ui/charts/chart.cpp": '#include "app/main.h"\n'},
            "Qt in core": {"core/io/file.cpp": "#include <QString>\n"},
            "Qt header in core": {"core/io/file.cpp": "#include <QtCore/qstring.h>\n"},
            "TBB elsewhere": {"core/base/result.h": "#include <tbb/parallel_for.h>\n"},
            "oneAPI's TBB elsewhere": {"core/io/file.cpp": "#include <oneapi/tbb.h>\n"},
            "QCustomPlot elsewhere": {"app/main.cpp": "#include <qcustomplot.h>\n"},
            "relative path": {"core/io/file.cpp": '#include "json_text.h"\n'},
            "unknown module": {"core/extra/README.md": README,
                               "core/extra/a.cpp": '#include "core/base/result.h"\n'},
            "too long": {"core/io/file.cpp": "int a;\n" * 501},
            "no README": {"core/io/README.md": None},
            "README too long": {"core/io/README.md": "line\n" * 16},
            "README too short": {"core/io/README.md": "# io\n"},
        }
        for name, changes in bad.items():
            with self.subTest(name):
                self.assertEqual(len(self.found_with(changes)), 1, name)


if __name__ == "__main__":
    unittest.main()
