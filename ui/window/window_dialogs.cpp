#include "ui/window/window_dialogs.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>

namespace initlens::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("WindowDialogs", text);
}

QFileDialog* makeDialog(QWidget* parent, const char* name, const QString& title,
                        const QStringList& filters, TakePath take)
{
    auto* dialog = new QFileDialog(parent, title);
    dialog->setObjectName(QLatin1String(name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(filters);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [take = std::move(take)](const QStringList& paths) {
                         for (const QString& path : paths) {
                             take(path);
                         }
                     });
    return dialog;
}

void openBox(QWidget* parent, const char* name, const QString& title, const QString& text)
{
    auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, parent);
    box->setObjectName(QLatin1String(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace

void chooseFileToOpen(QWidget* parent, TakePath take)
{
    auto* dialog =
        makeDialog(parent, "openDialog", tr("Open"),
                   {tr("Sessions, results and specs (*.initlens *.json)"), tr("All files (*)")},
                   std::move(take));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->open();
}

void chooseSessionToSave(QWidget* parent, TakePath take)
{
    auto* dialog = makeDialog(parent, "saveSessionDialog", tr("Save session"),
                              {tr("Sessions (*.initlens)")}, std::move(take));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("initlens"));
    dialog->open();
}

void chooseResultToSave(QWidget* parent, TakePath take)
{
    auto* dialog = makeDialog(parent, "saveDialog", tr("Save result"), {tr("Results (*.json)")},
                              std::move(take));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("initlens.json"));
    dialog->open();
}

void chooseExportFile(QWidget* parent, const QString& chart, const QString& fileName, TakePath take)
{
    const std::vector<std::pair<QString, QString>> formats = {
        {tr("SVG drawing (*.svg)"), QStringLiteral("svg")},
        {tr("PDF document (*.pdf)"), QStringLiteral("pdf")},
        {tr("PNG picture (*.png)"), QStringLiteral("png")},
    };
    QStringList filters;
    for (const auto& format : formats) {
        filters << format.first;
    }
    auto* dialog = makeDialog(parent, "exportDialog", tr("Export chart: %1").arg(chart), filters,
                              std::move(take));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(formats.front().second);
    dialog->selectFile(fileName);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [dialog, formats](const QString& filter) {
                         for (const auto& [name, suffix] : formats) {
                             if (name == filter) {
                                 dialog->setDefaultSuffix(suffix);
                             }
                         }
                     });
    dialog->open();
}

void showShortcuts(QWidget* parent, const std::vector<std::pair<QString, QString>>& table)
{
    QString rows;
    for (const auto& [key, text] : table) {
        rows += QStringLiteral("<tr><td style='padding-right:24px'><b>%1</b></td><td>%2</td></tr>")
                    .arg(key.toHtmlEscaped(), text.toHtmlEscaped());
    }
    openBox(parent, "shortcutsBox", tr("Keyboard shortcuts"),
            QStringLiteral("<table cellpadding='3'>%1</table>").arg(rows));
}

void showAbout(QWidget* parent)
{
    openBox(parent, "aboutBox", tr("About InitLens"),
            tr("<h3>InitLens %1</h3><p>Explorer of neural networks at initialization.</p>"
               "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                .arg(QStringLiteral(INITLENS_VERSION)));
}

} // namespace initlens::ui
