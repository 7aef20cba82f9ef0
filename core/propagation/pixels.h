#pragma once

#include "core/base/matrix.h"
#include "core/network/architecture.h"

namespace initlens::propagation {

// Inside the passes an image of C channels is a matrix of C rows whose column p * samples + s is
// pixel p of sample s: a kernel of one tap is then a plain matrix product over all columns, and the
// neighbour of a pixel is a block of columns. Outside, row c * pixels + p of column s holds the
// same number. A dense layer has one pixel, and both are the same.

/// From the outer order (channels * pixels x samples) to the inner one (channels x pixels *
/// samples).
template <class T>
Matrix<T> toPixelColumns(const Matrix<T>& outer, Index pixels);

/// One column of the outer order, for one sample of the inner one.
template <class T>
Vector<double> fromPixelColumns(ConstMatrixView<T> inner, Index pixels, Index sample);

/// Which way a kernel is followed: from the pixels that a tap reads, or back from those that read.
enum class Way { Forward, Backward };

/// Copies columns first .. first + count of `x` moved by one tap: column p * samples + s of the
/// result is the column of `x` that the tap reads there (forward), or that reads it there
/// (backward); zeros beyond the edge with zero padding. Column j of the result begins at
/// `out + j * stride`.
template <class T>
void gatherTap(const network::Geometry& geometry, Index samples, Way way, Index tap,
               ConstMatrixView<T> x, Index first, Index count, T* out, Index stride);

/// The tap in the middle of a kernel, or the one before its centre.
Index centreTap(const network::Geometry& geometry);

} // namespace initlens::propagation
