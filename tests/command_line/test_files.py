import os
import pathlib
import resource

from program import HAS_WINDOW, SMALL, ProgramTest


def small_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))


class BadSpecFiles(ProgramTest):
    def refuse_text(self, text):
        file = self.folder / "spec.json"
        file.write_bytes(text)
        line = self.refuse("run", "--spec", file)
        self.assertIn("spec.json", line)
        return line

    def test_contents(self):
        cases = {b"": "empty",
                 b"{": "ends too early",
                 b"{]": "not valid JSON",
                 b'{"depth": 3} x': "not valid JSON",
                 b'{"depth": "\xff"}': "UTF-8",
                 b"[" * 1_000_000: "64 deep",
                 b'{"a":' * 1_000_000: "64 deep",
                 b'{"depth": ' + b"9" * 10_000 + b"}": "double precision",
                 b'{"depth": 1, "depth": 2}': "twice",
                 b'{"depth": "three"}': "depth: must be a whole number from 1 to 100000",
                 b'{"depht": 3}': "did you mean depth?",
                 b'{"activation": {"id": "tahn"}}': "did you mean tanh?",
                 b'{"schema": 2, "spec": {}}': "newer InitLens (schema 2); this one reads schema 1",
                 b'{"depth": 2}\0 and more': "a zero at byte 12",
                 b'{"schema": 1}': "spec"}
        for text, part in cases.items():
            self.assertIn(part, self.refuse_text(text))

    def test_files_that_are_none(self):
        self.assertIn("No such file", self.refuse("run", "--spec", self.folder / "missing.json"))
        self.assertIn("directory", self.refuse("run", "--spec", self.folder))
        self.assertIn("device", self.refuse("run", "--spec", "/dev/zero"))

    def test_a_truncated_result(self):
        text = self.succeed("run", *SMALL).encode()
        for length in range(1, len(text) - 2, max(1, len(text) // 20)):
            self.refuse_text(text[:length])

    def test_a_name_of_many_lines_stays_in_one(self):
        self.refuse("run", "--spec", self.folder / "two\nlines.json")


class Outputs(ProgramTest):
    def test_places_are_looked_at_before_the_run(self):
        (self.folder / "file").write_text("old")
        endless = ("run", "--depth", "100000", "--width", "512")
        for flags, part in {("--output", self.folder / "no/x.json"): "no directory",
                            ("--output", self.folder): "it is a directory",
                            ("--csv", self.folder / "no/where"): "no directory",
                            ("--csv", self.folder / "file"): "needs a directory",
                            ("--save-network", self.folder / "no/x.npz"): "no directory",
                            ("--save-network", self.folder / "x.zip"): "must be FILE.npz"}.items():
            self.assertIn(part, self.refuse(*endless, *flags))
        both = self.folder / "both.npz"
        self.assertIn("written twice",
                      self.refuse(*endless, "--output", both, "--save-network", both))
        roundabout = self.folder / ".." / self.folder.name / "both.npz"
        self.assertIn("written twice",
                      self.refuse(*endless, "--output", both, "--save-network", roundabout))
        self.assertIn("where --csv writes",
                      self.refuse(*endless, "--output", self.folder / "dead_fraction.csv", "--csv",
                                  self.folder))
        self.assertEqual((self.folder / "file").read_text(), "old")

    def test_full_disks(self):
        self.assertIn("No space left", self.refuse("run", *SMALL, "--output", "/dev/full", code=1))
        with open("/dev/full", "wb") as full:
            self.assertIn("No space left", self.refuse("run", *SMALL, stdout=full,
                                                       capture_output=False, stderr=-1, code=1))

    def test_a_failed_write_keeps_the_old_file(self):
        for flag, name in (("--output", "old.json"), ("--save-network", "old.npz")):
            file = self.folder / name
            file.write_text("old")
            line = self.refuse("run", *SMALL, flag, file, code=1, preexec_fn=small_files)
            self.assertIn("File too large", line)
            self.assertEqual(file.read_text(), "old")
        self.assertEqual(sorted(os.listdir(self.folder)), ["old.json", "old.npz"])

    def test_a_written_result_stays_when_the_network_fails(self):
        result = self.folder / "result.json"
        network = self.folder / "network.npz"
        network.symlink_to("/dev/full")
        self.assertIn("No space left", self.refuse("run", *SMALL, "--output", result,
                                                   "--save-network", network, code=1))
        self.assertIn('"outcome": "finished"', result.read_text())

    def test_devices_and_links(self):
        text = self.succeed("run", *SMALL, "--output", "/dev/stdout")
        self.assertIn('"outcome": "finished"', text)
        (self.folder / "real").mkdir()
        link = self.folder / "link.json"
        link.symlink_to("real/result.json")
        self.succeed("run", *SMALL, "--output", link)
        self.assertTrue(link.is_symlink())
        self.assertIn("finished", (self.folder / "real/result.json").read_text())


class Charts(ProgramTest):
    SUFFIXES = {"svg": b"<?xml", "pdf": b"%PDF-", "png": b"\x89PNG"}

    def setUp(self):
        super().setUp()
        self.endless = ("run", "--depth", "100000", "--width", "512")

    def test_without_charts_they_are_refused(self):
        if not HAS_WINDOW:
            line = self.refuse(*self.endless, "--chart", self.folder / "a.svg")
            self.assertIn("without charts", line)

    def test_charts_are_drawn_without_a_display(self):
        flags, wanted = [], []
        for suffix, magic in self.SUFFIXES.items() if HAS_WINDOW else ():
            for index, name in enumerate(("", ":gradient_norm", ":jacobian_singular_values",
                                          ":jacobian_singular_values@2", ":weight_histogram",
                                          ":jacobian_singular_values/map",
                                          ":jacobian_singular_values@2/linear",
                                          ":gradient_norm/strip", ":activation_mean/strip")):
                file = self.folder / f"chart{index}.{suffix}"
                flags += ["--chart", f"{file}{name}"]
                wanted.append((file, magic))
        for method in ("exact", "sketch"):
            self.succeed("run", *SMALL, "--spectrum", method, "--size", "80x60mm", "--dpi", "72",
                         "--theme", "dark", *flags)
            for file, magic in wanted:
                self.assertTrue(file.read_bytes().startswith(magic), file)
                file.unlink()

    def test_charts_of_the_whole_network(self):
        if not HAS_WINDOW:
            return
        cases = {("--input", "line"): ("gradient_along_path", "gradient_autocorrelation",
                                       "gradient_covariance"),
                 ("--architecture", "conv:size=4", "--input", "correlated_pair"):
                     ("variance_modes", "correlation_modes")}
        for flags, names in cases.items():
            charts = [self.folder / f"{name}.svg" for name in names]
            self.succeed("run", *SMALL, *flags, "--csv", self.folder / "sheets",
                         *(part for name, file in zip(names, charts)
                           for part in ("--chart", f"{file}:{name}")))
            for name, file in zip(names, charts):
                self.assertIn(b"<svg", file.read_bytes()[:400])
                lines = (self.folder / "sheets" / f"{name}.csv").read_text().splitlines()
                self.assertIn("position", lines[0])
                self.assertGreater(len(lines), 2)
            self.assertIn("@2", self.refuse("run", *SMALL, *flags, "--chart",
                                            f"{self.folder}/b.svg:{names[0]}@2"))

    def test_refusals_come_before_the_run(self):
        cases = {"a.bmp": "FILE.svg, FILE.pdf or FILE.png",
                 "a": "FILE.svg, FILE.pdf or FILE.png",
                 "a.svg:gradient_nrm": "did you mean gradient_norm?",
                 "a.svg:gradient_norm@2": "takes no @2",
                 "a.svg:gradient_norm/map": "for singular values",
                 "a.svg:jacobian_singular_values/mao": "map, linear or strip, not 'mao'",
                 "a.svg:jacobian_singular_values/strip": "one number a layer",
                 "a.svg:gradient_along_path": "needs an input along a path, not gaussian",
                 "a.svg:variance_modes": "needs images of more than one pixel, which plain has not",
                 "a.svg:correlation_modes": "needs an input of pairs, not gaussian",
                 "a.svg:weight_histogram/strip": "one number a layer",
                 "a.svg:gradient_norm@2/strip": "takes no @2",
                 "a.svg:jacobian_singular_values/linear": "@LAYER/linear",
                 "a.svg:jacobian_singular_values@5/map": "takes no @5",
                 "a.svg:input_correlation": "pairs",
                 "a.svg:jacobian_singular_values@100001": "100000",
                 "a.svg:weight_histogram@2": "histograms are taken at layer 100000",
                 "no/a.svg": "no directory"}
        for text, part in cases.items() if HAS_WINDOW else ():
            line = self.refuse(*self.endless, "--chart", pathlib.Path(self.folder, text))
            self.assertIn(part, line)
        for flags, part in {("--size", "10x10mm"): "--size", ("--size", "big"): "--size",
                            ("--dpi", "0"): "--dpi", ("--theme", "pink"): "--theme"}.items():
            self.assertIn(part, self.refuse(*self.endless, *flags))
        if HAS_WINDOW:
            strip = f"{self.folder}/a.svg:gradient_norm/strip"
            self.assertIn("there is no prediction", self.refuse(
                *self.endless, "--initializer", "identity", "--chart", strip))
            chart = f"{self.folder}/a.svg:jacobian_singular_values"
            self.assertIn("--jacobian none",
                          self.refuse(*self.endless, "--jacobian", "none", "--chart", chart))
            line = self.refuse(*self.endless, "--spectrum-every", "10", "--chart", chart + "@15")
            self.assertIn("no singular values are measured at layer 15", line)
