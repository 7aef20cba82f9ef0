#pragma once

#include "ui/form/field_editor.h"
#include "ui/form/number_box.h"

class QPushButton;

namespace initlens::ui {

class LogSlider;

/// Label, box, and a slider under them where the field is worth dragging.
class NumberEditor : public FieldEditor {
    Q_OBJECT

public:
    NumberEditor(const FieldInfo& info, NumberBox::Kind kind, QWidget* parent);

    [[nodiscard]] double value() const;
    void setValue(double value);
    /// Places a button beside the box.
    void addButton(QPushButton* button);

private:
    QHBoxLayout* m_line;
    NumberBox* m_box;
    LogSlider* m_slider = nullptr;
};

} // namespace initlens::ui
