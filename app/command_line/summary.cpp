#include "app/command_line/summary.h"

#include "core/diagnostics/diagnostic.h"
#include "core/experiment/prediction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace initlens::app {

namespace {

/// "depth 50, width 256, activation relu, ..."
struct SpecLine {
    std::string& line;

    template <class Member>
    void operator()(const FieldInfo& info, const Member& member) const
    {
        if constexpr (std::is_arithmetic_v<Member>) {
            add(info, fmt::format("{}", member));
        } else {
            add(info, choiceText(member));
        }
    }
    void add(const FieldInfo& info, const std::string& value) const
    {
        line += fmt::format("{}{} {}", line.empty() ? "" : ", ", info.key, value);
    }
};

/// A number given on `scale`, as a person reads it: 10^-400 is no double.
std::string valueText(double value, diagnostics::Scale scale)
{
    constexpr double readable = 4;
    if (scale == diagnostics::Scale::Linear || !std::isfinite(value)) {
        return scale == diagnostics::Scale::Log10 && std::isinf(value) && value < 0 ? "0"
               : std::isnan(value)                                                  ? "no value"
                                   : fmt::format("{:.4g}", value);
    }
    if (std::abs(value) <= readable) {
        return fmt::format("{:.4g}", std::pow(10.0, value));
    }
    const double exponent = std::floor(value);
    return fmt::format("{:.3f}e{:+.0f}", std::pow(10.0, value - exponent), exponent);
}

/// What a sketch says of the largest or smallest singular value, exact zeros included.
std::string sketched(const spectrum::LayerSpectrum& layer, bool largest)
{
    if (!largest && layer.exactZeros > 0) {
        return "0";
    }
    const auto& end = largest ? layer.sketch->quantiles.back() : layer.sketch->quantiles.front();
    return std::isnan(end.value) ? "below " + valueText(end.high, diagnostics::Scale::Log10)
                                 : valueText(end.value, diagnostics::Scale::Log10);
}

/// Appends the lines of a reading.
struct ReadingLines {
    std::string& text;
    const diagnostics::Diagnostic& row;

    void operator()(const diagnostics::Profile& profile) const
    {
        line(row.head.label, profile.layers,
             [&](std::size_t i) { return valueText(profile.values[i], profile.scale); });
    }
    void operator()(const diagnostics::Spectrum& spectrum) const
    {
        const auto extreme = [&](bool largest) {
            return [&, largest](std::size_t i) {
                if (spectrum.spectra[i] == nullptr) {
                    return std::string("not finite");
                }
                const auto& layer = *spectrum.spectra[i];
                if (layer.sketch != nullptr && layer.sketch->count > 0) {
                    return sketched(layer, largest);
                }
                if (layer.log10Values.empty() || (!largest && layer.exactZeros > 0)) {
                    return std::string("0");
                }
                const double value = largest ? layer.log10Values.front() : layer.log10Values.back();
                const double shown = std::max(value, layer.log10Resolution);
                // What lies below the resolution is rounding noise, not a value.
                return (value < shown ? "below " : "") +
                       valueText(shown, diagnostics::Scale::Log10);
            };
        };
        line("Largest singular value", spectrum.layers, extreme(true));
        line("Smallest singular value", spectrum.layers, extreme(false));
    }
    void operator()(const diagnostics::Histogram& /*histogram*/) const {}
    void operator()(const diagnostics::Curve& curve) const
    {
        line(row.head.label, curve.positions,
             [&](std::size_t i) { return valueText(curve.values[i], row.scale); });
    }
    void operator()(const diagnostics::Field& field) const
    {
        fmt::format_to(std::back_inserter(text), "  {:<36} {} x {} inputs\n", row.head.label,
                       field.positions.size(), field.positions.size());
    }

    /// The values at the first, the middle and the last place.
    template <class Places, class Text>
    void line(std::string_view label, const Places& places, Text valueOf) const
    {
        if (places.empty()) {
            return;
        }
        auto out = std::back_inserter(text);
        fmt::format_to(out, "  {:<36}", label);
        for (const std::size_t i : {std::size_t{0}, (places.size() - 1) / 2, places.size() - 1}) {
            fmt::format_to(out, " {:>7.4g}: {:<10}", static_cast<double>(places[i]), valueOf(i));
        }
        text += '\n';
    }
};

/// A sentence in indented lines that fit a terminal.
std::string wrapped(std::string_view sentence)
{
    constexpr std::size_t width = 100;
    std::string text;
    while (!sentence.empty()) {
        std::size_t end = sentence.size();
        if (end > width) {
            const std::size_t blank = sentence.rfind(' ', width);
            end = blank == std::string_view::npos ? width : blank;
        }
        text += fmt::format("  {}{}\n", text.empty() ? "" : "  ", sentence.substr(0, end));
        sentence.remove_prefix(std::min(sentence.size(), end + 1));
    }
    return text;
}

} // namespace

std::string summary(const experiment::RunRecord& record)
{
    std::string text;
    experiment::fields(record.spec, SpecLine{text});
    text += "\n\n";
    text += fmt::format("  {:<36} {}\n", "",
                        "layer (or place): value, at the first, the middle and the last");
    for (const auto& reading : record.readings) {
        const auto* row =
            findRow(diagnostics::Diagnostic::table(), diagnostics::readingId(*reading));
        std::visit(ReadingLines{text, *row}, *reading);
    }
    text += '\n';
    if (record.prediction != nullptr) {
        text += fmt::format("  Theory: {}\n", record.prediction->verdict.headline);
        for (const auto& agreement : record.agreements) {
            text += wrapped(agreement.statement);
        }
    }
    for (const auto& event : record.events) {
        text += fmt::format("  {}\n", event);
    }
    text += fmt::format("  {} in {:.2f} s on {} thread{}\n",
                        record.outcome == experiment::Outcome::Finished ? "finished" : "stopped",
                        record.timing.totalSeconds, record.timing.threads,
                        record.timing.threads == 1 ? "" : "s");
    return text;
}

} // namespace initlens::app
