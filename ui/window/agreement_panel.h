#pragma once

#include "core/experiment/run.h"

#include <QWidget>

class QLabel;

namespace initlens::ui {

class RunListModel;

/// How far the current run is from its prediction: a sentence with a number for every comparison,
/// or why there is none. The text can be selected.
class AgreementPanel : public QWidget {
    Q_OBJECT

public:
    AgreementPanel(const RunListModel& runs, QWidget* parent);

private:
    /// Null while the run goes on: what is shown stays, faded, until its successor comes.
    void setRecord(const experiment::RecordPointer& record);

    experiment::RecordPointer m_record;
    QLabel* m_statements;
};

} // namespace initlens::ui
