#pragma once

#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>

namespace initlens::ui {

/// A heading that folds what is under it.
class Section : public QWidget {
    Q_OBJECT

public:
    Section(const QString& title, QWidget* parent);

    void add(QWidget* widget) { m_rows->addWidget(widget); }
    void setExpanded(bool expanded);
    [[nodiscard]] bool isExpanded() const;

private:
    QString m_title;
    QPushButton* m_heading;
    QWidget* m_body;
    QVBoxLayout* m_rows;
};

} // namespace initlens::ui
