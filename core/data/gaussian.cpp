#include "core/data/columns.h"
#include "core/data/rows.h"

namespace initlens::data {

namespace {

constexpr ParamSpec paramSpecs[] = {{.key = "std",
                                     .label = "standard deviation",
                                     .help = "Standard deviation of an input.",
                                     .initial = 1,
                                     .min = 1e-30,
                                     .max = 1e6}};

void fill(MatrixView<double> x, const InputRequest& request, const Execution& execution)
{
    fillGaussian(x, request.stream, request.params[0], execution);
}

} // namespace

constinit const Input gaussianRow = {
    .head = {.id = "gaussian",
             .label = "Gaussian",
             .formula = "N(0, std^2), independent",
             .source = "Poole et al. 2016; Schoenholz et al. 2017",
             .help = "What the theory of wide networks assumes. The second moment of an input is "
                     "std^2; any two samples are nearly orthogonal in high dimension.",
             .params = paramSpecs},
    .fill = &fill};

} // namespace initlens::data
