#pragma once

#include "core/experiment/run_spec.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace initlens::ui {

/// The network in one line: shows the present one, and reads what is typed or pasted there (a line,
/// a command line, the JSON of a spec). Enter applies it, Escape gives it up; what is wrong with it
/// stands below.
class NetworkLine : public QWidget {
    Q_OBJECT

public:
    explicit NetworkLine(QWidget* parent = nullptr);

    void setSpec(const experiment::RunSpec& spec);
    /// Takes the focus and selects the line.
    void edit();

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void entered(const initlens::experiment::RunSpec& spec);

private:
    void apply();
    void giveUp();
    static void say(QLabel* label, const QString& text);

    experiment::RunSpec m_spec;
    QLineEdit* m_text;
    QLabel* m_problem;
    QLabel* m_leftOut;
};

} // namespace initlens::ui
