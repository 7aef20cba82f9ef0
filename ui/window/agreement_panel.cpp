#include "ui/window/agreement_panel.h"

#include "core/experiment/prediction.h"
#include "ui/run/run_list_model.h"
#include "ui/window/text_label.h"

#include <QVBoxLayout>

namespace initlens::ui {

namespace {

QString absence(const experiment::RunRecord& record)
{
    if (record.prediction == nullptr) {
        return AgreementPanel::tr("Nothing to compare: the run was stopped before its prediction "
                                  "was there.");
    }
    if (!record.prediction->whyNot.empty()) {
        return AgreementPanel::tr("No prediction: %1.")
            .arg(QString::fromStdString(record.prediction->whyNot));
    }
    return AgreementPanel::tr("Nothing to compare: no layer is both measured and predicted.");
}

QString statements(const experiment::RunRecord& record)
{
    QStringList lines;
    for (const auto& agreement : record.agreements) {
        lines << QString::fromStdString(agreement.statement);
    }
    return lines.isEmpty() ? absence(record) : lines.join(QStringLiteral("\n\n"));
}

} // namespace

AgreementPanel::AgreementPanel(const RunListModel& runs, QWidget* parent)
    : QWidget(parent), m_statements(textLabel("agreementStatements", this))
{
    setObjectName(QStringLiteral("agreementPanel"));
    auto* heading = new QLabel(tr("Theory against measurement"), this);
    heading->setProperty("heading", true);
    m_statements->setTextFormat(Qt::PlainText);
    m_statements->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_statements->setAccessibleName(heading->text());

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(heading);
    layout->addWidget(m_statements);

    const auto follow = [this, &runs] {
        setRecord(runs.record(RunListModel::currentRow));
    };
    connect(&runs, &RunListModel::runChanged, this, follow);
    connect(&runs, &RunListModel::recordChanged, this, follow);
    hide();
}

void AgreementPanel::setRecord(const experiment::RecordPointer& record)
{
    if (record == m_record) {
        return;
    }
    m_record = record;
    m_statements->setEnabled(record != nullptr);
    if (record != nullptr) {
        m_statements->setText(statements(*record));
        m_statements->setAccessibleDescription(m_statements->text());
        show();
    }
}

} // namespace initlens::ui
