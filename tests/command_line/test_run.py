import json
import os
import pty
import signal
import subprocess

import numpy as np

from program import PROGRAM, SMALL, ProgramTest, initlens


def without_timing(result):
    return {key: value for key, value in result.items() if key != "timing"}


class Run(ProgramTest):
    def test_result_on_standard_output_is_the_file(self):
        printed = self.run_json(*SMALL)
        self.assertEqual(self.succeed("run", *SMALL, "--output", self.folder / "result.json"), "")
        written = json.loads((self.folder / "result.json").read_text())
        self.assertEqual(without_timing(printed), without_timing(written))
        self.assertEqual(printed["schema"], 1)
        self.assertEqual(printed["outcome"], "finished")
        self.assertEqual(printed["readings"]["gradient_norm"]["layers"], [1, 2, 3])
        self.assertGreater(printed["timing"]["total_s"], 0)

    def test_any_number_of_threads_gives_the_same_result(self):
        first, *others = (self.run_json(*SMALL, "--threads", n) for n in (1, 2, 3))
        for other in others:
            self.assertEqual(without_timing(first), without_timing(other))

    def test_flags_reach_the_spec(self):
        spec = self.run_json(*SMALL, "--activation", "leaky_relu:slope=0.25", "--seed", "7",
                             "--initializer=variance_scaling:mode=fan_out,scale=1.5",
                             "--input", "correlated_pair:correlation=0.5", "--bias-std", "0.125",
                             "--precision", "float64", "--jacobian", "none")["spec"]
        self.assertEqual(spec["activation"], {"id": "leaky_relu", "slope": 0.25})
        self.assertEqual(spec["initializer"]["mode"], "fan_out")
        self.assertEqual(spec["initializer"]["scale"], 1.5)
        self.assertEqual((spec["depth"], spec["seed"], spec["bias_std"]), (3, 7, 0.125))
        self.assertEqual((spec["precision"], spec["jacobian"]), ("float64", "none"))

    def test_a_network_in_one_line_reaches_the_spec(self):
        text = "12-8x3 Tanh glorot_normal batch=4 seed=5"
        spec = self.run_json("--network", text, "--jacobian", "none", "--seed", "6")["spec"]
        self.assertEqual([spec[key] for key in ("input_size", "width", "depth", "batch", "seed")],
                         [12, 8, 3, 4, 6])
        self.assertEqual(spec["activation"], "tanh")
        left_out = initlens("run", "--network", "8x3-2 relu batch=4")
        self.assertEqual(left_out.returncode, 0)
        self.assertIn("output layer of 2 units is left out", left_out.stderr.decode())
        self.assertIn("did you mean gelu?", self.refuse("run", "--network", "8x3 gelo"))
        self.assertIn("have one width", self.refuse("run", "--network", "8x3-9x3"))

    def test_a_spec_and_a_result_are_read_back(self):
        spec = self.folder / "spec.json"
        spec.write_text('{"depth": 3, "width": 8, "batch": 4, "activation": "tanh"}')
        first = self.succeed("run", "--spec", spec)
        result = self.folder / "result.json"
        result.write_text(first)
        again = self.run_json("--spec", result)
        self.assertEqual(without_timing(again), without_timing(json.loads(first)))
        other = self.run_json("--spec", result, "--seed", "9", "--activation", "relu")
        self.assertEqual((other["spec"]["seed"], other["spec"]["activation"]), (9, "relu"))
        self.assertEqual(other["spec"]["depth"], 3)

    def test_an_overflow_is_a_result(self):
        flags = ("--depth", "30", "--width", "8", "--batch", "4", "--activation", "linear",
                 "--initializer", "normal:std=1e6")
        result = self.run_json(*flags)
        self.assertIn("overflow at layer", result["events"][0])
        self.assertTrue(any("Jacobian is not finite" in event for event in result["events"]))
        spectrum = result["readings"]["jacobian_singular_values"]
        self.assertEqual((spectrum["values"][-1], spectrum["exact_zeros"][-1]), (None, None))
        csv = self.folder / "csv"
        self.succeed("run", *flags, "--csv", csv)
        self.assertIn("30,nan,nan,nan", (csv / "jacobian_singular_values_layers.csv").read_text())

    def test_the_spec_may_come_through_a_pipe(self):
        text = '{"depth": 2, "width": 8, "batch": 4}'
        done = initlens("run", "--spec", "/dev/stdin", stdin=None, input=text.encode())
        self.assertEqual(json.loads(done.stdout)["spec"]["depth"], 2)

    def test_flags_may_mend_a_spec(self):
        spec = self.folder / "spec.json"
        spec.write_text('{"depth": 3, "width": 8, "batch": 4, "initializer": "looks_linear"}')
        self.assertIn("crelu", self.refuse("run", "--spec", spec))
        self.run_json("--spec", spec, "--activation", "crelu")

    def test_quiet_and_silent_without_a_terminal(self):
        for flags in ((), ("--quiet",)):
            done = initlens("run", *SMALL, *flags)
            self.assertEqual(done.stderr, b"")

    def test_csv(self):
        self.succeed("run", *SMALL, "--csv", self.folder / "csv")
        result = self.run_json(*SMALL)
        table = np.genfromtxt(self.folder / "csv/gradient_norm.csv", delimiter=",", names=True)
        self.assertEqual(list(table["log10_value"]), result["readings"]["gradient_norm"]["values"])
        self.assertEqual(list(table["layer"]), [1, 2, 3])
        for reading in result["readings"]:
            self.assertTrue((self.folder / "csv" / f"{reading}.csv").is_file(), reading)

    def test_network(self):
        file = self.folder / "network.npz"
        for precision in ("float32", "float64"):
            self.succeed("run", *SMALL, "--input-size", "5", "--bias-std", "0.5", "--precision",
                         precision, "--save-network", file)
            with np.load(file, allow_pickle=False) as arrays:
                shapes = {name: arrays[name].shape for name in arrays.files}
                self.assertEqual({arrays[name].dtype.name for name in arrays.files}, {precision})
            self.assertEqual(shapes, {"W_1": (8, 5), "W_2": (8, 8), "W_3": (8, 8), "b_1": (8,),
                                      "b_2": (8,), "b_3": (8,), "x_0": (5, 4), "v": (8, 4)})


class Terminal(ProgramTest):
    def read_terminal(self, descriptor, until=None):
        """What was written to a terminal, to its end or to a given text."""
        seen = b""
        while until is None or until not in seen:
            try:
                part = os.read(descriptor, 4096)
            except OSError:  # how the end of a terminal looks on Linux
                break
            if not part:
                break
            seen += part
        return seen

    def test_a_sketch_is_written_and_read_back(self):
        flags = ("--depth", "2", "--width", "40", "--batch", "2", "--activation", "tanh",
                 "--jacobian", "from_input", "--trials", "2")
        files = ("--output", self.folder / "result.json", "--csv", self.folder / "csv")
        self.succeed("run", *flags, "--spectrum", "sketch", *files)
        readings = json.loads((self.folder / "result.json").read_text())["readings"]
        exact = self.run_json(*flags)["readings"]
        spectrum = readings["jacobian_singular_values"]
        self.assertEqual(spectrum["method"], "sketch")
        self.assertEqual(spectrum["values"], [[], []])
        for sketch, values in zip(spectrum["sketch"], exact["jacobian_singular_values"]["values"]):
            self.assertEqual(sketch["count"], 40)
            self.assertAlmostEqual(sketch["largest"]["values"][0], values[0], delta=1e-9)
            self.assertAlmostEqual(sum(sketch["shares"]) + sketch["share_below"], 1)
        for name in ("mean_square", "condition_number", "effective_rank"):
            np.testing.assert_allclose(readings[f"jacobian_{name}"]["values"],
                                       exact[f"jacobian_{name}"]["values"], rtol=1e-6)
        lines = (self.folder / "csv/jacobian_singular_values_quantiles.csv").read_text().split()
        self.assertEqual(lines[0], "layer,level,log10_singular_value,low,high")
        self.assertEqual(len(lines), 1 + 2 * 7)
        again = self.run_json("--spec", self.folder / "result.json")
        self.assertEqual(again["readings"], readings)

    def test_profiles_of_a_sketch_have_its_errors(self):
        flags = ("--depth", "3", "--width", "300", "--batch", "2", "--activation", "tanh")
        sketch = self.run_json(*flags, "--spectrum", "sketch")["readings"]
        exact = self.run_json(*flags)["readings"]
        for name in ("mean_square", "condition_number", "effective_rank", "isometry"):
            found = sketch[f"jacobian_{name}"]
            self.assertNotIn("low", exact[f"jacobian_{name}"])
            values = np.array(exact[f"jacobian_{name}"]["values"])
            low, high = (np.array(found[end], float) for end in ("low", "high"))
            known = np.isfinite(low) & np.isfinite(high)
            self.assertTrue(np.all(low[known] <= high[known]), name)
            if name == "isometry":  # others can be exact where the vectors span everything
                self.assertTrue(np.all(low < high), name)
            # Two standard errors, here up to four.
            spare = (high - low)[known] / 2 + 1e-9
            self.assertTrue(np.all(values[known] >= low[known] - spare), (name, values, found))
            self.assertTrue(np.all(values[known] <= high[known] + spare), (name, values, found))
            if name != "condition_number":
                self.assertTrue(np.all(known), name)

    def test_summary_for_a_person(self):
        main, side = pty.openpty()
        with subprocess.Popen([PROGRAM, "run", *SMALL], stdin=subprocess.DEVNULL, stdout=side,
                              stderr=subprocess.PIPE) as process:
            os.close(side)
            text = self.read_terminal(main).decode()
            self.assertEqual(process.stderr.read(), b"")
        os.close(main)
        self.assertEqual(process.returncode, 0)
        self.assertIn("depth 3", text)
        self.assertIn("Gradient", text)
        self.assertIn("finished in", text)
        self.assertLess(max(map(len, text.splitlines()[1:])), 110)

    def test_first_interrupt_writes_what_there_is(self):
        main, side = pty.openpty()
        output = self.folder / "partial.json"
        command = [PROGRAM, "run", "--depth", "100000", "--width", "512", "--batch", "1",
                   "--jacobian", "none",
                   "--output", output]
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=side) as process:
            os.close(side)
            self.assertIn(b"%", self.read_terminal(main, until=b"%"))
            process.send_signal(signal.SIGINT)
            rest = self.read_terminal(main)
        os.close(main)
        self.assertEqual(process.returncode, 130)
        self.assertIn(b"initlens: stopped", rest)
        self.assertEqual(json.loads(output.read_text())["outcome"], "cancelled")
        self.assertEqual(os.listdir(self.folder), ["partial.json"])
