#pragma once

namespace initlens::theory {

/// How the weights of a layer are drawn: independent Gaussian numbers, or a scaled orthogonal
/// matrix.
enum class Ensemble { Gaussian, Orthogonal };

} // namespace initlens::theory
