#!/usr/bin/env python3
"""The verifier must be able to fail: a result made here passes, and fails after any change."""

import copy
import json
import unittest

import numpy as np

from compare import Comparison, HISTOGRAMS, Mismatch, PROFILES, SHARES, SPECTRAL
from recompute import Network

SPEC = {"depth": 4, "width": 7, "activation": "relu", "jacobian": "from_input", "batch": 6,
        "spectrum_every": 1, "jacobian_samples": 1, "histogram_layer": 0, "precision": "float64"}


def make_arrays():
    random = np.random.default_rng(5)
    arrays = {"x_0": random.normal(size=(7, 6)), "v": random.normal(size=(7, 6))}
    for l in range(1, 5):
        arrays[f"W_{l}"] = random.normal(size=(7, 7)) * 0.6
        arrays[f"b_{l}"] = random.normal(size=7) * 0.1
    return arrays


def make_result(arrays):
    network = Network({**SPEC, "activation": {"id": "relu"}}, arrays)
    layers, readings = [1, 2, 3, 4], {}
    for name in PROFILES:
        found = [getattr(network, name)(layer) for layer in network.layers]
        readings[name] = {"kind": "profile", "layers": layers, "values": [f[0] for f in found],
                          "scale": "log10" if found[0][1] is None else "linear"}
    for name in SHARES:
        values = [getattr(network, name)(layer, 1e-12)[0] for layer in network.layers]
        readings[name] = {"kind": "profile", "scale": "linear", "layers": layers, "values": values}
    for name in HISTOGRAMS:
        data = network.histogram_data(name, network.layers[-1])
        counts, edges = np.histogram(data, 5)
        readings[name] = {"kind": "histogram", "layer": 4, "edges": edges.tolist(),
                          "counts": counts.tolist(), "exact_zeros": int(np.sum(data == 0)),
                          "not_finite": 0}
    values, zeros = [], []
    for _, jacobian, rank in network.jacobians("from_input"):
        values.append(np.log10(np.linalg.svd(jacobian, compute_uv=False)[:rank]).tolist())
        zeros.append(7 - rank)
    readings["jacobian_singular_values"] = {
        "kind": "spectrum", "scope": "from_input", "scale": "log10", "layers": layers,
        "values": values, "exact_zeros": zeros, "resolution": [-14.0] * 4}
    for name, read_off in SPECTRAL.items():
        found = [float(read_off(np.array(logs), count)) for logs, count in zip(values, zeros)]
        log10 = name in ("jacobian_mean_square", "jacobian_condition_number")
        readings[name] = {"kind": "profile", "scope": "from_input", "layers": layers,
                          "scale": "log10" if log10 else "linear", "values": found}
    return json.loads(json.dumps({"spec": SPEC, "readings": readings}))


def leaves(value, path=()):
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from leaves(entry, (*path, index))
    else:
        yield path


class Verifier(unittest.TestCase):
    def setUp(self):
        self.arrays = make_arrays()
        self.result = make_result(self.arrays)

    def compare(self, result):
        Comparison(result, self.arrays, 1e-9, 1e-12).run()

    def test_right_result_passes(self):
        self.compare(self.result)

    def test_every_changed_number_fails(self):
        for name, reading in self.result["readings"].items():
            for key in ("values", "counts", "exact_zeros", "not_finite", "layers", "layer"):
                for path in leaves(reading[key], (name, key)) if key in reading else ():
                    changed = copy.deepcopy(self.result)
                    place = changed["readings"]
                    for step in path[:-1]:
                        place = place[step]
                    place[path[-1]] += 1e-6 if key == "values" else 1
                    with self.subTest(path=path), self.assertRaises(Mismatch):
                        self.compare(changed)

    def test_number_left_out_fails(self):
        self.result["readings"]["gradient_norm"]["values"][2] = None
        with self.assertRaises(Mismatch):
            self.compare(self.result)

    def test_unknown_reading_fails(self):
        self.result["readings"]["new_diagnostic"] = self.result["readings"]["gradient_norm"]
        with self.assertRaises(Mismatch):
            self.compare(self.result)

    def test_agreement_is_computed_again(self):
        readings = self.result["readings"]
        for name in ("gradient_norm", "preactivation_second_moment"):
            readings[name]["predicted"] = [0.1, 0.2, None, 0.4]
        slopes = [np.polyfit([1, 2, 4], [readings["gradient_norm"][key][i] for i in (0, 1, 3)], 1)[0]
                  for key in ("values", "predicted")]
        squares = np.array(readings["preactivation_second_moment"]["values"])[[0, 1, 3]]
        errors = np.sort(np.abs(10.0 ** (squares - [0.1, 0.2, 0.4]) - 1))
        self.result["agreement"] = [
            {"diagnostic": name, "statement": "A sentence.", "value": value}
            for name, value in (("preactivation_second_moment", errors[1]),
                                ("gradient_norm", abs(slopes[0] - slopes[1])),
                                ("jacobian_singular_values", 0.03))]
        self.compare(self.result)
        for agreement in self.result["agreement"]:
            right = agreement["value"]
            agreement["value"] = right + (1e-6 if right != 0.03 else 1)
            with self.subTest(agreement=agreement), self.assertRaises(Mismatch):
                self.compare(self.result)
            agreement["value"] = right

    def test_unknown_top_level_key_fails(self):
        self.result["new_key"] = []
        with self.assertRaises(Mismatch):
            self.compare(self.result)

    def test_unknown_key_fails(self):
        self.result["readings"]["gradient_norm"]["low"] = [0, 0, 0, 0]
        with self.assertRaises(Mismatch):
            self.compare(self.result)


if __name__ == "__main__":
    unittest.main()
