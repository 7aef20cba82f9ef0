#pragma once

#include <vector>

namespace initlens::spectrum {

/// How far noise of independent elements moves the eigenvalues of a symmetric matrix, or the
/// singular values of any: a bound for each of `values` (descending), where an element of the noise
/// has the size `element`.
///
/// A value that stands alone moves by the noise between its own two vectors, about one element, and
/// by the noise squared over the distance to the others (second-order perturbation theory, Stewart
/// and Sun 1990). Values that lie closer together than their noise mix, and k of them spread like
/// the eigenvalues of a random matrix of order k, by two sqrt(k) elements. So the bound of a value
/// is `units` elements where it stands alone and grows with the crowd around it, up to the norm of
/// the noise, while the usual bound takes that norm for all (Weyl 1912).
///
/// `mirrored` says that values also feel the mirror images -values, and zeros, as singular values
/// do; then `others` counts rows and columns.
struct Noise {
    double element = 0;
    double units = 4;
    bool mirrored = false;
    double others = 0;
};
std::vector<double> noiseBounds(const std::vector<double>& values, const Noise& noise);

} // namespace initlens::spectrum
