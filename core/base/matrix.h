#pragma once

#include <Eigen/Core>

#include <cstdint>

namespace initlens {

/// Column-major dense matrices and vectors; T is float or double.
template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
template <class T>
using Vector = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// Views of memory that somebody else owns: column-major, without gaps between the columns.
template <class T>
using MatrixView = Eigen::Map<Matrix<T>>;
template <class T>
using ConstMatrixView = Eigen::Map<const Matrix<T>>;

using Index = Eigen::Index;

} // namespace initlens
