#pragma once

#include "core/base/parallel.h"
#include "core/experiment/run.h"

#include <gtest/gtest.h>

#include <string_view>

namespace initlens::testing {

/// `id` or `id:key=value`, as the command line writes it; the test fails when it is not valid.
template <class Row>
Choice<Row> chosen(std::string_view text)
{
    auto choice = parseChoice(Row::table(), Row::kind, text);
    if (!choice) {
        ADD_FAILURE() << choice.error().message();
        return Choice<Row>(*Row::table().front());
    }
    return *choice;
}

/// A small network in double precision.
struct SpecOptions {
    std::string_view activation = "tanh";
    std::string_view initializer = "glorot_normal";
    std::string_view input = "gaussian";
    std::string_view precision = "float64";
    std::string_view jacobian = "from_input";
    std::int64_t depth = 4;
    std::int64_t width = 20;
    std::int64_t inputSize = 0;
    std::int64_t batch = 6;
    double biasStd = 0;
};

inline experiment::RunSpec makeSpec(const SpecOptions& options)
{
    experiment::RunSpec spec;
    spec.activation = chosen<activations::Activation>(options.activation);
    spec.initializer = chosen<initializers::Initializer>(options.initializer);
    spec.input = chosen<data::Input>(options.input);
    spec.precision = chosen<network::Precision>(options.precision);
    spec.jacobian = chosen<spectrum::Scope>(options.jacobian);
    spec.depth = options.depth;
    spec.width = options.width;
    spec.inputSize = options.inputSize;
    spec.batch = options.batch;
    spec.biasStd = options.biasStd;
    spec.seed = 3;
    return spec;
}

inline experiment::RecordPointer runToEnd(const experiment::RunSpec& spec, int threads = 1,
                                          double memoryLimit = 0)
{
    const auto record = experiment::run(spec, [](const experiment::Event&) {}, Execution{},
                                        {.threads = threads, .memoryLimit = memoryLimit});
    if (!record) {
        ADD_FAILURE() << record.error().message();
        return nullptr;
    }
    return *record;
}

template <class Reading>
const Reading& readingOf(const experiment::RunRecord& record, std::string_view id)
{
    static const Reading nothing;
    const auto* reading = experiment::findReading(record, id);
    if (reading == nullptr || !std::holds_alternative<Reading>(*reading)) {
        ADD_FAILURE() << "no reading " << id;
        return nothing;
    }
    return std::get<Reading>(*reading);
}

} // namespace initlens::testing
