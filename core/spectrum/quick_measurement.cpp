#include "core/spectrum/quick_measurement.h"

#include "core/base/parallel.h"
#include "core/spectrum/anchors.h"
#include "core/spectrum/backlog.h"
#include "core/spectrum/measurement.h"
#include "core/spectrum/noise_bound.h"
#include "core/spectrum/singular_values.h"
#include "core/spectrum/walk.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <mutex>
#include <numbers>
#include <optional>
#include <type_traits>

namespace initlens::spectrum {

namespace {

/// Bisection of the eigenvalues of a Gram matrix ends here, in units of the largest: well below its
/// rounding errors.
template <class T>
constexpr double resolution = std::is_same_v<T, float> ? 0x1p-32 : 0x1p-46;
/// Bounds in units of the noise of an element (noise_bound.h). That of the product counts every
/// rounding in full, and so stands for several standard deviations. That of the Gram matrix and of
/// its reduction to tridiagonal form is one rounding of the largest eigenvalue: the largest of
/// 150000 errors, over many orders and kinds of matrices, was five of them.
constexpr double productUnits = 4;
constexpr double gramUnits = 8;

template <class T>
constexpr double roundoff = std::numeric_limits<T>::epsilon() / 2;

/// Condition number up to which the Gram matrix in single precision is worth a try.
double largestSingleCondition()
{
    return std::sqrt(2 * quickBound * std::numbers::ln10 / (gramUnits * roundoff<float>));
}

/// From the eigenvalues of the Gram matrix in the precision G; null after a stop request.
template <class G>
LayerSpectrumPointer spectrumByGram(const RunningProduct<float>& product, Index smallerSide,
                                    double& condition, const Execution& execution)
{
    std::vector<double> squares;
    if constexpr (std::is_same_v<G, float>) {
        squares = gramEigenvalues(product.values(), resolution<G>, execution);
    } else {
        squares = gramEigenvalues(Matrix<G>(product.values().cast<G>()), resolution<G>, execution);
    }
    if (squares.empty()) {
        return nullptr;
    }
    std::reverse(squares.begin(), squares.end());
    const double largest = squares.front();
    const auto squareBounds =
        noiseBounds(squares, {.element = roundoff<G> * largest, .units = gramUnits});
    std::vector<double> values(squares.size());
    std::transform(squares.begin(), squares.end(), values.begin(),
                   [](double square) { return std::sqrt(std::max(0.0, square)); });
    const auto others = static_cast<double>(product.values().rows() + product.values().cols());
    const auto bounds = noiseBounds(
        values,
        {.element = product.noise(), .units = productUnits, .mirrored = true, .others = others});

    auto spectrum = std::make_shared<LayerSpectrum>();
    spectrum->carrier = Carrier::SingleProduct;
    const double log10Scale = product.log2Scale() * std::log10(2.0);
    double absolute = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double square = std::max(squares[i], std::numeric_limits<double>::min());
        const double value = std::sqrt(square);
        const double relative = (squareBounds[i] + resolution<G> * largest) / square;
        // A rounding of every element of a row stretches all values alike.
        constexpr double own = 16 * roundoff<float>;
        spectrum->log10Values.push_back(std::log10(value) + log10Scale);
        spectrum->bounds.push_back(log10Bound(bounds[i] / value + own) + log10Bound(relative) / 2);
        absolute = std::max(absolute, bounds[i] + relative * value);
    }
    spectrum->exactZeros = smallerSide - static_cast<std::int64_t>(values.size());
    spectrum->log10Resolution = std::log10(absolute) + log10Scale;
    condition = squares.back() > 0 ? std::sqrt(largest / squares.back())
                                   : std::numeric_limits<double>::infinity();
    return spectrum;
}

bool isGood(const LayerSpectrum& spectrum)
{
    return *std::max_element(spectrum.bounds.begin(), spectrum.bounds.end()) <= quickBound;
}

/// Whether no rank is lost; where one is, double precision has to tell whether truly so.
bool hasFullSize(const RunningProduct<float>& product)
{
    return product.rank() == std::min(product.values().rows(), product.values().cols());
}

/// One walk, with what it remembers.
class SingleWalk {
public:
    SingleWalk(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
               const Execution& execution, double bytes)
        : m_walk(factors, request.scope, request.layers, execution), m_request(request),
          m_sink(sink), m_execution(execution),
          m_productBytes(largestProduct(factors, request.scope) * sizeof(float) / sizeof(double)),
          m_room(
              std::max(1.0, (bytes > 0 ? bytes : backlogBytes(m_productBytes)) / m_productBytes)),
          m_backlog(std::numeric_limits<double>::infinity()), m_left(request.layers)
    {}

    std::vector<Index> run()
    {
        std::optional<RunningProduct<float>> product;
        const auto count = static_cast<Index>(m_request.layers.size());
        Index number = 0;
        for (Index step = 0; step < m_walk.steps() && !m_failed && !stopped(); ++step) {
            m_walk.advancePlain(step, product);
            const bool isHeld = product->isFinite() && hasFullSize(*product);
            if (!isHeld && !m_walk.isSingle()) {
                break;
            }
            if (stopped() || !m_walk.measures(m_walk.layerAfter(step))) {
                continue;
            }
            ++number;
            if (isHeld) {
                reach(step + 1, number, count, *product);
            }
        }
        settle(0);
        measureBacklog();
        return m_left;
    }

private:
    /// An anchor whose values are being found.
    struct Pending {
        Index step = 0;
        std::optional<RunningProduct<float>> product;
        LayerMeasurement result;
        TaskGroup task;
    };

    [[nodiscard]] bool stopped() const { return m_execution.stopRequested(); }
    [[nodiscard]] Index layerAt(Index step) const { return m_walk.layerAfter(step - 1); }

    void reach(Index step, Index number, Index count, const RunningProduct<float>& product)
    {
        if (!m_walk.isSingle() && isAnchor(number, count)) {
            settle(1);
            startPending(step, product);
            return;
        }
        if (static_cast<double>(m_backlog.size() + 1) > m_room) {
            settle(0);
            measureBacklog();
        }
        m_backlog.add({.step = step,
                       .layer = layerAt(step),
                       .coarseness = coarseness(number),
                       .final = true,
                       .single = product});
    }

    void startPending(Index step, const RunningProduct<float>& product)
    {
        m_pending.push_back(std::make_unique<Pending>());
        Pending& pending = *m_pending.back();
        pending.step = step;
        pending.product = product;
        pending.task.run([this, &pending, condition = expectedCondition(step)] {
            const Index smallerSide = m_walk.smallerSide(layerAt(pending.step));
            pending.result = measureSingle(*pending.product, smallerSide, condition, m_execution);
        });
    }

    /// Waits until no more than `most` anchors are pending.
    void settle(std::size_t most)
    {
        for (; m_pending.size() > most; m_pending.pop_front()) {
            Pending& pending = *m_pending.front();
            pending.task.wait();
            if (stopped() || m_failed) {
                continue;
            }
            if (!pending.result.good) {
                m_failed = true;
                m_backlog.dropAfter(pending.step);
                continue;
            }
            m_conditions.push_back({pending.step, pending.result.condition});
            send(layerAt(pending.step), pending.result.spectrum);
            if (!m_request.isWatched()) {
                measure([&] { return m_backlog.takeBefore(pending.step); });
            }
        }
    }

    void measureBacklog()
    {
        measure([this] { return m_backlog.take(m_request.selectedLayer()); });
    }

    /// Measures what `take` hands out, on as many threads as memory allows.
    template <class Take>
    void measure(const Take& take)
    {
        const int atOnce = decompositionsAtOnce(m_productBytes, currentThreads());
        parallelFor(static_cast<std::size_t>(atOnce), m_execution, [&](std::size_t /*thread*/) {
            while (!stopped()) {
                const auto item = take();
                if (!item) {
                    return;
                }
                const auto result = measureSingle(*item->single, m_walk.smallerSide(item->layer),
                                                  expectedCondition(item->step), m_execution);
                if (result.good && !stopped()) {
                    send(item->layer, result.spectrum);
                }
            }
        });
    }

    void send(Index layer, LayerSpectrumPointer spectrum)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_left.erase(std::lower_bound(m_left.begin(), m_left.end(), layer));
        }
        m_sink(layer, std::move(spectrum));
    }

    [[nodiscard]] double expectedCondition(Index step) const
    {
        const auto after = std::lower_bound(
            m_conditions.begin(), m_conditions.end(), step,
            [](const KnownCondition& one, Index other) { return one.step < other; });
        const KnownCondition before =
            after == m_conditions.begin() ? KnownCondition{} : *std::prev(after);
        return after == m_conditions.end() ? conditionAfter(step, before)
                                           : conditionBetween(step, before, *after);
    }

    Walk m_walk;
    const Request& m_request;
    const SpectrumSink& m_sink;
    const Execution& m_execution;
    double m_productBytes;
    double m_room; ///< products that may wait
    bool m_failed = false;
    std::vector<KnownCondition> m_conditions; ///< of the anchors
    Backlog m_backlog;
    std::mutex m_mutex;
    std::vector<Index> m_left; ///< layers that were not sent
    // The last member: its destructor waits for tasks that use the others.
    std::deque<std::unique_ptr<Pending>> m_pending;
};

} // namespace

LayerMeasurement measureSingle(const RunningProduct<float>& product, Index smallerSide,
                               double expectedCondition, const Execution& execution)
{
    LayerMeasurement measured{.spectrum = nullptr, .good = false};
    if (product.rank() == 0) {
        LayerSpectrum none;
        none.exactZeros = smallerSide;
        none.log10Resolution = -std::numeric_limits<double>::infinity();
        none.carrier = Carrier::SingleProduct;
        measured.spectrum = std::make_shared<const LayerSpectrum>(std::move(none));
        measured.good = true;
        return measured;
    }
    if (expectedCondition <= largestSingleCondition()) {
        measured.spectrum =
            spectrumByGram<float>(product, smallerSide, measured.condition, execution);
        measured.good = measured.spectrum != nullptr && isGood(*measured.spectrum);
    }
    if (!measured.good && !execution.stopRequested()) {
        measured.spectrum =
            spectrumByGram<double>(product, smallerSide, measured.condition, execution);
        measured.good = measured.spectrum != nullptr && isGood(*measured.spectrum);
    }
    return measured;
}

std::vector<Index> measureInSinglePrecision(JacobianFactors& factors, const Request& request,
                                            const SpectrumSink& sink, const Execution& execution,
                                            double bytes)
{
    return SingleWalk(factors, request, sink, execution, bytes).run();
}

} // namespace initlens::spectrum
