#include "ui/form/section.h"

namespace initlens::ui {

Section::Section(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_heading(new QPushButton(this)), m_body(new QWidget(this)),
      m_rows(new QVBoxLayout(m_body))
{
    setObjectName(QStringLiteral("section.") + title);
    m_heading->setObjectName(objectName() + QStringLiteral(".heading"));
    m_heading->setProperty("heading", true);
    m_heading->setAccessibleName(tr("%1, section").arg(title));
    m_heading->setCheckable(true);
    m_heading->setFocusPolicy(Qt::TabFocus);
    m_rows->setContentsMargins(0, 2, 0, 6);
    m_rows->setSpacing(9);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_heading);
    layout->addWidget(m_body);
    connect(m_heading, &QPushButton::toggled, this, &Section::setExpanded);
    setExpanded(true);
}

void Section::setExpanded(bool expanded)
{
    m_heading->setChecked(expanded);
    m_heading->setText(m_title + (expanded ? QStringLiteral("  ▾") : QStringLiteral("  ▸")));
    m_body->setVisible(expanded);
}

bool Section::isExpanded() const
{
    return m_heading->isChecked();
}

} // namespace initlens::ui
