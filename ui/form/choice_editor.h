#pragma once

#include "core/base/registry.h"
#include "ui/form/field_editor.h"

#include <QIcon>

#include <functional>

class QComboBox;
class QFormLayout;

namespace initlens::ui {

/// A combo box of a table's rows under their group headings; the parameters of the chosen row and
/// its formula appear under it.
class ChoiceEditor : public FieldEditor {
    Q_OBJECT

public:
    using RowIcon = std::function<QIcon(std::size_t row, const std::vector<double>& values)>;

    ChoiceEditor(const FieldInfo& info, std::vector<const RowHead*> heads, RowIcon icon,
                 QWidget* parent);

    [[nodiscard]] std::size_t row() const { return m_row; }
    [[nodiscard]] const std::vector<double>& values() const { return m_values; }
    void setChoice(std::size_t row, std::vector<double> values);
    /// To the field's key, and to the id of the chosen row.
    [[nodiscard]] bool answersTo(std::string_view word) const override;

protected:
    void changeEvent(QEvent* event) override;

private:
    void fillCombo();
    void showRow();
    void updateIcons();
    void addParam(const ParamSpec& param, std::size_t index);
    void changeParam(std::size_t index, double value);

    std::vector<const RowHead*> m_heads;
    RowIcon m_icon;
    QComboBox* m_combo;
    QFormLayout* m_params;
    QLabel* m_formula;
    std::size_t m_row = 0;
    std::vector<double> m_values;
};

} // namespace initlens::ui
