"""What `initlens theory` and `initlens edge` write, against independent values."""

import json
import math
import pathlib

from program import SMALL, ProgramTest

GOLDEN = json.loads((pathlib.Path(__file__).parents[1] / "golden" / "theory.json").read_text())


class Theory(ProgramTest):
    def theory(self, *arguments):
        return json.loads(self.succeed("theory", *arguments))

    def near(self, actual, expected, relative, absolute=0.0):
        self.assertLessEqual(abs(actual - expected), relative * abs(expected) + absolute,
                             (actual, expected))

    def test_mean_field_of_a_chaotic_network(self):
        row = next(r for r in GOLDEN["mean_field"]
                   if (r["act"], r["sigma_w"], r["sigma_b"]) == ("tanh", 1.5, 0.1))
        field = self.theory("--activation", "tanh", "--initializer", "scaled_gaussian:sigma_w=1.5",
                            "--bias-std", "0.1", "--depth", "4")["mean_field"]
        for key in ("q_star", "chi_1", "c_star", "xi_q", "xi_c", "xi_grad"):
            self.near(field[key], row[key], 1e-8)
        self.assertEqual(field["phase"], "chaotic")

    def test_spectrum_with_an_atom(self):
        for row in GOLDEN["jacobian_spectra"]["hard_tanh_orthogonal_critical"][:3]:
            gain, bias = math.sqrt(row["sigma_w2"]), math.sqrt(row["sigma_b2"])
            places = ",".join(repr(point["s"]) for point in row["grid"])
            spectrum = self.theory("--activation", "hard_tanh", "--initializer",
                                   f"orthogonal:gain={gain!r}", "--bias-std", repr(bias),
                                   "--depth", row["L"], "--density-at", places)["spectrum"]
            for moment, expected in zip(spectrum["moments"], row["moments"]):
                self.near(moment, expected, 1e-9)
            self.near(spectrum["s_max"], row["s_max_including_atom"], 1e-9)
            self.near(spectrum["atoms"][0]["mass"], row["atom_at_zero"], 1e-7)
            self.near(spectrum["atoms"][-1]["mass"], row["atom_at_sigma_w_2L"]["weight"], 1e-7)
            for density, point in zip(spectrum["density"]["rho"], row["grid"]):
                self.near(density, point["rho_s"], 1e-6, 1e-9)

    def test_a_run_carries_its_prediction(self):
        run = self.run_json(*SMALL)
        predicted = self.theory(*SMALL)
        for name, reading in predicted["readings"].items():
            self.assertEqual(run["readings"][name]["predicted"], reading["predicted"], name)

    def test_where_theory_does_not_hold(self):
        result = self.theory(*SMALL, "--initializer", "uniform:low=0,high=0.01")
        self.assertIsNone(result["mean_field"])
        self.assertIn("mean 0.005", result["why_not"])
        run = self.run_json(*SMALL, "--initializer", "identity")
        self.assertIn("random", run["readings"]["gradient_norm"]["why_not"])

    def test_refusals(self):
        self.assertIn("--density-at", self.refuse("theory", "--density-at", "1,x"))
        self.assertIn("depth", self.refuse("theory", "--depth", "0"))
        self.assertIn("flags only", self.refuse("theory", "tanh"))
        self.assertIn("no edge of chaos", self.refuse("run", *SMALL, "--activation", "softplus",
                                                      "--initializer", "critical_gaussian"))


class Edge(ProgramTest):
    def edge(self, *arguments):
        return json.loads(self.succeed("edge", *arguments))

    def test_points_by_either_parameter(self):
        for row in GOLDEN["eoc_by_qstar"][:6]:
            [point] = self.edge("--activation", row["act"], "--q-star", row["q_star"])["points"]
            for key in ("sigma_w2", "sigma_b2"):
                self.assertLessEqual(abs(point[key] - row[key]), 1e-8 * row[key])
        points = self.edge("--activation", "gelu", "--sigma-b2", "0.01,0.2")["points"]
        self.assertEqual([point["stable"] for point in points], [False, True])

    def test_no_edge_has_a_reason(self):
        result = self.edge("--activation", "softplus", "--q-star", "0.1,1")
        self.assertEqual(result["points"], [])
        self.assertIn("softplus has no edge of chaos", result["why_not"])

    def test_refusals(self):
        self.assertIn("did you mean tanh?", self.refuse("edge", "--activation", "tnah",
                                                        "--q-star", "1"))
        self.assertIn("either --q-star or --sigma-b2", self.refuse("edge", "--activation", "tanh"))
        self.assertIn("--q-star", self.refuse("edge", "--activation", "tanh", "--q-star", "-1"))
        self.assertIn("needs --activation", self.refuse("edge", "--q-star", "1"))
