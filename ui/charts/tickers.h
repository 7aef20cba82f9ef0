#pragma once

#include <qcustomplot.h>

#include <limits>

namespace initlens::ui {

/// Labels a linear axis of log10 values with powers of ten; when zoomed in, with the numbers.
class PowerTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QVector<double> createSubTickVector(int subTickCount, const QVector<double>& ticks) override;
};

/// Whole numbers only.
class LayerTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;
};

/// Numbers with a true minus sign, and none below the lowest that the axis can have.
class NumberTicker : public QCPAxisTicker {
public:
    explicit NumberTicker(double lowest = -std::numeric_limits<double>::infinity())
        : m_lowest(lowest)
    {}

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    int getSubTickCount(double tickStep) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar formatChar,
                         int precision) override;

private:
    double m_lowest;
};

} // namespace initlens::ui
