#include "ui/form/spec_panel.h"

#include "ui/form/activation_icon.h"
#include "ui/form/choice_editor.h"
#include "ui/form/network_line.h"
#include "ui/form/number_editor.h"
#include "ui/form/section.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cctype>
#include <type_traits>

namespace initlens::ui {

namespace {

constexpr qint64 largestRedrawnSeed = 99'999;

template <class Row>
std::vector<const RowHead*> heads(Table<Row> table)
{
    std::vector<const RowHead*> all;
    for (const Row* row : table) {
        all.push_back(&row->head);
    }
    return all;
}

template <class Row>
ChoiceEditor* makeEditor(const FieldInfo& info, const Choice<Row>& /*member*/, QWidget* parent)
{
    ChoiceEditor::RowIcon icon;
    if constexpr (std::is_same_v<Row, activations::Activation>) {
        icon = [parent](std::size_t row, const std::vector<double>& values) {
            return activationIcon({*Row::table()[row], values},
                                  QApplication::palette().color(QPalette::Highlight),
                                  parent->devicePixelRatioF());
        };
    }
    return new ChoiceEditor(info, heads(Row::table()), std::move(icon), parent);
}

NumberEditor* makeEditor(const FieldInfo& info, std::int64_t /*member*/, QWidget* parent)
{
    return new NumberEditor(info, NumberBox::Kind::Whole, parent);
}

NumberEditor* makeEditor(const FieldInfo& info, double /*member*/, QWidget* parent)
{
    return new NumberEditor(info, NumberBox::Kind::Real, parent);
}

template <class Row>
void showIn(FieldEditor* editor, const Choice<Row>& member)
{
    const auto table = Row::table();
    const auto row = std::find(table.begin(), table.end(), member.row);
    static_cast<ChoiceEditor*>(editor)->setChoice(static_cast<std::size_t>(row - table.begin()),
                                                  member.values);
}

template <class Number>
requires std::is_arithmetic_v<Number>
void showIn(FieldEditor* editor, const Number& member)
{
    static_cast<NumberEditor*>(editor)->setValue(static_cast<double>(member));
}

template <class Row>
void readFrom(const FieldEditor* editor, Choice<Row>& member)
{
    const auto* choice = static_cast<const ChoiceEditor*>(editor);
    member = Choice<Row>(*Row::table()[choice->row()], choice->values());
}

template <class Number>
requires std::is_arithmetic_v<Number>
void readFrom(const FieldEditor* editor, Number& member)
{
    member = static_cast<Number>(static_cast<const NumberEditor*>(editor)->value());
}

// A problem begins with the key of its field, or with the id of the row chosen there.
std::string_view firstWord(std::string_view problem)
{
    const auto end = std::find_if(problem.begin(), problem.end(), [](char c) {
        return c != '_' && std::isalnum(static_cast<unsigned char>(c)) == 0;
    });
    return problem.substr(0, static_cast<std::size_t>(end - problem.begin()));
}

} // namespace

SpecPanel::SpecPanel(QWidget* parent)
    : QWidget(parent), m_presets(new QToolButton), m_line(new NetworkLine), m_form(new QWidget),
      m_problem(new QLabel(m_form))
{
    setObjectName(QStringLiteral("specPanel"));
    m_form->setObjectName(QStringLiteral("specForm"));
    QWidget* header = makeHeader(); // before the form, so that Tab comes to it first
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(m_line);
    layout->addWidget(scroll);

    auto* rows = new QVBoxLayout(m_form);
    rows->setContentsMargins(16, 14, 16, 16);
    rows->setSpacing(8);
    m_problem->setObjectName(QStringLiteral("specPanel.problem"));
    m_problem->setProperty("problem", true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    rows->addWidget(m_problem);
    build();
    rows->addStretch(1);
    scroll->setWidget(m_form);
    connect(m_line, &NetworkLine::entered, this, [this](const experiment::RunSpec& spec) {
        setSpec(spec);
        Q_EMIT specEdited(m_spec);
    });
    setSpec(m_spec);
}

void SpecPanel::build()
{
    fields(m_spec, [this](const FieldInfo& info, const auto& member) {
        // The layer of the histograms is chosen by clicking at it.
        if (static_cast<const void*>(&member) == &m_spec.histogramLayer) {
            return;
        }
        // The heading first, so that Tab comes to it first.
        Section* section = sectionFor(info.section);
        auto* editor = makeEditor(info, member, m_form);
        if constexpr (std::is_base_of_v<NumberEditor, std::remove_pointer_t<decltype(editor)>>) {
            if (static_cast<const void*>(&member) == &m_spec.seed) {
                auto* redraw = new QPushButton(tr("Redraw"), editor);
                redraw->setObjectName(QStringLiteral("redrawSeed"));
                redraw->setToolTip(tr("Draw the same network again with another seed"));
                connect(redraw, &QPushButton::clicked, this, &SpecPanel::redrawSeed);
                editor->addButton(redraw);
            }
        }
        connect(editor, &FieldEditor::edited, this, [this, editor] { readField(editor); });
        m_editors.push_back(editor);
        section->add(editor);
    });
}

Section* SpecPanel::sectionFor(std::string_view title)
{
    const QString text = tr(std::string(title).c_str());
    Section*& section = m_sections[text];
    if (section == nullptr) {
        section = new Section(text, m_form);
        static_cast<QVBoxLayout*>(m_form->layout())->addWidget(section);
    }
    return section;
}

void SpecPanel::readField(const FieldEditor* editor)
{
    experiment::RunSpec next = m_spec;
    fields(next, [editor](const FieldInfo& info, auto& member) {
        if (info.key == editor->info().key) {
            readFrom(editor, member);
        }
    });
    if (next == m_spec) {
        return;
    }
    m_spec = std::move(next);
    m_line->setSpec(m_spec);
    Q_EMIT specEdited(m_spec);
}

void SpecPanel::setSpec(const experiment::RunSpec& spec)
{
    m_spec = spec;
    m_line->setSpec(m_spec);
    auto editor = m_editors.begin();
    fields(m_spec, [this, &editor](const FieldInfo& info, const auto& member) {
        if (editor != m_editors.end() && (*editor)->info().key == info.key) {
            showIn(*editor, member);
            ++editor;
        }
    });
}

void SpecPanel::setProblems(const Error& error)
{
    QStringList others;
    QHash<const FieldEditor*, QStringList> found;
    for (const auto& problem : error.problems) {
        const auto editor =
            std::find_if(m_editors.begin(), m_editors.end(), [&](const FieldEditor* candidate) {
                return candidate->answersTo(firstWord(problem));
            });
        auto& place = editor == m_editors.end() ? others : found[*editor];
        place << QString::fromStdString(problem);
    }
    for (FieldEditor* editor : m_editors) {
        editor->setProblem(found.value(editor).join(QLatin1Char('\n')));
    }
    m_problem->setText(others.join(QLatin1Char('\n')));
    m_problem->setVisible(!others.isEmpty());
}

QWidget* SpecPanel::makeHeader()
{
    auto* header = new QWidget(this);
    header->setObjectName(QStringLiteral("presetHeader"));
    m_presets->setParent(header);
    m_presets->setObjectName(QStringLiteral("presets"));
    m_presets->setText(tr("Presets"));
    m_presets->setToolTip(tr("Show runs that are worth seeing in place of these"));
    m_presets->setProperty("title", true);
    m_presets->setPopupMode(QToolButton::InstantPopup);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(12, 10, 16, 0);
    layout->addWidget(m_presets);
    layout->addStretch(1);
    header->hide();
    return header;
}

void SpecPanel::setPresets(QMenu* menu)
{
    m_presets->setMenu(menu);
    m_presets->parentWidget()->show();
}

void SpecPanel::editLine()
{
    m_line->edit();
}

void SpecPanel::redrawSeed()
{
    experiment::RunSpec next = m_spec;
    while (next.seed == m_spec.seed) {
        next.seed = QRandomGenerator::global()->bounded(qint64{1}, largestRedrawnSeed + 1);
    }
    setSpec(next);
    Q_EMIT specEdited(m_spec);
}

} // namespace initlens::ui
