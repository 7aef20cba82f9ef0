#pragma once

#include "core/base/fields.h"

#include "ui/form/number_box.h"

#include <QLabel>
#include <QVBoxLayout>
#include <QWidget>

namespace initlens::ui {

QString toQString(std::string_view text);
/// A formula in plain text as rich text: what follows ^ is raised.
QString formulaHtml(std::string_view formula);

/// One field of the form: its controls and, under them, what is wrong with its value.
class FieldEditor : public QWidget {
    Q_OBJECT

public:
    FieldEditor(const FieldInfo& info, QWidget* parent);

    [[nodiscard]] const FieldInfo& info() const { return m_info; }
    /// Whether a problem that begins with `word` is about this field.
    [[nodiscard]] virtual bool answersTo(std::string_view word) const { return word == m_info.key; }
    void setProblem(const QString& sentence);
    /// Shows what a box of this field refuses, until something else is typed.
    void watch(const NumberBox* box);

Q_SIGNALS:
    void edited();

protected:
    [[nodiscard]] QString name(const QString& part) const;
    [[nodiscard]] QLabel* makeLabel();
    [[nodiscard]] QVBoxLayout* rows() const { return m_rows; }
    void addProblemRow();

private:
    FieldInfo m_info;
    QVBoxLayout* m_rows;
    QLabel* m_problem = nullptr;
};

/// Lets the wheel scroll the panel instead of changing a control that merely lies under it.
void ignoreStrayWheel(QWidget* control);

} // namespace initlens::ui
