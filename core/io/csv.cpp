#include "core/io/result_file.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <system_error>

namespace initlens::io {

namespace {

/// One file to be written: its name without the suffix, and its text.
struct Sheet {
    std::string name;
    std::string text;
};

/// Infinities and NaN are "inf", "-inf" and "nan", whatever the sign of the NaN.
std::string cell(double value)
{
    return std::isnan(value) ? "nan" : numberText(value);
}

/// The quantiles of single Jacobians, with their spread.
std::string quantilesText(const diagnostics::Spectrum& spectrum)
{
    std::string text = "layer,replicas,level,log10_mean,log10_low,log10_high\n";
    for (std::size_t i = 0; i < spectrum.pooled.size(); ++i) {
        const auto& pooled = *spectrum.pooled[i];
        for (std::size_t k = 0; k < initlens::spectrum::quantileLevels.size(); ++k) {
            fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{}\n", spectrum.layers[i],
                           pooled.replicas, initlens::spectrum::quantileLevels[k],
                           cell(pooled.quantiles[k]), cell(pooled.low[k]), cell(pooled.high[k]));
        }
    }
    return text;
}

/// Makes the sheets of a reading.
struct SheetMaker {
    std::vector<Sheet>& sheets;

    void operator()(const diagnostics::Profile& profile)
    {
        const bool spread = !profile.low.empty();
        const std::string_view scale = profile.scale == diagnostics::Scale::Log10 ? "log10_" : "";
        std::string text = spread ? fmt::format("layer,{0}value,{0}low,{0}high\n", scale)
                                  : fmt::format("layer,{}value\n", scale);
        auto out = std::back_inserter(text);
        for (std::size_t i = 0; i < profile.layers.size(); ++i) {
            fmt::format_to(out, "{},{}", profile.layers[i], cell(profile.values[i]));
            if (spread) {
                fmt::format_to(out, ",{},{}", cell(profile.low[i]), cell(profile.high[i]));
            }
            text += '\n';
        }
        sheets.push_back({profile.id, std::move(text)});
    }

    void operator()(const diagnostics::Histogram& histogram)
    {
        std::string text = "lower,upper,count\n";
        for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
            fmt::format_to(std::back_inserter(text), "{},{},{}\n", cell(histogram.edges[i]),
                           cell(histogram.edges[i + 1]), histogram.counts[i]);
        }
        sheets.push_back({histogram.id, std::move(text)});
    }

    void operator()(const diagnostics::Curve& curve)
    {
        const bool spread = !curve.low.empty();
        std::string text = spread ? "position,value,low,high" : "position,value";
        auto out = std::back_inserter(text);
        for (const auto& companion : curve.companions) {
            fmt::format_to(out, ",{}", companion.name);
        }
        text += '\n';
        for (std::size_t i = 0; i < curve.positions.size(); ++i) {
            fmt::format_to(out, "{},{}", cell(curve.positions[i]), cell(curve.values[i]));
            if (spread) {
                fmt::format_to(out, ",{},{}", cell(curve.low[i]), cell(curve.high[i]));
            }
            for (const auto& companion : curve.companions) {
                fmt::format_to(out, ",{}", cell(companion.values[i]));
            }
            text += '\n';
        }
        sheets.push_back({curve.id, std::move(text)});
    }

    void operator()(const diagnostics::Field& field)
    {
        const std::size_t count = field.positions.size();
        std::string text = "row_position,column_position,value\n";
        for (std::size_t i = 0; i < field.values.size(); ++i) {
            fmt::format_to(std::back_inserter(text), "{},{},{}\n", cell(field.positions[i / count]),
                           cell(field.positions[i % count]), cell(field.values[i]));
        }
        sheets.push_back({field.id, std::move(text)});
    }

    void operator()(const diagnostics::Spectrum& spectrum)
    {
        std::string values = "layer,index,log10_singular_value,bound\n";
        std::string layers = "layer,values,exact_zeros,log10_resolution\n";
        std::string quantiles = "layer,level,log10_singular_value,low,high\n";
        bool hasSketches = false;
        for (std::size_t i = 0; i < spectrum.layers.size(); ++i) {
            if (spectrum.spectra[i] == nullptr) {
                fmt::format_to(std::back_inserter(layers), "{},nan,nan,nan\n", spectrum.layers[i]);
                continue;
            }
            const auto& layer = *spectrum.spectra[i];
            fmt::format_to(std::back_inserter(layers), "{},{},{},{}\n", spectrum.layers[i],
                           layer.nonZeros(), layer.exactZeros, cell(layer.log10Resolution));
            if (layer.sketch != nullptr) {
                hasSketches = true;
                for (const auto& one : layer.sketch->quantiles) {
                    fmt::format_to(std::back_inserter(quantiles), "{},{},{},{},{}\n",
                                   spectrum.layers[i], cell(one.level), cell(one.value),
                                   cell(one.low), cell(one.high));
                }
            }
            for (std::size_t k = 0; k < layer.log10Values.size(); ++k) {
                fmt::format_to(std::back_inserter(values), "{},{},{},{}\n", spectrum.layers[i],
                               k + 1, cell(layer.log10Values[k]),
                               k < layer.bounds.size() ? cell(layer.bounds[k]) : "");
            }
        }
        if (hasSketches) {
            sheets.push_back({spectrum.id + "_quantiles", std::move(quantiles)});
        }
        sheets.push_back({spectrum.id, std::move(values)});
        sheets.push_back({spectrum.id + "_layers", std::move(layers)});
        if (!spectrum.pooled.empty()) {
            sheets.push_back({spectrum.id + "_quantiles", quantilesText(spectrum)});
        }
    }
};

} // namespace

Status writeCsv(const std::filesystem::path& directory, const experiment::RunRecord& record)
{
    std::error_code code;
    if (!std::filesystem::is_directory(directory, code)) {
        std::filesystem::create_directory(directory, code);
        if (code) {
            return Error(fmt::format("cannot make the directory '{}': {}", directory.string(),
                                     code.message()));
        }
    }
    std::vector<Sheet> sheets;
    for (const auto& reading : record.readings) {
        std::visit(SheetMaker{sheets}, *reading);
    }
    for (const auto& sheet : sheets) {
        if (auto status = writeFile(directory / (sheet.name + ".csv"), sheet.text); !status) {
            return status;
        }
    }
    return Done{};
}

} // namespace initlens::io
