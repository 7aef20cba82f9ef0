"""What `initlens code` prints. That it draws what InitLens draws is tested in tests/numpy."""

import ast
import json
import re

from program import ProgramTest

FRAMEWORKS = ("pytorch", "keras", "jax", "numpy")


class Code(ProgramTest):
    def code(self, framework, *flags):
        text = self.succeed("code", "--framework", framework, *flags)
        ast.parse(text)
        return text

    def test_every_initializer_is_python_for_every_framework(self):
        dense, kernel = ("--width", "20"), ("--width", "20", "--architecture", "conv:kernel=3")
        crelu = ("--activation", "crelu")
        block = ("--width", "20", "--architecture", "preactivation_residual", "--layer", "3")
        for row in json.loads(self.succeed("list", "initializers", "--json")):
            kinds = [block] if row["group"] == "residual" else [dense, kernel]
            if row["id"] == "looks_linear":
                kinds = [(*kind, *crelu) for kind in kinds]
            for framework in FRAMEWORKS:
                for kind in kinds:
                    flags = ("--initializer", row["id"], *kind)
                    if row["id"] == "lsuv":
                        self.assertIn("depend on the data",
                                      self.refuse("code", "--framework", framework, *flags))
                        continue
                    text = self.code(framework, *flags)
                    self.assertIn(f"def {row['id']}(", text)
                    self.assertLessEqual(max(map(len, text.splitlines())), 99, text)
                    self.assertLessEqual(text.count("\n"), 40, text)

    def test_numbers_of_the_textbook(self):
        text = self.code("pytorch", "--initializer", "glorot_uniform", "--fan-in", "300",
                         "--fan-out", "300")
        self.assertIn("nn.init.uniform_(layer.weight, -0.1, 0.1)", text)
        self.assertIn("nn.init.zeros_(layer.bias)", text)
        self.assertIn("nn.Linear(300, 300)", text)
        text = self.code("numpy", "--initializer", "he_normal", "--fan-in", "200", "--fan-out", "7")
        std = float(re.search(r"high = 0\.0, ([\d.]+)", text).group(1))
        self.assertAlmostEqual(std * 0.87962566103423978, 0.1, places=9)

    def test_layers_of_the_network(self):
        flags = ("--width", "64", "--input-size", "10", "--depth", "3")
        for layer, size in (("1", "nn.Linear(10, 64)"), ("2", "nn.Linear(64, 64)")):
            self.assertIn(size, self.code("pytorch", *flags, "--layer", layer))
        self.assertEqual(self.code("pytorch", *flags),
                         self.code("pytorch", *flags, "--layer", "2"))
        self.assertIn("nn.Linear(10, 64)",
                      self.code("pytorch", "--width", "64", "--input-size", "10", "--depth", "1"))

    def test_a_kernel_of_ones_own(self):
        text = self.code("jax", "--architecture", "conv:kernel=3,padding=zero", "--fan-in", "27",
                         "--fan-out", "576")
        self.assertIn('3, 64, (3, 3), padding="SAME"', text)

    def test_biases(self):
        flags = ("--fan-in", "100", "--fan-out", "50")
        self.assertIn("nn.init.normal_(layer.bias, std=0.3)",
                      self.code("pytorch", "--bias-std", "0.3", *flags))
        self.assertIn("RandomUniform(-0.1, 0.1)",
                      self.code("keras", "--initializer", "torch_linear", *flags))
        critical = self.code("numpy", "--activation", "tanh", "--initializer",
                             "critical_orthogonal:q_star=0.1", *flags)
        self.assertIn("bias = rng.normal(0.0, 0.0288", critical)

    def test_the_spec_may_come_from_a_preset(self):
        self.assertIn("def he_normal", self.code("numpy", "--preset", "relu_he_glorot"))

    def test_the_examples_of_the_help(self):
        for line in self.succeed("help", "code").split("Examples:")[1].split("\n"):
            if line.strip():
                ast.parse(self.succeed(*line.split()[1:]))

    def test_refusals(self):
        numpy = ("--framework", "numpy")
        for flags, reason in (
                ((), "code needs --framework: pytorch, keras, jax, numpy"),
                (("--framework", "tourch"), "unknown framework 'tourch'"),
                ((*numpy, "--layer", "51"), "from 1 to the depth 50, not 51"),
                ((*numpy, "--layer", "0"), "--layer must be a whole number from 1"),
                ((*numpy, "--fan-in", "2.5"), "--fan-in must be a whole number"),
                ((*numpy, "--fan-in", "10", "--architecture", "conv"),
                 "the fan-in must be a multiple of the 9 taps of the kernel, not 10"),
                ((*numpy, "--fan-in", "7", "--activation", "crelu"), "an even number, not 7"),
                ((*numpy, "--initializer", "looks_linear"), "needs the activation crelu"),
                ((*numpy, "--initializer", "fixup"), "residual blocks"),
                ((*numpy, "--initializer", "delta_orthogonal", "--fan-in", "9", "--fan-out", "3"),
                 "at least as many outputs as input channels"),
                ((*numpy, "--initializer", "torch_linear", "--bias-std", "1", "--fan-in", "9"),
                 "bias_std must be 0"),
                ((*numpy, "he_normal"), "flags only")):
            self.assertIn(reason, self.refuse("code", *flags))
