#include "ui/form/choice_editor.h"

#include "ui/form/activation_icon.h"
#include "ui/form/number_box.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QListView>
#include <QSignalBlocker>
#include <QStandardItemModel>

namespace initlens::ui {

namespace {

QString rowHelp(const RowHead& head)
{
    QString text;
    for (const auto& part : {formulaHtml(head.formula), toQString(head.help).toHtmlEscaped(),
                             toQString(head.source).toHtmlEscaped()}) {
        if (!part.isEmpty()) {
            text += QStringLiteral("<p>%1</p>").arg(part);
        }
    }
    return text;
}

QString capitalised(QString text)
{
    if (!text.isEmpty()) {
        text[0] = text[0].toUpper();
    }
    return text;
}

} // namespace

ChoiceEditor::ChoiceEditor(const FieldInfo& info, std::vector<const RowHead*> heads, RowIcon icon,
                           QWidget* parent)
    : FieldEditor(info, parent), m_heads(std::move(heads)), m_icon(std::move(icon)),
      m_combo(new QComboBox(this)), m_params(new QFormLayout), m_formula(new QLabel(this))
{
    auto* label = makeLabel();
    label->setBuddy(m_combo);
    m_combo->setObjectName(name(QStringLiteral("combo")));
    m_combo->setAccessibleName(label->text());
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(12);
    m_combo->setMaxVisibleItems(18);
    m_combo->setView(new QListView(m_combo));
    ignoreStrayWheel(m_combo);
    if (m_icon) {
        m_combo->setIconSize(activationIconSize);
    }
    m_params->setContentsMargins(10, 2, 0, 0);
    m_params->setHorizontalSpacing(8);
    m_params->setVerticalSpacing(4);
    m_params->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_formula->setObjectName(name(QStringLiteral("formula")));
    m_formula->setProperty("formula", true);
    m_formula->setWordWrap(true);
    m_formula->setTextFormat(Qt::RichText);

    rows()->addWidget(label);
    rows()->addWidget(m_combo);
    rows()->addLayout(m_params);
    rows()->addWidget(m_formula);
    addProblemRow();

    for (const auto& param : m_heads.front()->params) {
        m_values.push_back(param.initial);
    }
    fillCombo();
    showRow();
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_row = m_combo->itemData(index).toULongLong();
        m_values.clear();
        for (const auto& param : m_heads[m_row]->params) {
            m_values.push_back(param.initial);
        }
        showRow();
        Q_EMIT edited();
    });
}

void ChoiceEditor::fillCombo()
{
    const QSignalBlocker blocker(m_combo);
    auto* model = new QStandardItemModel(m_combo);
    std::string_view group;
    for (std::size_t i = 0; i < m_heads.size(); ++i) {
        const RowHead& head = *m_heads[i];
        if (!head.group.empty() && head.group != group) {
            auto* heading = new QStandardItem(capitalised(toQString(head.group)));
            QFont font = m_combo->font();
            font.setBold(true);
            heading->setFont(font);
            heading->setFlags(Qt::NoItemFlags);
            model->appendRow(heading);
            group = head.group;
        }
        auto* item = new QStandardItem(toQString(head.label));
        item->setData(QVariant::fromValue(static_cast<qulonglong>(i)), Qt::UserRole);
        item->setToolTip(rowHelp(head));
        model->appendRow(item);
    }
    m_combo->setModel(model);
    updateIcons();
}

void ChoiceEditor::updateIcons()
{
    if (!m_icon) {
        return;
    }
    for (int index = 0; index < m_combo->count(); ++index) {
        const QVariant item = m_combo->itemData(index);
        if (item.isValid()) {
            const auto row = static_cast<std::size_t>(item.toULongLong());
            std::vector<double> values;
            for (const auto& param : m_heads[row]->params) {
                values.push_back(param.initial);
            }
            const QSignalBlocker blocker(m_combo);
            m_combo->setItemIcon(index, m_icon(row, row == m_row ? m_values : values));
        }
    }
}

void ChoiceEditor::setChoice(std::size_t row, std::vector<double> values)
{
    if (row == m_row && values == m_values) {
        return;
    }
    m_row = row;
    m_values = std::move(values);
    showRow();
}

bool ChoiceEditor::answersTo(std::string_view word) const
{
    return FieldEditor::answersTo(word) || word == m_heads[m_row]->id;
}

void ChoiceEditor::showRow()
{
    const RowHead& head = *m_heads[m_row];
    {
        const QSignalBlocker blocker(m_combo);
        m_combo->setCurrentIndex(m_combo->findData(static_cast<qulonglong>(m_row)));
    }
    m_combo->setToolTip(rowHelp(head));
    m_formula->setText(formulaHtml(head.formula));
    m_formula->setToolTip(rowHelp(head));
    m_formula->setVisible(!head.formula.empty());
    while (m_params->rowCount() > 0) {
        m_params->removeRow(0);
    }
    for (std::size_t i = 0; i < head.params.size(); ++i) {
        addParam(head.params[i], i);
    }
    updateIcons();
}

void ChoiceEditor::addParam(const ParamSpec& param, std::size_t index)
{
    auto* label = new QLabel(toQString(param.label), this);
    label->setProperty("quiet", true);
    QWidget* control = nullptr;
    if (param.isOption()) {
        auto* combo = new QComboBox(this);
        for (const auto option : param.options) {
            combo->addItem(toQString(option).replace(QLatin1Char('_'), QLatin1Char(' ')));
        }
        combo->setCurrentIndex(static_cast<int>(m_values[index]));
        connect(combo, &QComboBox::currentIndexChanged, this,
                [this, index](int option) { changeParam(index, option); });
        control = combo;
    } else {
        auto* box = new NumberBox(param.integer ? NumberBox::Kind::Whole : NumberBox::Kind::Real,
                                  param.min, param.max, this);
        box->setValue(m_values[index]);
        watch(box);
        connect(box, &NumberBox::valueChanged, this,
                [this, index](double value) { changeParam(index, value); });
        control = box;
    }
    control->setObjectName(name(toQString(param.key)));
    control->setAccessibleName(tr("%1, %2").arg(toQString(info().label), toQString(param.label)));
    control->setToolTip(toQString(param.help));
    label->setToolTip(control->toolTip());
    ignoreStrayWheel(control);
    m_params->addRow(label, control);
}

void ChoiceEditor::changeParam(std::size_t index, double value)
{
    m_values[index] = value;
    updateIcons();
    Q_EMIT edited();
}

void ChoiceEditor::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        updateIcons();
    }
    FieldEditor::changeEvent(event);
}

} // namespace initlens::ui
