#pragma once

#include <QDoubleSpinBox>

namespace initlens::ui {

/// A spin box for whole numbers up to 2^53 or for any double, written with the fewest digits.
/// It takes numbers out of range too, so that the form can say what is allowed; its steps stay
/// within the range. What is no such number is refused as a whole, never cut down to one.
class NumberBox : public QDoubleSpinBox {
    Q_OBJECT

public:
    enum class Kind { Whole, Real };
    NumberBox(Kind kind, double min, double max, QWidget* parent);

    void stepBy(int steps) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QString textFromValue(double value) const override;
    [[nodiscard]] double valueFromText(const QString& text) const override;
    [[nodiscard]] QValidator::State validate(QString& text, int& position) const override;

    void fixup(QString& text) const override;

Q_SIGNALS:
    /// `sentence` says why what was typed is no number of this box; the value stays as it was.
    void refused(const QString& sentence) const;
    /// The text is being changed by hand.
    void typed();

protected:
    bool event(QEvent* event) override;
    [[nodiscard]] StepEnabled stepEnabled() const override;

private:
    Kind m_kind;
    double m_min;
    double m_max;
};

} // namespace initlens::ui
