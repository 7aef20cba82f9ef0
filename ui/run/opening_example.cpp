#include "ui/run/opening_example.h"

#include "core/io/result_file.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace initlens::ui {

Result<OpeningExample> readOpeningExample(const QByteArray& json)
{
    const auto runs =
        QJsonDocument::fromJson(json).object().value(QStringLiteral("runs")).toArray();
    OpeningExample example;
    for (const auto& run : runs) {
        const auto object = run.toObject();
        const auto text = QJsonDocument(object.value(QStringLiteral("spec")).toObject()).toJson();
        auto spec = io::specFromJson({text.constData(), static_cast<std::size_t>(text.size())});
        if (!spec) {
            return spec.error();
        }
        example.push_back({object.value(QStringLiteral("name")).toString(), *std::move(spec)});
    }
    if (example.empty()) {
        return Error("the opening example has no runs");
    }
    return example;
}

Result<OpeningExample> openingExample()
{
    QFile file(QStringLiteral(":/opening.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        return Error("the opening example is missing from this program");
    }
    return readOpeningExample(file.readAll());
}

} // namespace initlens::ui
