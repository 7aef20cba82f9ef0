#include "ui/charts/chart_help.h"

#include <QCoreApplication>

namespace initlens::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Charts", text);
}

QString escaped(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())).toHtmlEscaped();
}

} // namespace

QString helpText(const diagnostics::Diagnostic& diagnostic)
{
    const RowHead& head = diagnostic.head;
    QString text =
        QStringLiteral("<p><b>%1</b></p><p>%2</p>").arg(escaped(head.label), escaped(head.help));
    if (!head.formula.empty()) {
        text += QStringLiteral("<p><i>%1</i></p>").arg(escaped(head.formula));
    }
    if (!head.source.empty()) {
        text += QStringLiteral("<p>%1</p>").arg(escaped(head.source));
    }
    text += QStringLiteral("<p>%1</p>")
                .arg(tr("Click a layer to select it, drag a rectangle to zoom, double-click to "
                        "see everything again."));
    return text;
}

} // namespace initlens::ui
