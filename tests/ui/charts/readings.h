#pragma once

#include "ui/charts/chart_kind.h"
#include "ui/charts/shown_run.h"

#include <limits>
#include <vector>

namespace initlens::ui::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// The chart of that key; the tests name charts that exist.
ChartId chart(const char* key);

/// log10 values at the layers first, first + 1, ...
diagnostics::ReadingPointer logProfile(const std::string& id, std::vector<double> values,
                                       int first = 1);

/// What theory says of one diagnostic at the layers 1, 2, ...
experiment::PredictionPointer prediction(const std::string& id, std::vector<double> values,
                                         std::vector<double> low = {},
                                         std::vector<double> high = {});
experiment::PredictionPointer noPrediction(const std::string& whyNot);

struct LayerValues {
    int layer = 1;
    std::vector<double> log10Values = {}; ///< descending
    std::int64_t exactZeros = 0;
    double log10Resolution = -infinity;
    bool finite = true; ///< false: the Jacobian is not finite there
};
diagnostics::ReadingPointer spectrum(const std::vector<LayerValues>& layers);

diagnostics::ReadingPointer histogram(std::vector<double> edges, std::vector<std::int64_t> counts,
                                      int layer = 1);

/// A visible run of that depth; the first style unless told.
ShownRun run(int id, const QString& name, int depth,
             const std::vector<diagnostics::ReadingPointer>& readings);

/// Three runs of a hundred layers: kept, fading, and vanishing over thirty decades, with spectra.
std::vector<ShownRun> threeRuns();

} // namespace initlens::ui::test
