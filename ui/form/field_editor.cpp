#include "ui/form/field_editor.h"

#include <QEvent>
#include <QRegularExpression>

namespace initlens::ui {

namespace {

class StrayWheelFilter : public QObject {
public:
    using QObject::QObject;

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const auto* control = qobject_cast<QWidget*>(watched);
        if (event->type() == QEvent::Wheel && control != nullptr && !control->hasFocus()) {
            event->ignore();
            return true;
        }
        return false;
    }
};

} // namespace

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString formulaHtml(std::string_view formula)
{
    static const QRegularExpression braces(QStringLiteral(R"(\^\{([^{}]*)\})"));
    static const QRegularExpression word(QStringLiteral(R"(\^(-?[A-Za-z0-9.]+))"));
    return toQString(formula)
        .toHtmlEscaped()
        .replace(braces, QStringLiteral("<sup>\\1</sup>"))
        .replace(word, QStringLiteral("<sup>\\1</sup>"));
}

void ignoreStrayWheel(QWidget* control)
{
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(new StrayWheelFilter(control));
}

FieldEditor::FieldEditor(const FieldInfo& info, QWidget* parent)
    : QWidget(parent), m_info(info), m_rows(new QVBoxLayout(this))
{
    setObjectName(toQString(info.key));
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(3);
}

QString FieldEditor::name(const QString& part) const
{
    return objectName() + QLatin1Char('.') + part;
}

QLabel* FieldEditor::makeLabel()
{
    auto* label = new QLabel(tr(m_info.label.data()), this);
    label->setObjectName(name(QStringLiteral("label")));
    label->setProperty("quiet", true);
    label->setToolTip(tr(m_info.help.data()));
    return label;
}

void FieldEditor::addProblemRow()
{
    m_problem = new QLabel(this);
    m_problem->setObjectName(name(QStringLiteral("problem")));
    m_problem->setProperty("problem", true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_rows->addWidget(m_problem);
}

void FieldEditor::watch(const NumberBox* box)
{
    connect(box, &NumberBox::refused, this, [this](const QString& sentence) {
        setProblem(tr("%1: %2").arg(toQString(m_info.label), sentence));
    });
    connect(box, &NumberBox::typed, this, [this] { setProblem({}); });
}

void FieldEditor::setProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
    setAccessibleDescription(sentence);
}

} // namespace initlens::ui
