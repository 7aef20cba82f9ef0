"""Compares a result file with the numbers of recompute.Network. Relative differences throughout:
of a base-10 logarithm, the difference times ln 10."""

import numpy as np

from recompute import LN10, Network

PROFILES = {"preactivation_second_moment", "activation_mean", "activation_variance",
            "activation_second_moment", "gradient_norm", "weight_gradient_norm",
            "input_correlation", "gradient_correlation"}
CURVES = {"gradient_along_path", "gradient_autocorrelation", "variance_modes",
          "correlation_modes"}
SHARES = {"dead_fraction", "saturated_fraction"}
HISTOGRAMS = {"preactivation_histogram", "activation_histogram", "weight_histogram"}


def entropy_rank(logs):
    shares = 10.0 ** (logs - logs[0])
    shares /= shares.sum()
    return np.exp(-np.sum(shares * np.log(np.where(shares > 0, shares, 1))))


# What is read off the singular values of one layer: base-10 logarithms and a count of zeros. The
# values themselves are held to an SVD.
SPECTRAL = {
    "jacobian_mean_square": lambda logs, zeros: 2 * logs[0] + np.log10(
        np.sum(10.0 ** (2 * (logs - logs[0]))) / (logs.size + zeros)),
    "jacobian_condition_number": lambda logs, zeros: logs[0] - logs[-1],
    "jacobian_effective_rank": lambda logs, zeros: entropy_rank(logs),
    "jacobian_isometry": lambda logs, zeros: np.mean(
        np.append(np.abs(logs) <= np.log10(2) + 1e-12, np.zeros(int(zeros), bool))),
}
TOP_KEYS = {"initlens", "schema", "spec", "outcome", "events", "timing", "readings", "agreement"}
# What a reading may hold. A key that is not here has no check yet, so it fails.
KEYS = {
    "profile": {"kind", "scope", "scale", "layers", "values", "low", "high", "zero_layers",
                "predicted", "predicted_low", "predicted_high", "why_not"},
    "histogram": {"kind", "layer", "edges", "counts", "exact_zeros", "not_finite"},
    "curve": {"kind", "positions", "values", "companions", "predicted", "why_not"},
    "field": {"kind", "positions", "values"},
    "spectrum": {"kind", "scope", "scale", "layers", "values", "exact_zeros", "resolution",
                 "bound", "carrier", "quantile_levels", "pooled",
                 "predicted", "predicted_low", "predicted_high", "why_not"},
}


class Mismatch(Exception):
    pass


def check(condition, message):
    if not condition:
        raise Mismatch(message)


def relative(found, expected, size):
    """Deviation of one number; `size` is what its rounding error is measured against. Without one
    both are base-10 logarithms."""
    if found is None:  # JSON has no infinities
        check(not np.isfinite(expected), f"null where {expected!r} is right")
        return 0.0
    check(np.isfinite(expected), f"{found!r} where {expected!r} is right")
    if size is None:
        return abs(found - expected) * LN10
    return abs(found - expected) / max(abs(expected), size, 1e-300)


def plain(spec):
    """The spec with every choice as {"id": ..., parameters}, whichever way the file spells it."""
    choices = ("architecture", "activation", "initializer", "input", "precision", "jacobian",
               "spectrum")
    return {key: {"id": value} if key in choices and isinstance(value, str) else value
            for key, value in spec.items()}


class Comparison:
    """One result file against one network. `deviations` collects the largest of each reading."""

    def __init__(self, result, arrays, tolerance, rounding):
        extra = set(result) - TOP_KEYS
        check(not extra, f"the result has {sorted(extra)}, which this script does not check")
        self.spec, self.readings = plain(result["spec"]), result["readings"]
        self.agreements = result.get("agreement", [])
        self.tolerance, self.rounding = tolerance, rounding
        self.network = Network(self.spec, arrays)
        self.deviations, self.numbers = {}, 0

    def run(self):
        for name, reading in self.readings.items():
            extra = set(reading) - KEYS.get(reading.get("kind"), set())
            if name not in SPECTRAL or self.spec["jacobian_samples"] == 1:
                extra |= set(reading) & {"low", "high"}  # one trial has no spread
            check(not extra, f"{name} has {sorted(extra)}, which this script does not check")
            if name in PROFILES | SHARES:
                deviation = self.profile(name, reading)
            elif name in HISTOGRAMS:
                deviation = self.histogram(name, reading)
            elif name in CURVES or name == "gradient_covariance":
                deviation = self.whole_network(name, reading)
            elif name in SPECTRAL:
                deviation = self.spectral(name, reading)
            elif name == "jacobian_singular_values":
                deviation = self.spectrum(reading)
            else:
                raise Mismatch(f"no check for the reading {name}: add it to tests/numpy")
            check(deviation <= self.tolerance, f"{name} is off by {deviation:.3g}")
            self.deviations[name] = deviation
        for agreement in self.agreements:
            self.agreement(agreement)

    def agreement(self, agreement):
        """The number of a comparison with the prediction, from the two columns of the reading."""
        name, found = agreement["diagnostic"], agreement["value"]
        check(set(agreement) == {"diagnostic", "statement", "value"}, f"agreement: keys of {name}")
        check(agreement["statement"].endswith("."), f"agreement: {name} has no sentence")
        self.numbers += 1
        reading = self.readings[name]
        if name == "jacobian_singular_values":  # the predicted density is not in the file
            check(0 <= found <= 1, f"agreement: {name} is {found!r}")
            return
        both = np.array([(layer, measured, predicted) for layer, measured, predicted
                         in zip(reading["layers"], reading["values"], reading["predicted"])
                         if measured is not None and predicted is not None])
        if name == "gradient_norm":
            measured, predicted = (np.polyfit(both[:, 0], both[:, i], 1)[0] for i in (1, 2))
            expected = abs(measured - predicted)
        else:
            errors = np.sort(np.abs(10.0 ** (both[:, 1] - both[:, 2]) - 1))
            expected = errors[errors.size // 2]
        if found is None:
            check(not np.isfinite(expected), f"agreement: null where {expected!r} is right")
        else:
            check(abs(found - expected) <= 1e-9 * max(1, expected),
                  f"agreement: {name} is {found!r}, not {expected!r}")

    def profile(self, name, reading):
        layers = self.network.layers
        check(reading["layers"] == list(range(1, len(layers) + 1)), f"{name}: layers are wrong")
        check(len(reading["values"]) == len(layers), f"{name}: values are missing")
        worst, zeros = 0.0, []
        for layer, found in zip(layers, reading["values"]):
            self.numbers += 1
            if name in SHARES:
                expected, movable = getattr(self.network, name)(layer, self.rounding)
                worst = max(worst, max(0.0, abs(found - expected) - movable))
            else:
                expected, size = getattr(self.network, name)(layer)
                check((size is None) == (reading["scale"] == "log10"), f"{name}: wrong scale")
                worst = max(worst, relative(found, expected, size))
                zeros += [layer.number] if size is None and expected == -np.inf else []
        check(reading.get("zero_layers", []) == zeros, f"{name}: zero_layers is not {zeros}")
        return worst

    def whole_network(self, name, reading):
        positions, expected = getattr(self.network, name)()
        check(np.allclose(reading["positions"], positions, rtol=1e-12, atol=1e-12),
              f"{name}: positions are wrong")
        found = np.array([np.nan if value is None else value for value in reading["values"]])
        check(found.size == expected.size, f"{name}: values are missing")
        for companion in reading.get("companions", []):
            check(len(companion["values"]) == found.size, f"{name}: a companion is too short")
        self.numbers += found.size
        expected = expected.ravel()
        unknown = np.isnan(found)
        # Equal gradients have no autocorrelation but that of rounding.
        check(name == "gradient_autocorrelation" or not unknown.any(), f"{name}: no value")
        return np.abs(found - expected)[~unknown].max(initial=0) / np.abs(expected).max()

    def spectral_samples(self, name, reading):
        """Mean and quantiles over samples, from singular values of NumPy's own."""
        jacobians = self.samples(reading["scope"])
        worst = 0.0
        for i in range(len(reading["layers"])):
            found, noise = [], 0.0
            for _, jacobian, rank in (sample[i] for sample in jacobians):
                logs = np.log10(np.linalg.svd(jacobian, compute_uv=False)[:rank])
                found.append(SPECTRAL[name](logs, min(jacobian.shape) - rank))
                # What rounding does to the smallest value in NumPy.
                noise = max(noise, np.finfo(float).eps * logs.size * self.spec["depth"]
                            * 10.0 ** (logs[0] - logs[-1]))
            for key, expected in (("values", np.mean(found)), ("low", np.quantile(found, 0.16)),
                                  ("high", np.quantile(found, 0.84))):
                self.numbers += 1
                size = None if reading["scale"] == "log10" else 1e-300
                worst = max(worst, relative(reading[key][i], expected, size) - noise)
        return worst

    def spectral(self, name, reading):
        if self.spec["jacobian_samples"] > 1:
            return self.spectral_samples(name, reading)
        spectrum = self.readings["jacobian_singular_values"]
        for key in ("scope", "layers"):
            check(reading[key] == spectrum[key], f"{name}: {key} is not that of the spectrum")
        check(len(reading["values"]) == len(reading["layers"]), f"{name}: values are missing")
        worst, dead = 0.0, []
        for i, found in enumerate(reading["values"]):
            self.numbers += 1
            logs = spectrum["values"][i]
            lost = logs and "bound" in spectrum and spectrum["bound"][i][-1] is None
            if logs is None or (lost and name == "jacobian_condition_number"):
                check(found is None, f"{name}: {found!r} where there is no value")
            elif not logs:
                dead += [reading["layers"][i]] if name == "jacobian_mean_square" else []
                check(found == (0 if name == "jacobian_isometry" else None),
                      f"{name}: {found!r} where everything is zero")
            else:
                expected = SPECTRAL[name](np.array(logs), spectrum["exact_zeros"][i])
                size = None if reading["scale"] == "log10" else 1e-300
                worst = max(worst, relative(found, expected, size))
        check(reading.get("zero_layers", []) == dead, f"{name}: zero_layers is not {dead}")
        return worst

    def histogram(self, name, reading):
        layer = self.spec["histogram_layer"] or self.spec["depth"]
        check(reading["layer"] == layer, f"{name}: layer {reading['layer']}, not {layer}")
        data = self.network.histogram_data(name, self.network.layers[layer - 1]).ravel()
        edges, counts = np.array(reading["edges"]), np.array(reading["counts"])
        # Equal elements stand in one bin without a width.
        one_value = edges.size == 2 and edges[0] == edges[1]
        check(one_value or np.all(np.diff(edges) > 0), f"{name}: edges do not rise")
        check(counts.sum() + reading["not_finite"] == data.size, f"{name}: elements are missing")
        check(reading["not_finite"] == np.sum(~np.isfinite(data)), f"{name}: not_finite is wrong")
        movable = self.nearly_zero(name, self.network.layers[layer - 1])
        check(abs(reading["exact_zeros"] - np.sum(data == 0)) <= movable,
              f"{name}: exact_zeros is wrong")
        self.numbers += counts.size + 2
        # Each bin may lose or win the elements that lie within rounding of its own two edges.
        inside = np.clip(data[np.isfinite(data)], edges[0], edges[-1])
        step = self.rounding * max(np.abs(data).max(), np.abs(edges).max())
        check(np.abs(inside - data[np.isfinite(data)]).max(initial=0) <= step,
              f"{name}: elements lie outside the edges")
        near = np.array([np.sum(np.abs(inside - edge) <= step) for edge in edges])
        off = np.abs(np.histogram(inside, edges)[0] - counts) - near[:-1] - near[1:]
        return max(0.0, off.max()) / data.size

    def nearly_zero(self, name, layer):
        """Elements that are zero on one side of the comparison by rounding alone."""
        if name == "weight_histogram":
            return 0
        size = np.abs(layer.h)
        return np.sum((size > 0) & (size <= self.rounding * size.max())) * len(layer.slope)

    def spectrum(self, reading):
        scope = reading["scope"]
        check(scope == self.spec["jacobian"]["id"], f"scope {scope} is not what the spec says")
        wanted, *others = self.samples(scope)
        check(reading["layers"] == [j[0] for j in wanted], "spectrum: layers are wrong")
        lists = reading["values"], reading["exact_zeros"], reading["resolution"]
        check(all(len(entry) == len(wanted) for entry in lists), "spectrum: layers are missing")
        check(("pooled" in reading) == bool(others), "spectrum: pooled belongs to several samples")
        for i in range(len(wanted) if others else 0):
            self.pooled(reading, i, [wanted[i]] + [other[i] for other in others])
        return max(self.singular_values(jacobian, rank, values, zeros, resolution)
                   for (_, jacobian, rank), values, zeros, resolution in zip(wanted, *lists))

    def samples(self, scope):
        """For every sample its Jacobians at the layers that are asked for."""
        every, last = self.spec["spectrum_every"], self.spec["depth"]
        last = None if scope == "to_output" else last
        return [[j for j in self.network.jacobians(scope, sample)
                 if j[0] % every == 0 or j[0] == last]
                for sample in range(self.spec["jacobian_samples"])]

    def pooled(self, reading, index, jacobians):
        """Values far above rounding; what lies lower is held by singular_values, one by one."""
        pooled, levels = reading["pooled"][index], np.array(reading["quantile_levels"])
        logs = [np.log10(np.linalg.svd(jacobian, compute_uv=False)[:rank])
                for _, jacobian, rank in jacobians]
        check(pooled["replicas"] == len(jacobians), "pooled: replicas are missing")
        check(pooled["exact_zeros"] == sum(min(j.shape) - rank for _, j, rank in jacobians),
              "pooled: exact_zeros is wrong")
        every = np.sort(np.concatenate(logs))[::-1]
        check(len(pooled["values"]) == every.size, "pooled: values are missing")
        self.numbers += every.size + 3 * levels.size
        clear = every > every[0] - 4 if every.size else every
        check(np.abs(np.array(pooled["values"]) - every)[clear].max(initial=0) < 1e-3,
              "pooled: values are wrong")
        single = np.array([np.quantile(one, levels) for one in logs if one.size])
        if len(single) < len(logs):
            return
        for key, expected in (("quantiles", single.mean(axis=0)),
                              ("low", np.quantile(single, 0.16, axis=0)),
                              ("high", np.quantile(single, 0.84, axis=0))):
            clear = expected > every[0] - 4
            check(np.abs(np.array(pooled[key]) - expected)[clear].max(initial=0) < 1e-3,
                  f"pooled: {key} is wrong")

    def singular_values(self, jacobian, rank, values, zeros, resolution):
        expected = np.linalg.svd(jacobian, compute_uv=False)
        check(len(values) + zeros == expected.size, "spectrum: values are missing")
        check(zeros == expected.size - rank, f"spectrum: {zeros} exact zeros, not "
              f"{expected.size - rank}")
        check(all(a >= b for a, b in zip(values, values[1:])), "spectrum: values do not fall")
        self.numbers += expected.size
        if not values:
            return 0.0
        # Both sides have an absolute error near (rounding x depth x largest); a value is held to
        # the tolerance as far above that as its own digits reach.
        noise = 4 * np.finfo(float).eps * max(jacobian.shape) * self.spec["depth"]
        if self.rounding > 1e-9:
            noise = self.rounding
        floor = max(noise * expected[0], 10.0**resolution if resolution is not None else 0.0)
        found = 10.0 ** np.array(values)
        error = np.maximum(np.abs(found - expected[:rank]) - floor, 0.0)
        return float((error / expected[:rank]).max())
