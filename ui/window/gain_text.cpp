#include "ui/window/gain_text.h"

#include "core/theory/formula_parser.h"
#include "ui/charts/chart_text.h"

#include <QCoreApplication>

#include <cmath>

namespace initlens::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("GainPanel", text);
}

QString row(const QStringList& cells)
{
    QString html = QStringLiteral("<tr>");
    for (const QString& cell : cells) {
        html += QStringLiteral("<td style='padding: 1px 12px 1px 0'>%1</td>").arg(cell);
    }
    return html + QStringLiteral("</tr>");
}

QString table(const QStringList& head, const QStringList& rows)
{
    return QStringLiteral("<table cellspacing='0'>%1%2</table>")
        .arg(row(head), rows.join(QString()));
}

QString stability(bool stable)
{
    return stable ? tr("stable") : tr("unstable");
}

} // namespace

QString gainText(double gain)
{
    return std::isfinite(gain) ? QString::number(gain, 'g', 8) : QStringLiteral("–");
}

QString meansText(const theory::Gains& gains)
{
    return QStringLiteral("E[φ] %1   E[φ²] %2   E[φ′²] %3")
        .arg(numberText(gains.mean, 4), numberText(gains.secondMoment, 4),
             numberText(gains.slopeSecondMoment, 4));
}

QString libraryText(const theory::LibraryGain& library)
{
    constexpr double off = 1e-3;
    if (std::abs(library.forwardFactor - 1) < off && std::abs(library.backwardFactor - 1) < off) {
        return tr("calculate_gain(\"%1\") keeps q and gradients.")
            .arg(QString::fromLatin1(library.name.data(),
                                     static_cast<qsizetype>(library.name.size())));
    }
    return tr("calculate_gain(\"%1\") multiplies q by %2 and squared gradients by %3 a layer.")
        .arg(QString::fromLatin1(library.name.data(), static_cast<qsizetype>(library.name.size())),
             numberText(library.forwardFactor, 4), numberText(library.backwardFactor, 4));
}

QString fixedPointsHtml(const experiment::GainReport& report)
{
    if (report.conserved) {
        return tr("Every q is kept.");
    }
    if (report.fixedPoints.empty()) {
        return tr("None: q grows for ever.");
    }
    QStringList rows;
    for (const auto& [point, chi1] : report.fixedPoints) {
        rows << row({numberText(point.q, 6), stability(point.stable()), numberText(chi1, 5)});
    }
    return table({QStringLiteral("q"), QString(), QStringLiteral("χ<sub>1</sub>")}, rows);
}

QString edgeHtml(const experiment::GainReport& report)
{
    QStringList rows;
    for (const auto* points : {&report.edgeWithoutBias, &report.edge}) {
        for (const auto& point : *points) {
            rows << row({point.qStar ? numberText(*point.qStar, 4) : tr("every"),
                         numberText(std::sqrt(point.sigmaW2), 6),
                         numberText(std::sqrt(point.sigmaB2), 4), stability(point.stable)});
        }
    }
    QString html;
    if (!rows.isEmpty()) {
        html = table(
            {QStringLiteral("q*"), QStringLiteral("σ<sub>w</sub>"), tr("bias std"), QString()},
            rows);
    }
    if (!report.whyNoEdge.empty()) {
        html +=
            QStringLiteral("<p style='margin: 3px 0 0 0'>%1</p>")
                .arg(QString::fromStdString(report.whyNoEdge).toHtmlEscaped() + QLatin1Char('.'));
    }
    return html;
}

QString problemText(const QString& problem)
{
    QString text = problem.section(QStringLiteral("; allowed are"), 0, 0);
    const QString prefix = QStringLiteral("formula: ");
    if (text.startsWith(prefix)) {
        text.remove(0, prefix.size());
        text[0] = text[0].toUpper();
    }
    return text;
}

QString formulaHelp()
{
    return QStringLiteral("<p>%1</p><p>%2</p>")
        .arg(tr("For example x*tanh(log(1+exp(x))), max(0,x), x&lt;0 ? 0.1*x : x."),
             tr("Allowed are %1.")
                 .arg(QString::fromStdString(theory::formulaVocabulary()).toHtmlEscaped()));
}

QString sentence(const std::string& clause)
{
    QString text = QString::fromStdString(clause);
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
        text += QLatin1Char('.');
    }
    return text;
}

} // namespace initlens::ui
