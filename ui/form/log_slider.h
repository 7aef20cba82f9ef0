#pragma once

#include <QSlider>

namespace initlens::ui {

/// A slider for whole numbers on a log scale. It shows values beyond its range at its end without
/// changing them, and offers round numbers: two significant digits.
class LogSlider : public QSlider {
    Q_OBJECT

public:
    LogSlider(qint64 min, qint64 max, QWidget* parent);

    void setNumber(qint64 number);

Q_SIGNALS:
    void numberChosen(qint64 number);

private:
    [[nodiscard]] int positionOf(qint64 number) const;
    [[nodiscard]] qint64 numberAt(int position) const;
    void step(int direction);

    qint64 m_min;
    qint64 m_max;
    qint64 m_number;
};

} // namespace initlens::ui
