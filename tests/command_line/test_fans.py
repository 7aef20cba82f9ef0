"""What `initlens fans` writes."""

import json

from program import ProgramTest


class Fans(ProgramTest):
    def fans(self, *arguments):
        return json.loads(self.succeed("fans", "--json", *arguments))

    def test_a_depthwise_convolution(self):
        report = self.fans("--kernel", "3x3", "--in", "4", "--out", "4", "--depthwise")
        self.assertEqual(report["connections"], {"fan_in": 9, "fan_out": 9})
        torch, keras, flax = report["frameworks"]
        self.assertEqual((torch["shape"], torch["fan_in"], torch["fan_out"]), ([4, 1, 3, 3], 9, 36))
        self.assertEqual((keras["shape"], keras["fan_in"], keras["fan_out"]), ([3, 3, 4, 1], 36, 9))
        self.assertEqual((flax["shape"], flax["fan_in"], flax["fan_out"]), ([3, 3, 1, 4], 9, 36))

    def test_the_examples_of_the_help(self):
        for line in self.succeed("help", "fans").split("Examples:")[1].split("\n"):
            if line.strip():
                self.assertIn("connections", self.succeed(*line.split()[1:]))

    def test_pytorch_agrees(self):
        try:
            import torch
        except ImportError:
            self.skipTest("PyTorch is not installed")
        layers = {("--in", "30", "--out", "20"): torch.nn.Linear(30, 20),
                  ("--in", "12", "--out", "8", "--kernel", "3x5", "--groups", "4"):
                      torch.nn.Conv2d(12, 8, (3, 5), groups=4),
                  ("--in", "4", "--out", "12", "--kernel", "3", "--depthwise"):
                      torch.nn.Conv1d(4, 12, 3, groups=4),
                  ("--in", "12", "--out", "8", "--kernel", "2x3x4", "--groups", "2", "--transposed"):
                      torch.nn.ConvTranspose3d(12, 8, (2, 3, 4), groups=2)}
        for flags, layer in layers.items():
            ours = self.fans(*flags)["frameworks"][0]
            self.assertEqual(tuple(ours["shape"]), tuple(layer.weight.shape))
            self.assertEqual((ours["fan_in"], ours["fan_out"]),
                             torch.nn.init._calculate_fan_in_and_fan_out(layer.weight))

    def test_refusals(self):
        layer = ("--in", "6", "--out", "4")
        for flags, reason in ((("--in", "6"), "fans needs --out"),
                              ((*layer, "--transposed"), "needs --kernel"),
                              ((*layer, "--kernel", "3xx3"), "--kernel"),
                              ((*layer, "--kernel", "3", "--groups", "4"), "groups must divide"),
                              ((*layer, "--kernel", "3", "--depthwise"), "a multiple"),
                              ((*layer, "--kernel", "3", "--depthwise", "--groups", "2"),
                               "neither"),
                              ((*layer, "--kernel", "1x1x1x1"), "one, two or three"),
                              ((*layer, "wide"), "flags only")):
            self.assertIn(reason, self.refuse("fans", *flags))
