#include "ui/window/runs_panel.h"

#include "ui/run/run_list_model.h"
#include "ui/window/run_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace initlens::ui {

RunsPanel::RunsPanel(RunListModel& runs, QWidget* parent)
    : QWidget(parent), m_runs(runs), m_pin(new QPushButton(tr("Pin current"), this)),
      m_list(new QListView(this)), m_delegate(new RunDelegate(this))
{
    setObjectName(QStringLiteral("runsPanel"));
    auto* heading = new QLabel(tr("Runs"), this);
    heading->setProperty("heading", true);
    m_pin->setObjectName(QStringLiteral("pinCurrent"));
    m_pin->setProperty("link", true);
    m_pin->setToolTip(tr("Keep the current run to compare others with it"));
    m_list->setObjectName(QStringLiteral("runList"));
    m_list->setAccessibleName(tr("Runs"));
    m_list->setModel(&m_runs);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(4, 0, 4, 0);
    top->addWidget(heading, 1);
    top->addWidget(m_pin);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_list);

    connect(m_pin, &QPushButton::clicked, &m_runs, &RunListModel::pinCurrent);
    connect(m_list, &QListView::customContextMenuRequested, this, &RunsPanel::showMenu);
    connect(&m_runs, &RunListModel::runsChanged, this, &RunsPanel::fitHeight);
    addShortcuts();
    fitHeight();
}

void RunsPanel::addShortcuts()
{
    const auto add = [this](const QString& name, const QString& text, const QKeySequence& key,
                            auto slot) {
        auto* action = new QAction(text, m_list);
        action->setObjectName(name);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_list->addAction(action);
    };
    add(QStringLiteral("toggleRun"), tr("Show or hide"), Qt::Key_Space, &RunsPanel::toggleVisible);
    add(QStringLiteral("renameRun"), tr("Rename"), Qt::Key_F2, &RunsPanel::rename);
    add(QStringLiteral("removeRun"), tr("Remove"), QKeySequence::Delete,
        &RunsPanel::removeSelected);
}

int RunsPanel::selectedRow() const
{
    return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void RunsPanel::setTheme(const ChartTheme& theme)
{
    m_delegate->setTheme(theme);
    m_list->viewport()->update();
}

void RunsPanel::fitHeight()
{
    constexpr int mostRows = 6;
    const int rows = std::clamp(m_runs.rowCount(), 1, mostRows);
    m_list->setFixedHeight(rows * m_delegate->sizeHint({}, {}).height() + 4);
}

void RunsPanel::showMenu(const QPoint& position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid()) {
        return;
    }
    m_list->setCurrentIndex(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : m_list->actions()) {
        const bool isRemove = action->objectName() == QLatin1String("removeRun");
        action->setEnabled(!isRemove || index.row() != RunListModel::currentRow);
        menu->addAction(action);
    }
    connect(menu, &QMenu::aboutToHide, this, [this] {
        for (QAction* action : m_list->actions()) {
            action->setEnabled(true);
        }
    });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void RunsPanel::toggleVisible()
{
    const QModelIndex index = m_list->currentIndex();
    if (index.isValid()) {
        m_runs.setData(index, !index.data(RunListModel::VisibleRole).toBool(),
                       RunListModel::VisibleRole);
    }
}

void RunsPanel::rename()
{
    if (m_list->currentIndex().isValid()) {
        m_list->edit(m_list->currentIndex());
    }
}

void RunsPanel::removeSelected()
{
    m_runs.removeRun(selectedRow());
}

} // namespace initlens::ui
