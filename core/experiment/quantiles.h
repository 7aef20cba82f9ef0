#pragma once

#include <vector>

namespace initlens::experiment {

/// Mean of the numbers, and their 16 % and 84 % quantiles (interpolated linearly between order
/// statistics). All not-a-number when one of them is.
struct Spread {
    double mean = 0;
    double low = 0;
    double high = 0;
};
Spread spreadOf(std::vector<double> values);

} // namespace initlens::experiment
