#include "core/io/curve_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace initlens::io {

namespace {

std::vector<double> readValues(const JsonPlace& reading, std::string_view key, std::size_t count)
{
    const auto place = reading.member(key);
    return place ? place->numbers(count).value_or(std::vector<double>{}) : std::vector<double>{};
}

/// Positions as curves and maps have them: rising, finite.
std::vector<double> readPositions(const JsonPlace& reading)
{
    const auto place = reading.member("positions");
    auto positions =
        place ? place->numbers().value_or(std::vector<double>{}) : std::vector<double>{};
    const bool finite = std::all_of(positions.begin(), positions.end(),
                                    [](double one) { return std::isfinite(one); });
    if (!finite || !std::is_sorted(positions.begin(), positions.end(), std::less_equal<>{})) {
        reading.complain("the positions must be numbers that rise");
    }
    return positions;
}

std::vector<diagnostics::Companion> readCompanions(const JsonPlace& reading, std::size_t count)
{
    static constexpr std::array<std::string_view, 2> keys = {"name", "values"};
    std::vector<diagnostics::Companion> companions;
    const auto list = reading.member("companions");
    if (!list || !list->list()) {
        return companions;
    }
    for (std::size_t i = 0; i < list->value().size(); ++i) {
        const JsonPlace place = list->at(i);
        if (!place.object(keys)) {
            continue;
        }
        const auto name = place.member("name");
        companions.push_back({.name = name ? name->text().value_or("") : "",
                              .values = readValues(place, "values", count)});
    }
    return companions;
}

/// The list of a curve that theory has, or why it has none.
void writePredicted(JsonText& json, const experiment::Prediction& prediction,
                    const diagnostics::Diagnostic& row)
{
    const auto found = prediction.curves.find(row.head.id);
    if (found != prediction.curves.end() && !found->second.empty()) {
        json.key("predicted").numbers(found->second);
    } else if (row.predictModes != nullptr && !prediction.whyNot.empty()) {
        json.key("predicted").number(std::numeric_limits<double>::quiet_NaN());
        json.key("why_not").text(prediction.whyNot);
    }
}

} // namespace

void writeCurve(JsonText& json, const diagnostics::Curve& curve,
                const experiment::Prediction* prediction)
{
    json.key("kind").text("curve");
    json.key("positions").numbers(curve.positions);
    json.key("values").numbers(curve.values);
    if (!curve.low.empty()) {
        json.key("low").numbers(curve.low);
        json.key("high").numbers(curve.high);
    }
    json.key("companions").openList();
    for (const auto& companion : curve.companions) {
        json.element().openObject();
        json.key("name").text(companion.name);
        json.key("values").numbers(companion.values);
        json.closeObject();
    }
    json.closeList();
    const auto* row = findRow(diagnostics::Diagnostic::table(), curve.id);
    if (prediction != nullptr && row != nullptr) {
        writePredicted(json, *prediction, *row);
    }
}

void writeField(JsonText& json, const diagnostics::Field& field)
{
    json.key("kind").text("field");
    json.key("positions").numbers(field.positions);
    json.key("values").numbers(field.values);
}

diagnostics::Curve readCurve(const JsonPlace& reading, const diagnostics::Diagnostic& row)
{
    static constexpr std::array<std::string_view, 8> keys = {
        "kind", "positions", "values", "low", "high", "companions", "predicted", "why_not"};
    diagnostics::Curve curve;
    curve.id = row.head.id;
    if (!reading.object(keys)) {
        return curve;
    }
    curve.positions = readPositions(reading);
    curve.values = readValues(reading, "values", curve.positions.size());
    if (reading.has("low") || reading.has("high")) {
        curve.low = readValues(reading, "low", curve.positions.size());
        curve.high = readValues(reading, "high", curve.positions.size());
    }
    curve.companions = readCompanions(reading, curve.positions.size());
    return curve;
}

diagnostics::Field readField(const JsonPlace& reading, const diagnostics::Diagnostic& row)
{
    static constexpr std::array<std::string_view, 3> keys = {"kind", "positions", "values"};
    diagnostics::Field field;
    field.id = row.head.id;
    if (!reading.object(keys)) {
        return field;
    }
    field.positions = readPositions(reading);
    field.values = readValues(reading, "values", field.positions.size() * field.positions.size());
    return field;
}

} // namespace initlens::io
