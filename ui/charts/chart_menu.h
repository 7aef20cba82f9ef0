#pragma once

#include <QChar>
#include <QMenu>

namespace initlens::ui {

/// What can be done with a chart.
class ChartMenu : public QMenu {
    Q_OBJECT

public:
    explicit ChartMenu(QWidget* parent);

    void setExportable(bool exportable);
    void setMaximizable(bool maximizable);
    void setMaximized(bool maximized);
    void setZoomed(bool zoomed);
    void setStrip(bool possible, bool shown);

Q_SIGNALS:
    void copyPictureRequested();
    void copyTableRequested(QChar separator);
    void exportRequested();
    void maximizeRequested();
    void resetZoomRequested();
    void stripRequested(bool shown);

private:
    QAction* add(const char* name, const QString& text, const QKeySequence& keys);

    QAction* m_export = nullptr;
    QAction* m_maximize = nullptr;
    QAction* m_resetZoom = nullptr;
    QAction* m_strip = nullptr;
};

} // namespace initlens::ui
