#pragma once

#include "ui/charts/chart_theme.h"

#include <QPointer>
#include <QString>
#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QMenu;

namespace initlens::ui {

class ChartButton;

/// The title row of a chart: its name, a help mark, a button that maximizes and one for the menu.
class ChartHeader : public QWidget {
    Q_OBJECT

public:
    ChartHeader(const QString& help, QMenu* menu, QWidget* parent);

    void setTitle(const QString& title);
    /// Shows the title on this button from now on.
    void setTitleButton(QAbstractButton* button);
    void setTheme(const ChartTheme& theme);
    void setMaximized(bool maximized);
    void setMaximizable(bool maximizable);

Q_SIGNALS:
    void maximizeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showHelp();
    void placeButtons();
    void placeTitle();
    [[nodiscard]] int titleWidth() const;

    QString m_title;
    ChartTheme m_theme;
    QHBoxLayout* m_row;
    ChartButton* m_help;
    ChartButton* m_maximize;
    ChartButton* m_menu;
    QPointer<QAbstractButton> m_titleButton;
    bool m_maximizable = true;
};

} // namespace initlens::ui
