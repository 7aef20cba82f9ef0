"""What `initlens gain` writes, and formulas of one's own."""

import json
import math

from program import ProgramTest


class Gain(ProgramTest):
    def gain(self, *arguments):
        return json.loads(self.succeed("gain", *arguments))

    def test_a_formula_is_the_row_it_spells(self):
        row = self.gain("--activation", "mish", "--q", "2")
        typed = self.gain("--formula", "x*tanh(log(1+exp(x)))", "--q", "2")
        for key, value in row["gains"].items():
            self.assertAlmostEqual(typed["gains"][key], value, delta=1e-12)
        self.assertEqual(typed["formula"], "x*tanh(log(1+exp(x)))")
        self.assertEqual(len(typed["fixed_points"]), len(row["fixed_points"]))
        for a, b in zip(typed["edge"], row["edge"]):
            self.assertAlmostEqual(a["sigma_b2"], b["sigma_b2"], delta=1e-12)

    def test_closed_form_and_library(self):
        relu = self.gain("--formula", "max(0,x)")
        self.assertAlmostEqual(relu["gains"]["compromise"], math.sqrt(2), delta=1e-14)
        self.assertTrue(relu["conserved"])
        self.assertEqual(relu["pytorch"]["nonlinearity"], "relu")
        tanh = self.gain("--activation", "tanh")
        self.assertAlmostEqual(tanh["pytorch"]["gain"], 5 / 3, delta=1e-14)
        self.assertAlmostEqual(tanh["pytorch"]["forward_factor"], 1.09526, delta=1e-5)

    def test_fixed_points_at_given_weights(self):
        points = self.gain("--activation", "tanh", "--sigma-w", "1.5", "--bias-std",
                           "0.1")["fixed_points"]
        self.assertEqual([point["stable"] for point in points], [True])
        theory = json.loads(self.succeed("theory", "--activation", "tanh", "--initializer",
                                         "scaled_gaussian:sigma_w=1.5", "--bias-std", "0.1",
                                         "--depth", "3"))["mean_field"]
        self.assertAlmostEqual(points[0]["q"], theory["q_star"], delta=1e-10)
        self.assertAlmostEqual(points[0]["chi_1"], theory["chi_1"], delta=1e-10)

    def test_output_file(self):
        path = self.folder / "gain.json"
        self.assertEqual(self.succeed("gain", "--activation", "selu", "--output", path), "")
        self.assertEqual(json.loads(path.read_text())["activation"], "selu")

    def test_edge_of_a_formula(self):
        typed = json.loads(self.succeed("edge", "--formula", "tanh(x)", "--q-star", "0.5,1"))
        row = json.loads(self.succeed("edge", "--activation", "tanh", "--q-star", "0.5,1"))
        self.assertEqual(typed["formula"], "tanh(x)")
        for a, b in zip(typed["points"], row["points"]):
            self.assertAlmostEqual(a["sigma_w2"], b["sigma_w2"], delta=1e-12)

    def test_refusals(self):
        for formula, reason in (("foo(x)", "unknown name 'foo' at character 1; allowed are x"),
                                ("1/x", "not a finite number at x = 0"), ("3", "no x"),
                                ("x-x", "constant"), ("x +", "it ends where"),
                                ("log(x)", "finite"), ("(x", "not closed")):
            self.assertIn(reason, self.refuse("gain", f"--formula={formula}"))
            self.assertIn(reason, self.refuse("edge", f"--formula={formula}", "--q-star", "1"))
        self.assertIn("needs --activation or --formula", self.refuse("gain"))
        self.assertIn("not both", self.refuse("gain", "--formula", "x", "--activation", "tanh"))
        self.assertIn("--q", self.refuse("gain", "--formula", "x", "--q", "0"))
        self.assertIn("--sigma-w", self.refuse("gain", "--formula", "x", "--sigma-w", "nan"))
        self.assertIn("flags only", self.refuse("gain", "tanh"))
