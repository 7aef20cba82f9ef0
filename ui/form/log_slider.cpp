#include "ui/form/log_slider.h"

#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

namespace initlens::ui {

namespace {

constexpr int positions = 1000;

qint64 rounded(double number)
{
    const double unit = std::max(1.0, std::pow(10.0, std::floor(std::log10(number)) - 1));
    return std::llround(std::round(number / unit) * unit);
}

} // namespace

LogSlider::LogSlider(qint64 min, qint64 max, QWidget* parent)
    : QSlider(Qt::Horizontal, parent), m_min(std::max<qint64>(1, min)), m_max(max), m_number(m_min)
{
    setRange(0, positions);
    setSingleStep(1);
    setPageStep(positions / 10);
    connect(this, &QSlider::valueChanged, this, [this](int position) {
        const qint64 number = numberAt(position);
        if (number != m_number) {
            m_number = number;
            Q_EMIT numberChosen(number);
        }
    });
    connect(this, &QSlider::actionTriggered, this, [this](int action) {
        if (action == SliderSingleStepAdd || action == SliderSingleStepSub) {
            step(action == SliderSingleStepAdd ? 1 : -1);
        }
    });
}

void LogSlider::setNumber(qint64 number)
{
    const QSignalBlocker blocker(this);
    m_number = number;
    setValue(positionOf(number));
}

int LogSlider::positionOf(qint64 number) const
{
    const double clamped = static_cast<double>(std::clamp(number, m_min, m_max));
    const double low = std::log(static_cast<double>(m_min));
    const double high = std::log(static_cast<double>(m_max));
    return static_cast<int>(std::lround(positions * (std::log(clamped) - low) / (high - low)));
}

qint64 LogSlider::numberAt(int position) const
{
    const double low = std::log(static_cast<double>(m_min));
    const double high = std::log(static_cast<double>(m_max));
    return std::clamp(rounded(std::exp(low + (high - low) * position / positions)), m_min, m_max);
}

// An arrow key always reaches the next number, however many positions away it is.
void LogSlider::step(int direction)
{
    int position = value();
    while (position + direction >= 0 && position + direction <= positions) {
        position += direction;
        if ((numberAt(position) - m_number) * direction > 0) {
            break;
        }
    }
    setSliderPosition(position);
}

} // namespace initlens::ui
