#pragma once

#include "core/initializers/fans.h"
#include "ui/window/side_dock.h"

#include <vector>

class QComboBox;
class QFormLayout;
class QGridLayout;
class QLabel;

namespace initlens::ui {

class NumberBox;

/// The fan calculator: fan-in and fan-out of any layer, and what frameworks take them to be.
class FanPanel : public SideDock {
    Q_OBJECT

public:
    explicit FanPanel(QWidget* parent);

private:
    /// The lines of one framework, or of the connections.
    struct Lines {
        QLabel* name = nullptr;
        QLabel* fanIn = nullptr;
        QLabel* fanOut = nullptr;
        QLabel* weights = nullptr;
        QLabel* difference = nullptr;
    };

    void addLayer();
    void addResults();
    [[nodiscard]] NumberBox* box(const char* name, const QString& spoken, Index largest,
                                 Index value);
    [[nodiscard]] Lines addLines(QGridLayout* grid, const QString& name, const QString& key);
    [[nodiscard]] initializers::FanLayer layer() const;
    void update();
    void showReport(const initializers::FanReport& report);

    QComboBox* m_kind = nullptr;
    QFormLayout* m_layerRows = nullptr;
    NumberBox* m_in = nullptr;
    NumberBox* m_out = nullptr;
    NumberBox* m_kernelRows = nullptr;
    NumberBox* m_kernelColumns = nullptr;
    QWidget* m_kernel = nullptr;
    NumberBox* m_groups = nullptr;
    QLabel* m_problem = nullptr;
    QWidget* m_results = nullptr;
    Lines m_connections;
    std::vector<Lines> m_frameworks;
};

} // namespace initlens::ui
