#pragma once

#include "core/experiment/run_spec.h"

#include <QHash>
#include <QLabel>
#include <QWidget>

class QMenu;
class QToolButton;

namespace initlens::ui {

class FieldEditor;
class NetworkLine;
class Section;

/// The form for a RunSpec, made from its fields and the tables' rows alone.
class SpecPanel : public QWidget {
    Q_OBJECT

public:
    explicit SpecPanel(QWidget* parent = nullptr);

    [[nodiscard]] const experiment::RunSpec& spec() const { return m_spec; }
    /// Shows `spec` without emitting.
    void setSpec(const experiment::RunSpec& spec);
    /// Shows each problem under the control that it begins with, the others on top.
    void setProblems(const Error& error);
    void redrawSeed();
    /// Puts the cursor into the network in one line, all of it selected.
    void editLine();
    /// Shows a button above the form that opens this menu.
    void setPresets(QMenu* menu);

Q_SIGNALS:
    void specEdited(const initlens::experiment::RunSpec& spec);

private:
    [[nodiscard]] QWidget* makeHeader();
    void build();
    void readField(const FieldEditor* editor);
    Section* sectionFor(std::string_view title);

    experiment::RunSpec m_spec;
    QToolButton* m_presets;
    NetworkLine* m_line;
    QWidget* m_form;
    QLabel* m_problem;
    std::vector<FieldEditor*> m_editors;
    QHash<QString, Section*> m_sections;
};

} // namespace initlens::ui
