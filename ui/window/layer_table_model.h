#pragma once

#include "ui/charts/chart_theme.h"
#include "ui/charts/shown_run.h"

#include <QAbstractTableModel>
#include <QIcon>
#include <QStringList>

#include <vector>

namespace initlens::ui {

/// What every visible run has measured at one layer: a row a quantity, a column a run.
class LayerTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit LayerTableModel(QObject* parent = nullptr);

    void setTheme(const ChartTheme& theme);
    void show(const std::vector<ShownRun>& runs, int layer);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QIcon markerIcon(int number) const;

    struct Row {
        QString label;
        QString help;
        QStringList cells;
        friend bool operator==(const Row&, const Row&) = default;
    };
    struct Column {
        int run = 0;
        QString name;
        int style = 0;
        friend bool operator==(const Column&, const Column&) = default;
    };

    ChartTheme m_theme;
    std::vector<Column> m_columns;
    std::vector<Row> m_rows;
};

} // namespace initlens::ui
