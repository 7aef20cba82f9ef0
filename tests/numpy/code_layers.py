"""Runs the code of a framework and returns weights (outputs, inputs) or (outputs, inputs, height,
width), and biases, as NumPy has them. Every run of the tests draws the same numbers."""

import importlib
import sys

import numpy as np

import stand_ins

stood_in = set()
seeds = np.random.default_rng(1)


def next_seed():
    return int(seeds.integers(2**31))


def numpy_layer(code, shape):
    names = {}
    exec(code.replace("default_rng()", f"default_rng({next_seed()})"), names)
    return names["weights"], names["bias"]


def torch_layer(code, shape):
    import torch
    torch.manual_seed(next_seed())
    names = {}
    exec(code, names)
    layer = names["layer"]
    return layer.weight.detach().numpy(), layer.bias.detach().numpy()


def outputs_first(kernel):
    kernel = np.asarray(kernel)
    return kernel.transpose(3, 2, 0, 1) if kernel.ndim == 4 else kernel.T


def keras_layer(code, shape):
    import keras
    keras.utils.set_random_seed(next_seed())
    names = {}
    exec(code, names)
    layer = names["layer"]
    layer.build((None, 8, 8, shape[1]) if len(shape) == 4 else (None, shape[1]))
    return outputs_first(layer.kernel), np.asarray(layer.bias)


def flax_layer(code, shape):
    names = {}
    exec(code.replace("Rngs(0)", f"Rngs({next_seed()})"), names)
    layer = names["layer"]
    return outputs_first(layer.kernel), np.asarray(layer.bias)


# Framework: its modules and what runs its code.
FRAMEWORKS = {"numpy": (["numpy"], numpy_layer), "pytorch": (["torch"], torch_layer),
              "keras": (["keras"], keras_layer), "jax": (["jax", "flax"], flax_layer)}


def drawer(framework):
    modules, run = FRAMEWORKS[framework]
    try:
        for module in modules:
            importlib.import_module(module)
    except ImportError:
        if framework not in stand_ins.MODULES:
            return None
        sys.modules.update(stand_ins.MODULES[framework])
        stood_in.add(framework)
    return run


def note(framework):
    return " (NumPy stands in for it)" if framework in stood_in else ""
