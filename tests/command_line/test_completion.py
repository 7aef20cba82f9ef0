import json
import re

from program import HAS_WINDOW, ProgramTest


class Candidates(ProgramTest):
    def lines(self, *words):
        return self.succeed("completion", "candidates", "--", *words).splitlines()

    def words(self, *words):
        return [line.split("\t")[0] for line in self.lines(*words) if not line.startswith(":")]

    def verbs(self):
        return re.findall(r"^  (\w+) +\S", self.succeed("help").split("Verbs")[1]
                          .split("Examples")[0], re.M)

    def rows(self, name):
        return json.loads(self.succeed("list", name, "--json"))

    def test_first_words(self):
        self.assertEqual(self.words(""), self.verbs() + ["--help", "--version"])
        self.assertEqual(self.words(), self.words(""))
        self.assertEqual(self.lines("ru"), ["run\tdraws a network, runs it and measures it",
                                            ":files .json"])
        self.assertEqual(self.words("--ver"), ["--version"])

    def test_results_to_open(self):
        self.assertEqual(self.lines("one.json", "tw"), [":files .json"])
        self.assertEqual(self.lines("--version", ""), [])

    def test_every_flag_of_every_verb(self):
        for verb in self.verbs():
            flags = re.findall(r"^  (--[\w-]+)", self.succeed("help", verb), re.M)
            self.assertEqual(self.words(verb, "--"), flags + ["--help"])
            for flag in flags:
                self.assertIn(flag, self.words(verb, flag))

    def test_flags_are_given_once(self):
        left = self.words("run", "--depth", "3", "--quiet", "--chart", "a.svg", "--")
        self.assertEqual([flag in left for flag in ("--depth", "--quiet", "--chart", "--width")],
                         [False, False, True, True])

    def test_every_row(self):
        for flag, name in (("--activation", "activations"), ("--initializer", "initializers"),
                           ("--architecture", "architectures"), ("--input", "inputs")):
            rows = self.rows(name)
            ids = [row["id"] for row in rows]
            self.assertEqual(self.words("run", flag, ""), ids)
            self.assertEqual(self.words("theory", f"{flag}="), [f"{flag}={one}" for one in ids])
            for row in rows:
                keys = [f"{row['id']}:{param['key']}=" for param in row["params"]]
                self.assertEqual(self.words("run", flag, f"{row['id']}:"), keys)
        self.assertEqual(self.words("gain", "--activation", "sof"), ["softplus", "softsign"])

    def test_parameters(self):
        for typed, expected in {
                "leaky": ["leaky_relu", "leaky_relu:"],
                "tanh": ["tanh"],
                "leaky_relu:slope=": ["leaky_relu:slope=0.01"],
                "leaky_relu:slope=0.5,": [],
                "nothing:": []}.items():
            self.assertEqual(self.words("run", "--activation", typed), expected)
        scaling = "variance_scaling:scale=2,"
        self.assertEqual(self.words("run", "--initializer", scaling),
                         [f"{scaling}mode=", f"{scaling}distribution="])
        options = next(param["options"] for row in self.rows("initializers")
                       for param in row["params"]
                       if (row["id"], param["key"]) == ("variance_scaling", "mode"))
        self.assertEqual(self.words("run", "--initializer", f"{scaling}mode="),
                         [f"{scaling}mode={option}" for option in options])

    def test_every_preset_and_its_runs(self):
        presets = self.rows("presets")
        self.assertEqual(self.words("run", "--preset", ""), [preset["id"] for preset in presets])
        for preset in presets:
            runs = [f"{preset['id']}:{run['name']}" for run in preset["runs"]]
            self.assertEqual(self.words("run", "--preset", f"{preset['id']}:"), runs)

    def test_files(self):
        for words, expected in {("run", "--output", ""): [":files .json"],
                                ("run", "--save-network=x"): [":files .npz"],
                                ("run", "--chart", "x"): [":files .svg .pdf .png"],
                                ("run", "--csv", ""): [":directories"],
                                ("manual", "--output", ""): [":files"],
                                ("run", "--depth", ""): []}.items():
            self.assertEqual(self.lines(*words), expected)
        diagnostics = [row["id"] for row in self.rows("diagnostics")]
        self.assertEqual(self.words("run", "--chart", "a.svg:"),
                         [f"a.svg:{one}" for one in diagnostics])
        self.assertEqual(self.words("run", "--theme", ""), ["light", "dark", "print"])

    def test_words_of_verbs(self):
        self.assertEqual(self.words("help", "l"), ["list"])
        self.assertEqual(self.words("list", "in"), ["initializers", "inputs"])
        self.assertEqual(self.words("list", "inputs", ""), ["--json", "--help"])
        self.assertEqual(self.words("nothing", ""), [])

    def test_refusals(self):
        self.assertIn("needs one of bash, fish, zsh", self.refuse("completion"))
        self.assertIn("did you mean bash?", self.refuse("completion", "bsh"))
        self.assertIn("needs --", self.refuse("completion", "candidates", "run"))


class Scripts(ProgramTest):
    def test_scripts_go_to_standard_output_or_a_file(self):
        for shell in ("bash", "zsh", "fish"):
            script = self.succeed("completion", shell)
            self.assertIn("completion candidates --", script)
            self.assertEqual(self.succeed("completion", shell, "--output", self.folder / shell), "")
            self.assertEqual((self.folder / shell).read_text(), script)


class Manual(ProgramTest):
    def test_it_has_every_verb_flag_and_row(self):
        page = self.succeed("manual").replace("\\-", "-")
        for verb in re.findall(r"^  (\w+) +\S", self.succeed("help").split("Verbs")[1]
                               .split("Examples")[0], re.M):
            self.assertIn(f'.SH "INITLENS {verb.upper()}"\n', page)
            for flag in re.findall(r"^  (--[\w-]+)", self.succeed("help", verb), re.M):
                self.assertIn(f".TP\n\\fB{flag}\\fR", page)
        for name in ("activations", "initializers", "architectures", "inputs", "diagnostics",
                     "presets"):
            section = page.split(f'.SH "{name.upper()}"\n')[1].split(".SH")[0]
            rows = json.loads(self.succeed("list", name, "--json"))
            self.assertEqual(re.findall(r"^\.TP\n\\fB(\w+)\\fR", section, re.M),
                             [row["id"] for row in rows])

    def test_no_line_is_taken_for_a_request(self):
        for line in self.succeed("manual").splitlines():
            self.assertFalse(line.startswith("'"), line)
            if line.startswith("."):
                self.assertRegex(line, r"^\.(TH|SH|SS|TP|PP|br|nf|fi|ad|nh)\b")

    def test_output(self):
        self.succeed("manual", "--output", self.folder / "initlens.1")
        self.assertEqual((self.folder / "initlens.1").read_text(), self.succeed("manual"))
        self.assertIn("flags only, not 'page'", self.refuse("manual", "page"))


class FilesToOpen(ProgramTest):
    def test_a_file_that_is_not_there(self):
        (self.folder / "there.json").write_text("{}")
        for arguments in (("missing.json",), (self.folder / "there.json", "missing.json"),
                          ("missing.json", self.folder / "there.json")):
            self.assertIn("there is no file 'missing.json'", self.refuse(*arguments))
        self.assertIn("there is no file", self.refuse(self.folder))

    def test_without_a_display(self):
        (self.folder / "result.json").write_text("{}")
        reason = "needs a display" if HAS_WINDOW else "without its window"
        self.assertIn(reason, self.refuse(self.folder / "result.json"))
        self.assertIn(reason, self.refuse())
