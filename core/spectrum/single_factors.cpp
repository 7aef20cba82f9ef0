#include "core/spectrum/measurement.h"

#include "core/base/parallel.h"
#include "core/spectrum/backlog.h"
#include "core/spectrum/layer_measurement.h"
#include "core/spectrum/walk.h"

#include <algorithm>
#include <numeric>

namespace initlens::spectrum {

namespace {

class SingleMeasurement {
public:
    SingleMeasurement(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                      const Execution& execution)
        : m_walk(factors, request.scope, request.layers, execution), m_request(request),
          m_sink(sink), m_execution(execution)
    {
        constexpr int most = 16;
        m_atOnce = static_cast<std::size_t>(
            decompositionsAtOnce(largestProduct(factors, request.scope), most));
    }

    void run()
    {
        for (auto steps = order(); !steps.empty() && !m_execution.stopRequested();) {
            promoteSelected(steps);
            const auto count = std::min(m_atOnce, steps.size());
            measure({steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(count)});
            steps.erase(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(count));
        }
    }

private:
    /// From coarse to fine where weights are at hand, else in the order in which they are drawn.
    [[nodiscard]] std::vector<Index> order() const
    {
        std::vector<Index> steps(static_cast<std::size_t>(m_walk.steps()));
        std::iota(steps.begin(), steps.end(), Index{0});
        if (m_walk.stepsAtOnce() >= static_cast<Index>(steps.size())) {
            std::stable_sort(steps.begin(), steps.end(), [](Index a, Index b) {
                return coarseness(a + 1) > coarseness(b + 1);
            });
        }
        return steps;
    }

    void promoteSelected(std::vector<Index>& steps) const
    {
        const Index selected = m_request.selectedLayer();
        const auto place = std::find_if(steps.begin(), steps.end(), [&](Index step) {
            return m_walk.layerAfter(step) == selected;
        });
        if (place != steps.end()) {
            std::rotate(steps.begin(), place, place + 1);
        }
    }

    void measure(const std::vector<Index>& steps)
    {
        struct Slot {
            Product product;
            LayerMeasurement result;
        };
        std::vector<Slot> slots(steps.size());
        const auto advance = [&](std::size_t i, bool graded) {
            return m_walk.advance(steps[i], graded, 0, slots[i].product);
        };
        for (std::size_t i = 0; i < slots.size() && !m_execution.stopRequested(); ++i) {
            advance(i, /*graded=*/false);
        }
        parallelFor(slots.size(), m_execution, [&](std::size_t i) {
            slots[i].result =
                measurePlain(*slots[i].product.plain, smallerSide(steps[i]), 1, m_execution);
        });
        std::vector<std::size_t> refined;
        for (std::size_t i = 0; i < slots.size() && !m_execution.stopRequested(); ++i) {
            if (!slots[i].result.good && slots[i].product.plain->hasFullRank() &&
                advance(i, /*graded=*/true)) {
                refined.push_back(i);
            }
        }
        parallelFor(refined.size(), m_execution, [&](std::size_t k) {
            Slot& slot = slots[refined[k]];
            slot.result = measureGraded(*slot.product.graded->factor(),
                                        smallerSide(steps[refined[k]]), m_execution);
        });
        for (std::size_t i = 0; i < slots.size() && !m_execution.stopRequested(); ++i) {
            m_sink(m_walk.layerAfter(steps[i]), slots[i].result.spectrum);
        }
    }

    [[nodiscard]] Index smallerSide(Index step) const
    {
        return m_walk.smallerSide(m_walk.layerAfter(step));
    }

    Walk m_walk;
    const Request& m_request;
    const SpectrumSink& m_sink;
    const Execution& m_execution;
    std::size_t m_atOnce = 2;
};

} // namespace

void measureSingleFactors(JacobianFactors& factors, const Request& request,
                          const SpectrumSink& sink, const Execution& execution)
{
    SingleMeasurement(factors, request, sink, execution).run();
}

} // namespace initlens::spectrum
