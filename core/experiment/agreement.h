#pragma once

#include <string>
#include <vector>

namespace initlens::experiment {

struct RunRecord;

/// How far a measurement is from its prediction, as one number.
struct Agreement {
    std::string diagnostic; ///< the reading's id
    std::string statement;  ///< one sentence with what it measures, in words or by the number
    double value = 0;       ///< the number: 0 is perfect agreement, infinity beyond all numbers

    friend bool operator==(const Agreement&, const Agreement&) = default;
};

/// For every reading that has a prediction:
/// - the pre-activation second moment: the median over the layers of |measured / predicted - 1|.
/// The
///   prediction is the mean over networks, from which single deep ones stray; so the sentence says
///   first at how many layers the measurement lies within the band of finite width, where there is
///   one;
/// - the gradient norm: |slope - predicted slope| of its log10 by layer, fitted by least squares,
///   in decades a layer;
/// - the singular values of the last layer that has both: the Kolmogorov-Smirnov distance, the
///   largest difference of the two distribution functions. With n independent values it would be
///   below 1.36 / sqrt(n) in 95 % of cases; singular values repel each other and lie closer.
/// Empty without a prediction. `record.agreements` is not looked at.
std::vector<Agreement> agreementsOf(const RunRecord& record);

} // namespace initlens::experiment
