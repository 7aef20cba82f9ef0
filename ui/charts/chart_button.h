#pragma once

#include "ui/charts/chart_theme.h"

#include <QToolButton>

namespace initlens::ui {

enum class Glyph { Help, Maximize, Restore, Menu };

/// A small button that draws its sign in the colours of the chart.
class ChartButton : public QToolButton {
    Q_OBJECT

public:
    ChartButton(Glyph glyph, QWidget* parent);

    void setGlyph(Glyph glyph);
    void setTheme(const ChartTheme& theme);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Glyph m_glyph;
    ChartTheme m_theme;
};

} // namespace initlens::ui
