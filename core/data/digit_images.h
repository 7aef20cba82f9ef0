#pragma once

#include "core/base/matrix.h"

namespace initlens::data {

/// The bundled images of handwritten digits (resources/digits.md): 8 x 8 pixels from 0 to 16, row
/// by row from the top left, and the digit that each shows.
struct DigitImages {
    static constexpr Index count = 1797;
    static constexpr Index pixels = 64;

    static int pixel(Index image, Index pixel);
    static int label(Index image);
};

/// Mean and deviation of each pixel over all images; a pixel that never changes has deviation 0.
struct PixelStatistics {
    Vector<double> mean;
    Vector<double> deviation;
};
PixelStatistics pixelStatistics();

} // namespace initlens::data
