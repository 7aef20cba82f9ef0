#pragma once

#include "core/spectrum/layer_product.h"

namespace initlens::spectrum {

/// How much work a sketch may be.
struct SketchSize {
    Index vectors = 8; ///< random start vectors, multiplied together
    Index steps = 64;  ///< Golub-Kahan steps; each applies J and its transpose once
};

/// The block form of the bidiagonalisation of Golub and Kahan (1965; Golub, Luk and Overton 1981):
/// orthonormal U and V with
///
///     J V = U B,    J^T U = V B^T + V' C E^T,
///
/// where V begins with random start vectors (uniform on the sphere of the open gates) and E stands
/// for the last columns of U, as many as C has. Both bases are kept orthogonal in full (Larsen
/// 1998). Directions that are lost in rounding are dropped. Left and right are exchanged where J
/// has fewer open rows than columns.
struct Bidiagonalisation {
    Matrix<double> b;        ///< block upper bidiagonal, columns of U by columns of V
    Matrix<double> coupling; ///< C; empty when the space that the start vectors reach is exhausted
    Index start = 0;         ///< start vectors: the first columns of V
    Index space = 0;         ///< dimension that V may have at most
    Index halfRows = 0;      ///< size of B after half of the steps
    Index halfColumns = 0;
    double noise = 0;   ///< estimate of the rounding error of a singular value of B
    bool finite = true; ///< false once an element was infinite or not a number
};

/// `stream` tells the start vectors of one layer from those of another. On the current workers;
/// undefined after a stop request.
Bidiagonalisation bidiagonalise(LayerProduct& product, const SketchSize& size, Index stream,
                                const Execution& execution);

} // namespace initlens::spectrum
