import json
import re

from program import HAS_WINDOW, SMALL, ProgramTest


class Overview(ProgramTest):
    def test_help_and_version(self):
        overview = self.succeed("help")
        self.assertEqual(self.succeed("--help"), overview)
        self.assertEqual(self.succeed("-h"), overview)
        verbs = re.findall(r"^  (\w+) +\S", overview.split("Verbs")[1].split("Examples")[0], re.M)
        for verb in verbs:
            self.assertEqual(self.succeed("help", verb), self.succeed(verb, "--help"))
        self.assertIn("run", verbs)
        self.assertRegex(self.succeed("--version"), r"^initlens \d+\.\d+\.\d+\n$")

    def test_help_of_run_names_every_key_of_a_spec(self):
        text = self.succeed("help", "run")
        for key in self.run_json(*SMALL)["spec"]:
            self.assertIn(f"--{key.replace('_', '-')} ", text)

    def test_examples_of_the_help_are_understood(self):
        """Every example runs, made small where it may be."""
        for verb in ("help", "run"):
            text = self.succeed("help", verb)
            for line in re.findall(r"^  initlens (run .*)$", text, re.M):
                flags = line.split()
                if "--spec" in flags or ("--chart" in flags and not HAS_WINDOW):
                    continue
                for flag, value in (("--depth", "3"), ("--width", "8")):
                    if flag in flags:
                        del flags[flags.index(flag):flags.index(flag) + 2]
                    flags += [flag, value]
                self.succeed(*flags, cwd=self.folder)

    def test_unknown_words(self):
        self.assertIn("did you mean run?", self.refuse("rn"))
        self.assertIn("did you mean list?", self.refuse("help", "lst"))
        self.assertIn("a verb must come before '--depth'", self.refuse("--depth", "3"))
        self.assertIn("flags only, not 'quickly'", self.refuse("run", "quickly"))
        if not HAS_WINDOW:
            self.assertIn("without its window", self.refuse())


class List(ProgramTest):
    NAMES = ("activations", "initializers", "architectures", "inputs", "diagnostics")

    def test_text_and_json_have_the_same_rows(self):
        for name in self.NAMES:
            rows = json.loads(self.succeed("list", name, "--json"))
            lines = self.succeed("list", name).splitlines()
            self.assertEqual([re.split(" {2,}", line) for line in lines],
                             [[row["id"], row["label"]] for row in rows])
            for row in rows:
                self.assertEqual(set(row), {"id", "label", "group", "formula", "source", "help",
                                            "params"})
                for param in row["params"]:
                    self.assertEqual(set(param), {"key", "label", "help", "initial", "min", "max",
                                                  "options", "integer"})
                    if param["options"]:
                        self.assertIn(param["initial"], param["options"])
                    else:
                        self.assertLessEqual(param["min"], param["initial"])
                        self.assertLessEqual(param["initial"], param["max"])

    def test_presets(self):
        presets = json.loads(self.succeed("list", "presets", "--json"))
        lines = self.succeed("list", "presets").splitlines()
        self.assertEqual([re.split(" {2,}", line) for line in lines],
                         [[preset["id"], preset["label"]] for preset in presets])
        for preset in presets:
            self.assertEqual(list(preset), ["id", "label", "text", "runs"])
            for run in preset["runs"]:
                self.assertEqual(list(run), ["name", "spec"])

    def test_every_row_is_accepted_by_run(self):
        for name, flag in (("activations", "--activation"), ("inputs", "--input")):
            for row in json.loads(self.succeed("list", name, "--json")):
                spec = self.run_json(*SMALL, flag, row["id"])["spec"]
                chosen = spec[flag[2:]]
                self.assertEqual(chosen if isinstance(chosen, str) else chosen["id"], row["id"])

    def test_refusals(self):
        self.assertIn("list needs one of activations", self.refuse("list"))
        self.assertIn("did you mean inputs?", self.refuse("list", "input"))
        self.assertIn("did you mean --json?", self.refuse("list", "inputs", "--jsn"))
        self.assertIn("'inputs' too", self.refuse("list", "activations", "inputs"))


class Presets(ProgramTest):
    def test_every_run_of_every_preset_is_accepted(self):
        for preset in json.loads(self.succeed("list", "presets", "--json")):
            names = [preset["id"]] + [f"{preset['id']}:{run['name']}" for run in preset["runs"]]
            specs = [preset["runs"][0]["spec"]] + [run["spec"] for run in preset["runs"]]
            for name, spec in zip(names, specs):
                taken = self.run_json("--preset", name, *SMALL)["spec"]
                small = {"depth": 3, "width": 8, "batch": 4, "histogram_layer": 0}
                self.assertEqual(taken, {**spec, **small})

    def test_flags_override_the_preset(self):
        spec = self.run_json("--preset", "relu_he_glorot", "--depth", "40", "--width", "8",
                             "--activation", "tanh")["spec"]
        self.assertEqual((spec["depth"], spec["activation"]), (40, "tanh"))
        self.assertEqual((spec["initializer"], spec["histogram_layer"]), ("he_normal", 32))
        self.assertIn("histogram_layer", self.refuse("run", "--preset", "relu_he_glorot", "--depth",
                                                     "20", "--histogram-layer", "32"))

    def test_refusals(self):
        unknown = self.refuse("run", "--preset", "framework_acuracy")
        self.assertIn("did you mean framework_accuracy?", unknown)
        self.assertIn("initlens list presets", unknown)
        self.assertIn("framework_accuracy", self.refuse("run", "--preset", "zzz"))
        for name in ("nothing", ""):
            line = self.refuse("run", "--preset", f"framework_accuracy:{name}")
            self.assertIn("its runs are exact, naive_float64, naive_float32", line)
        both = self.refuse("run", "--preset", "framework_accuracy", "--spec", "missing.json")
        self.assertIn("--preset and --spec exclude each other", both)
        self.assertEqual(both.count(";"), 0)
        self.assertIn("--preset needs a value", self.refuse("run", "--preset"))


class BadFlags(ProgramTest):
    def test_numbers(self):
        cases = {"--depth": ("0", "-1", "2.5", "nan", "inf", "1e400", "100001", "ten", "0x10", "5 "),
                 "--width": ("0", "16385", "1e-3"),
                 "--seed": ("-1", "9007199254740993"),
                 "--bias-std": ("-0.1", "nan", "-inf", "1e7", "1,5"),
                 "--threads": ("0", "1025", "two")}
        for flag, values in cases.items():
            for value in values:
                line = self.refuse("run", flag, value)
                self.assertRegex(line, rf"{flag} must be a (whole )?number from \S+ to \S+, not")
                self.assertEqual(self.refuse("run", f"{flag}={value}"), line)

    def test_choices(self):
        for flags, part in {("--activation", "tahn"): "did you mean tanh?",
                            ("--initializer", "he_nrmal"): "did you mean he_normal?",
                            ("--input", "xyzzy"): "gaussian",
                            ("--precision", "float16"): "float",
                            ("--activation", "leaky_relu:slop=1"): "no parameter 'slop'; it has",
                            ("--activation", "leaky_relu:slope=x"): "slope must be a number from",
                            ("--activation", "leaky_relu:slope=1e9"): "slope must be from",
                            ("--activation", "leaky_relu:slope"): "key=value",
                            ("--activation", "leaky_relu:slope=1,slope=2"): "given twice",
                            ("--activation", "tanh:slope=1"): "takes no parameters",
                            ("--activation", ""): "needs a value"}.items():
            self.assertIn(part, self.refuse("run", *flags))

    def test_flags(self):
        self.assertIn("unknown flag '--dept', did you mean --depth?", self.refuse("run", "--dept", "3"))
        self.assertIn("--depth is given more than once",
                      self.refuse("run", "--depth", "3", "--depth=4"))
        self.assertIn("--depth needs a value", self.refuse("run", "--depth"))
        self.assertIn("--depth needs a value", self.refuse("run", "--depth", "--width", "3"))
        self.assertIn("--quiet takes no value", self.refuse("run", "--quiet=yes"))
        self.assertIn("unknown flag '-x'", self.refuse("run", "-x"))

    def test_all_problems_in_one_line(self):
        line = self.refuse("run", "--depth", "0", "--width", "nan", "--activation", "tahn",
                           "--bach", "3", "--output", "/nowhere/at/all.json")
        for part in ("--depth must", "--width must", "tanh", "--batch", "/nowhere/at"):
            self.assertIn(part, line)
        self.assertGreaterEqual(line.count(";"), 4)

    def test_choices_that_do_not_go_together(self):
        self.assertIn("crelu", self.refuse("run", "--initializer", "looks_linear",
                                           "--activation", "relu"))
        self.assertIn("histogram_layer", self.refuse("run", "--depth", "3",
                                                     "--histogram-layer", "4"))

    def test_a_network_beyond_all_memory(self):
        line = self.refuse("run", "--width", "16384", "--depth", "100000", "--batch", "65536")
        self.assertRegex(line, r"\d [KMGT]iB")
