"""Of Keras 3, JAX and Flax what `initlens code` uses, made of NumPy after their documentation: the
code can be run where they are not installed. It checks shapes, layouts and laws, not the
frameworks."""

import math
import types

import numpy as np

rng = np.random.default_rng(1)


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    return made


def normal(shape):
    return rng.standard_normal(shape).astype(np.float32)


def truncated(low, high, shape):
    values = normal(shape)
    while (outside := (values < low) | (values > high)).any():
        values[outside] = normal(outside.sum())
    return values


def orthogonal(shape):
    """The last axis of the shape are the columns; the shorter side is orthonormal."""
    rows, columns = int(np.prod(shape[:-1])), shape[-1]
    q, r = np.linalg.qr(normal((max(rows, columns), min(rows, columns))))
    q = q * np.sign(np.diag(r))
    return (q.T if rows < columns else q).reshape(shape)


def uniform(shape, low=0.0, high=1.0):
    return rng.uniform(low, high, shape).astype(np.float32)


def erfinv(values):
    """By bisection: the stand-in need not be fast."""
    erf = np.vectorize(math.erf)
    low, high = np.full_like(values, -6.0, dtype=float), np.full_like(values, 6.0, dtype=float)
    for _ in range(40):
        middle = (low + high) / 2
        below = erf(middle) < values
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


class Array(np.ndarray):
    """With the functional update of JAX's arrays, and no update in place."""

    @property
    def at(self):
        array = self

        class At:
            def __getitem__(self, index):
                def set_(values):
                    copy = array.copy()
                    np.asarray(copy)[index] = values
                    return copy
                return types.SimpleNamespace(set=set_)
        return At()


class KerasLayer:
    def __init__(self, units, kernel_size=None, padding="valid", *, kernel_initializer,
                 bias_initializer):
        self.units, self.kernel_size = units, kernel_size
        self.kernel_initializer, self.bias_initializer = kernel_initializer, bias_initializer

    def build(self, shape):
        size = [self.kernel_size] * 2 if self.kernel_size else []
        shape = (*size, shape[-1], self.units)
        self.kernel = self.kernel_initializer(shape, dtype="float32")
        assert self.kernel.shape == shape, (self.kernel.shape, shape)
        biases = self.bias_initializer
        self.bias = np.zeros(self.units) if biases == "zeros" else biases((self.units,), "float32")


def keras_initializer(draw):
    """A class of initializers: its objects are called with a shape and a number format."""
    return lambda *arguments, **named: lambda shape, dtype=None: draw(shape, *arguments, **named)


def keras_modules():
    random = module(
        "keras.random",
        normal=lambda shape, mean=0.0, stddev=1.0, dtype=None: mean + stddev * normal(shape),
        uniform=lambda shape, minval=0.0, maxval=1.0, dtype=None: uniform(shape, minval, maxval),
        truncated_normal=lambda shape, mean=0.0, stddev=1.0, dtype=None:
            mean + stddev * truncated(-2, 2, shape))
    ops = module("keras.ops", erfinv=erfinv, **{name: getattr(np, name) for name in (
        "zeros", "ones", "full", "eye", "tile", "pad", "einsum", "concatenate", "reshape",
        "transpose", "where", "argsort", "zeros_like", "floor", "clip")})
    initializers = module(
        "keras.initializers",
        Orthogonal=keras_initializer(lambda shape, gain=1.0: gain * orthogonal(shape)),
        RandomNormal=keras_initializer(
            lambda shape, mean=0.0, stddev=0.05: mean + stddev * normal(shape)),
        RandomUniform=keras_initializer(
            lambda shape, minval=-0.05, maxval=0.05: uniform(shape, minval, maxval)))
    layers = module("keras.layers", Dense=KerasLayer, Conv2D=KerasLayer)
    utils = module("keras.utils", set_random_seed=lambda seed: None)
    return {"keras": module("keras", random=random, ops=ops, initializers=initializers,
                            layers=layers, utils=utils), "keras.ops": ops}


class Key:
    """Good for one draw."""

    def __init__(self):
        self.used = False

    def use(self):
        assert not self.used, "a key of JAX is used twice"
        self.used = True


def jax_draw(draw):
    def with_key(key, *arguments, **named):
        key.use()
        return np.asarray(draw(*arguments, **named)).view(Array)
    return with_key


def jax_split(key, count=2):
    key.use()
    return [Key() for _ in range(count)]


def jax_modules():
    functions = {name: getattr(np, name) for name in (
        "full", "eye", "tile", "kron", "concatenate", "zeros_like", "array", "float32")}
    jnp = module("jax.numpy", **functions, ones=np.ones,
                 zeros=lambda shape, dtype=None: np.zeros(shape, dtype).view(Array))
    random = module(
        "jax.random", split=jax_split,
        normal=jax_draw(lambda shape, dtype=None: normal(shape)),
        uniform=jax_draw(lambda shape, dtype=None, minval=0.0, maxval=1.0:
                         uniform(shape, minval, maxval)),
        bernoulli=jax_draw(lambda p, shape: rng.random(shape) < p),
        truncated_normal=jax_draw(lambda lower, upper, shape, dtype=None:
                                  truncated(lower, upper, shape)))
    initializers = module(
        "jax.nn.initializers", zeros=lambda key, shape, dtype=None: np.zeros(shape),
        orthogonal=lambda scale=1.0: jax_draw(
            lambda shape, dtype=None: scale * orthogonal(shape)))
    nn = module("jax.nn", initializers=initializers)

    class FlaxLayer:
        def __init__(self, inputs, outputs, kernel_size=(), *, padding="SAME", kernel_init,
                     bias_init, rngs):
            shape = (*kernel_size, inputs, outputs)
            self.kernel = kernel_init(Key(), shape, np.float32)
            assert self.kernel.shape == shape, (self.kernel.shape, shape)
            self.bias = bias_init(Key(), (outputs,), np.float32)

    nnx = module("flax.nnx", Linear=FlaxLayer, Conv=FlaxLayer, Rngs=lambda seed: seed)
    return {"jax": module("jax", numpy=jnp, random=random, nn=nn), "jax.numpy": jnp,
            "flax": module("flax", nnx=nnx)}


MODULES = {"keras": keras_modules(), "jax": jax_modules()}
