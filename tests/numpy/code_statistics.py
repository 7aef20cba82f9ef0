"""Whether two sets of matrices or kernels come from one distribution: independent draws along the
first axis, outputs along the second. Every comparison allows five standard errors and more."""

import numpy as np

EXACT = 1e-4  # relative: single precision of the frameworks, digits of the code
ERRORS = 5.5
ENOUGH = 5000  # elements, to know the ends of a bounded law


def spectra(draws):
    """Singular values of every draw: of the flattened matrix, and of what a kernel does to every
    wave of an image with circular padding."""
    values = np.linalg.svd(draws.reshape(*draws.shape[:2], -1), compute_uv=False)
    if draws.ndim < 5:
        return values
    waves = np.fft.fft2(draws, s=(8, 8)).transpose(0, 3, 4, 1, 2)
    blocks = np.linalg.svd(waves, compute_uv=False)
    return np.concatenate([values, blocks.reshape(len(draws), -1)], axis=1)


def traces(draws):
    """Of every draw, flattened with the channels first and with the taps first: where the signs of
    Q are a routine's, they show on the diagonal."""
    for order in (draws, np.moveaxis(draws, 2, -1)):
        matrices = order.reshape(*draws.shape[:2], -1)
        yield np.trace(matrices, axis1=1, axis2=2)


def taps(draws):
    """Which taps of a kernel are ever used."""
    return (draws != 0).any(axis=(0, 1, 2))


def dependent(draws):
    """Which columns are others, or their negatives, in all draws: the signs, else 0."""
    columns = np.moveaxis(draws.reshape(*draws.shape[:2], -1), 2, 0).reshape(
        draws[0, 0].size, -1)
    lengths = np.linalg.norm(columns, axis=1, keepdims=True)
    directions = columns / np.where(lengths > 0, lengths, 1)
    cosines = directions @ directions.T
    return np.where(abs(cosines) > 0.99, np.sign(cosines), 0)


def two_means(ours, theirs):
    """How many standard errors the means of two samples of draws are apart."""
    error = np.sqrt(ours.var() / len(ours) + theirs.var() / len(theirs))
    gap = abs(ours.mean() - theirs.mean())
    size = EXACT * max(abs(ours).max(), abs(theirs).max())
    return 0 if gap <= size else gap / max(error, 1e-300)


def kolmogorov(ours, theirs):
    """Distance of two empirical distribution functions over its scale."""
    ours, theirs = np.sort(ours), np.sort(theirs)
    both = np.concatenate([ours, theirs])
    distance = abs(np.searchsorted(ours, both, "right") / len(ours)
                   - np.searchsorted(theirs, both, "right") / len(theirs)).max()
    return distance * np.sqrt(len(ours) * len(theirs) / len(both))


def counts(draws, axis):
    """The number of elements that are not zero in every row or column, where it is one number and
    some are zero."""
    matrices = draws.reshape(*draws.shape[:2], -1)
    found = set(np.count_nonzero(matrices, axis=axis).ravel())
    return found.pop() if len(found) == 1 and not matrices.all() else None


def bounded(values):
    """Whether the tails are cut off: as many near the largest value as no normal law has."""
    centred = values - values.mean()
    return (centred**4).mean() < 2.6 * (centred**2).mean()**2


def difference(ours, theirs):
    """The first difference found, in words; empty when there is none."""
    if ours.shape != theirs.shape:
        return f"shape {ours.shape[1:]} instead of {theirs.shape[1:]}"
    size = abs(theirs).max()
    if abs(theirs - theirs[0]).max() == 0:  # nothing is random
        gap = abs(ours - theirs).max()
        return f"{gap:.3g} away from what is not random" if gap > EXACT * size else ""
    if ours.ndim > 2:
        for axis, name in ((2, "row"), (1, "column")):
            expected = counts(theirs, axis)
            if expected is not None and counts(ours, axis) != expected:
                return f"not {expected} weights in every {name}"
        found, expected = spectra(ours), spectra(theirs)
        largest = expected.max()
        fixed = (np.ptp(expected, axis=0) <= 1e-9 * largest) & (expected[0] > 1e-3 * largest)
        gap = abs(found - expected[0])[:, fixed]
        if gap.size and gap.max() > EXACT * largest:
            return f"singular values that are fixed differ by {gap.max():.3g}"
        if ours.ndim > 3 and (taps(ours) != taps(theirs)).any():
            return "other taps are zero"
        if (dependent(ours) != dependent(theirs)).any():
            return "other columns depend on each other"
        for found, expected in zip(traces(ours), traces(theirs)):
            if two_means(found, expected) > ERRORS:
                return f"traces {found.mean():.4g} and {expected.mean():.4g}"
    zeros = [(draws == 0).reshape(len(draws), -1).mean(axis=1) for draws in (ours, theirs)]
    if two_means(*zeros) > ERRORS:
        return f"{zeros[0].mean():.4g} of all weights are zero, {zeros[1].mean():.4g} should be"
    present = [draws[draws != 0] for draws in (ours, theirs)]
    for power, name in ((1, "mean"), (2, "mean square")):
        if two_means(*[values**power for values in present]) > ERRORS:
            return f"{name} {(present[0]**power).mean():.5g}, {(present[1]**power).mean():.5g}"
    if kolmogorov(*present) > 2.6:
        return f"distributions {kolmogorov(*present):.3g} apart"
    if present[1].size > ENOUGH and bounded(present[1]):
        for end in (np.min, np.max):
            if abs(end(present[0]) - end(present[1])) > 0.02 * np.ptp(present[1]):
                return f"ends at {end(present[0]):.4g} instead of {end(present[1]):.4g}"
    return ""
