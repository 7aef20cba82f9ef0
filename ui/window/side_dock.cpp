#include "ui/window/side_dock.h"

#include "ui/window/text_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMainWindow>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace initlens::ui {

SideDock::SideDock(const QString& title, const QString& prefix, QWidget* parent)
    : QDockWidget(title, parent), m_form(new QWidget), m_rows(new QVBoxLayout(m_form))
{
    setObjectName(prefix + QStringLiteral("Panel"));
    setFeatures(DockWidgetClosable);
    setAllowedAreas(Qt::RightDockWidgetArea);
    setTitleBarWidget(new QWidget(this)); // the form has a heading of its own
    m_form->setObjectName(prefix + QStringLiteral("Form"));
    m_rows->setContentsMargins(14, 12, 14, 12);
    m_rows->setSpacing(8);
    addHeading(title, prefix);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(prefix + QStringLiteral("Scroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(330);
    scroll->setWidget(m_form);
    setWidget(scroll);
}

void SideDock::addHeading(const QString& title, const QString& prefix)
{
    auto* close = new QToolButton(m_form);
    close->setObjectName(prefix + QStringLiteral("Close"));
    close->setText(tr("Close"));
    close->setProperty("link", true);
    close->setAccessibleName(tr("Close: %1").arg(title));
    connect(close, &QToolButton::clicked, this, &QWidget::close);
    auto* line = new QHBoxLayout;
    line->addWidget(headingLabel(title, m_form), 1);
    line->addWidget(close);
    m_rows->addLayout(line);
}

void SideDock::dockIn(QMainWindow& window, QAction& entry)
{
    window.addDockWidget(Qt::RightDockWidgetArea, this);
    hide();
    connect(&entry, &QAction::triggered, this, &QWidget::setVisible);
    connect(this, &QDockWidget::visibilityChanged, &entry, &QAction::setChecked);
}

} // namespace initlens::ui
