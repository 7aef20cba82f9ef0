#include "core/spectrum/block_measurement.h"
#include "core/spectrum/dense.h"
#include "core/spectrum/quick_measurement.h"
#include "core/spectrum/rows.h"

namespace initlens::spectrum {

namespace {

void measureQuick(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                  const Execution& execution)
{
    if (measureBlocks(factors, request, sink, execution, &measureQuick)) {
        return;
    }
    Request rest = request;
    rest.layers = measureInSinglePrecision(factors, request, sink, execution);
    if (!execution.stopRequested()) {
        measureDense(factors, rest, sink, execution);
    }
}

/// While single precision suffices: the products at twice the speed, and Gram matrices in place of
/// most of the work of the values.
double operations(const ProblemSize& size)
{
    const DenseOperations dense = denseOperations(size);
    return dense.products / 2 + dense.values * 2 / 3;
}

} // namespace

constinit const Method quickRow = {
    .head = {.id = "quick",
             .label = "all values, single precision where it suffices",
             .formula = "float32 product and Gram matrix while the error bound of every value is "
                        "below 1e-3 in log10, the other layers as by exact",
             .source = "Golub and Van Loan 2013, section 8.3; error model of Higham and Mary 2019",
             .help = "All singular values to a quarter of a percent or better, with a bound of the "
                     "error of each, in about two thirds of the time of exact."},
    .measure = &measureQuick,
    .bytes = &denseBytes,
    .operations = &operations,
    .usesBlocks = true};

} // namespace initlens::spectrum
