#pragma once

#include "ui/charts/chart_theme.h"

#include <QIcon>
#include <QStyledItemDelegate>

namespace initlens::ui {

/// Draws a run as two lines beside its marker, with an eye that a click closes.
class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit RunDelegate(QObject* parent = nullptr);

    void setTheme(const ChartTheme& theme);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

private:
    ChartTheme m_theme;
    QIcon m_eye;
    QIcon m_hiddenEye;
};

} // namespace initlens::ui
