#!/usr/bin/env python3
"""Writes jacobian_spectra.csv from a JSON file of reference values: one number a line.

Usage: make_jacobian_spectra.py REFERENCE.json > jacobian_spectra.csv
"""
import json
import sys

FAMILIES = {
    "linear_gaussian": "gaussian",
    "relu_gaussian": "gaussian",
    "relu_orthogonal": "orthogonal",
    "hard_tanh_orthogonal_critical": "orthogonal",
    "hard_tanh_gaussian_critical": "gaussian",
    "smooth_orthogonal_critical": "orthogonal",
}


def numbers(case):
    """Quantity, its argument, value."""
    for order, moment in enumerate(case["moments"][:4], 1):
        yield "moment", order, moment
    yield "bulk_s_max", 0, case.get("bulk_s_max", case.get("s_max"))
    yield "zero_mass", 0, case.get("atom_at_zero", 0.0)
    atom = case.get("atom_at_sigma_w_2L", {"weight": 0.0})
    yield "atom_mass", 0, atom["weight"]
    if atom["weight"] > 0:
        yield "atom_lambda", 0, atom["location"]
    for point in case["grid"]:
        yield "density", point["s"], point["rho_s"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        reference = json.load(file)["jacobian_spectra"]
    print("activation,ensemble,q,sigma_w2,depth,quantity,argument,value")
    for family, ensemble in FAMILIES.items():
        for case in reference[family]:
            activation = case.get("model", "linear")
            law = (f"{activation},{ensemble},{case.get('q_star', 1.0)!r},{case['sigma_w2']!r},"
                   f"{case['L']}")
            for quantity, argument, value in numbers(case):
                print(f"{law},{quantity},{argument!r},{value!r}")
    for case in reference["lyapunov_gaussian_product"]:
        print(f"linear,gaussian,1.0,{case['sigma_w2']!r},{case['N']},lyapunov,{case['i']},"
              f"{case['exponent']!r}")


if __name__ == "__main__":
    main()
