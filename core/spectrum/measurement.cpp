#include "core/spectrum/measurement.h"

#include "core/base/parallel.h"
#include "core/spectrum/anchors.h"
#include "core/spectrum/backlog.h"
#include "core/spectrum/layer_measurement.h"
#include "core/spectrum/walk.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <deque>

namespace initlens::spectrum {

namespace {

/// Anchors whose values may still be unknown when the next one is reached.
constexpr std::size_t mostPending = 2;

/// One walk, with what it remembers.
class Measurement {
public:
    Measurement(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                const Execution& execution, double bytes)
        : m_walk(factors, request.scope, request.layers, execution), m_request(request),
          m_sink(sink), m_execution(execution), m_steps(m_walk.steps()),
          m_productBytes(largestProduct(factors, request.scope)),
          m_backlogBytes(bytes > 0 ? bytes : backlogBytes(m_productBytes)),
          m_backlog(m_backlogBytes)
    {
        for (Index step = 0; step < m_steps; ++step) {
            if (m_walk.measures(m_walk.layerAfter(step))) {
                m_measured.push_back(step + 1);
            }
        }
        m_states.assign(m_measured.size(), State::Open);
        m_returns = static_cast<double>(m_measured.size()) * m_productBytes > m_backlogBytes;
        m_anchors.emplace_back();
    }

    void run()
    {
        walkThrough();
        finishBacklog();
        for (const State state : {State::Open, State::Refine}) {
            for (std::size_t i = 0; i < m_anchors.size() && !stopped(); ++i) {
                walkAgain(i, state, m_steps);
            }
        }
    }

private:
    enum class Way { PlainWhileGood, PlainAlways, Graded };
    enum class State { Open, Taken, Refine };

    /// A place to go on from.
    struct Anchor {
        Index step = 0;
        Product product;
        double relativeError = 0;
        double condition = 1;
        bool good = true;
        Way way = Way::PlainWhileGood; ///< of the steps that follow
    };
    /// An anchor whose values are being found.
    struct Pending {
        Index step = 0;
        Product product;
        LayerMeasurement result;
        TaskGroup task;
    };

    [[nodiscard]] bool stopped() const { return m_execution.stopRequested(); }
    [[nodiscard]] Index layerAt(Index step) const { return m_walk.layerAfter(step - 1); }

    /// Number, from 1, of the measured layer that a step reaches; 0 where nothing is measured.
    [[nodiscard]] Index numberOf(Index step) const
    {
        const auto place = std::lower_bound(m_measured.begin(), m_measured.end(), step);
        return place != m_measured.end() && *place == step ? place - m_measured.begin() + 1 : 0;
    }
    State& stateOf(Index step) { return m_states[static_cast<std::size_t>(numberOf(step) - 1)]; }

    void walkThrough()
    {
        Product product;
        for (Index step = 0; step < m_steps && !stopped();) {
            const double error = m_anchors.back().relativeError;
            if (!m_walk.advance(step, m_way == Way::Graded, error, product)) {
                leaveGraded(step);
                step = goBack(Way::PlainAlways, product);
                continue;
            }
            ++step;
            if (!stopped() && numberOf(step) > 0 && stateOf(step) == State::Open) {
                reach(step, product);
            }
            if (!settle(step == m_steps ? 0 : mostPending)) {
                step = goBack(Way::Graded, product);
            }
        }
        m_pending.clear();
    }

    void reach(Index step, const Product& product)
    {
        stateOf(step) = State::Taken;
        const bool anchor = isAnchor(numberOf(step), static_cast<Index>(m_measured.size()));
        if (anchor && m_way != Way::Graded) {
            startPending(step, product);
            return;
        }
        keep(step, product, /*final=*/false);
        if (m_way != Way::Graded) {
            return;
        }
        if (anchor && m_returns) {
            const std::lock_guard lock(m_mutex);
            m_anchors.push_back({.step = step, .product = product, .way = m_way});
        }
        startHelpers();
    }

    void startPending(Index step, const Product& product)
    {
        const double condition = expectedCondition(step);
        m_pending.push_back(std::make_unique<Pending>());
        Pending& pending = *m_pending.back();
        pending.step = step;
        pending.product = product;
        pending.task.run([this, &pending, condition] {
            const Index smallerSide = m_walk.smallerSide(layerAt(pending.step));
            pending.result =
                measurePlain(*pending.product.plain, smallerSide, condition, m_execution);
        });
    }

    /// Waits until no more than `most` anchors are pending. False where the oldest is not good
    /// enough but can be refined.
    bool settle(std::size_t most)
    {
        for (; m_pending.size() > most; m_pending.pop_front()) {
            Pending& pending = *m_pending.front();
            pending.task.wait();
            if (stopped()) {
                return true;
            }
            const LayerMeasurement& result = pending.result;
            if (!result.good && m_way == Way::PlainWhileGood &&
                pending.product.plain->hasFullRank()) {
                return false;
            }
            m_sink(layerAt(pending.step), result.spectrum);
            addAnchor(pending);
            if (!m_request.isWatched()) {
                measureBefore(pending.step);
            }
        }
        return true;
    }

    void addAnchor(const Pending& pending)
    {
        const std::lock_guard lock(m_mutex);
        if (!pending.result.good) {
            m_way = Way::PlainAlways;
            m_anchors.back().way = m_way;
        }
        m_anchors.push_back({.step = pending.step,
                             .product = pending.product,
                             .relativeError = pending.result.relativeError,
                             .condition = pending.result.condition,
                             .good = pending.result.good,
                             .way = m_way});
    }

    /// Measures what graded products can reach up to a step, and forgets their anchors.
    void leaveGraded(Index step)
    {
        finishBacklog();
        for (std::size_t i = 0; i < m_anchors.size() && !stopped(); ++i) {
            walkAgain(i, State::Open, step);
        }
        while (m_anchors.back().product.graded) {
            m_anchors.pop_back();
        }
    }

    /// To the last anchor, to take another way from there. What the plain product has found after
    /// it does not count; what a graded one has found does.
    Index goBack(Way way, Product& product)
    {
        for (const auto& pending : m_pending) {
            stateOf(pending->step) = State::Open;
        }
        m_pending.clear();
        const std::lock_guard lock(m_mutex);
        Anchor& anchor = m_anchors.back();
        if (way == Way::Graded) {
            for (const Index step : m_backlog.dropAfter(anchor.step)) {
                stateOf(step) = State::Open;
            }
        }
        m_way = way;
        anchor.way = way;
        product = anchor.product;
        return anchor.step;
    }

    /// A final product is measured as well as it can be.
    void keep(Index step, const Product& product, bool final)
    {
        const Index layer = layerAt(step);
        if (product.graded ? !product.graded->isFinite() : !product.plain->isFinite()) {
            m_sink(layer, nullptr);
            return;
        }
        Backlog::Item item{.step = step,
                           .layer = layer,
                           .coarseness = coarseness(numberOf(step)),
                           .final = final,
                           .plain = product.plain,
                           .graded = product.graded ? product.graded->factor() : nullptr};
        const auto crowdedOut = m_backlog.add(std::move(item));
        const std::lock_guard lock(m_mutex);
        for (const Index left : crowdedOut) {
            stateOf(left) = State::Open;
        }
    }

    /// Finds singular values beside the recursion, which leaves processors idle.
    void startHelpers()
    {
        const int helpers = decompositionsAtOnce(m_productBytes, currentThreads() / 2);
        if (helpers == 0) {
            measureNext();
        }
        while (m_helpers < helpers) {
            ++m_helpers;
            m_tasks.run([this] {
                while (measureNext()) {
                }
                --m_helpers;
            });
        }
    }

    void finishBacklog()
    {
        m_tasks.wait();
        forEachDecomposition([this] { return measureNext(); });
    }

    /// What lies before a step: all that its values depend on is known.
    void measureBefore(Index step)
    {
        forEachDecomposition([this, step] {
            return measure(stopped() ? std::nullopt : m_backlog.takeBefore(step));
        });
    }

    /// Calls `next` on as many threads as memory allows, until it says false.
    template <class Next>
    void forEachDecomposition(const Next& next)
    {
        const int atOnce = decompositionsAtOnce(m_productBytes, currentThreads());
        parallelFor(static_cast<std::size_t>(atOnce), m_execution, [&](std::size_t /*thread*/) {
            while (next()) {
            }
        });
    }

    bool measureNext()
    {
        return measure(stopped() ? std::nullopt : m_backlog.take(m_request.selectedLayer()));
    }

    /// Measures a product of the backlog; false where there is none.
    bool measure(const std::optional<Backlog::Item>& item)
    {
        if (!item) {
            return false;
        }
        const Index smallerSide = m_walk.smallerSide(item->layer);
        const auto result = item->plain ? measurePlain(*item->plain, smallerSide,
                                                       expectedCondition(item->step), m_execution)
                                        : measureGraded(*item->graded, smallerSide, m_execution);
        if (stopped()) {
            return false;
        }
        if (!result.good && !item->final && item->plain->hasFullRank()) {
            const std::lock_guard lock(m_mutex);
            if (anchorBefore(item->step).good) {
                stateOf(item->step) = State::Refine;
                return true;
            }
        }
        m_sink(item->layer, result.spectrum);
        return true;
    }

    const Anchor& anchorBefore(Index step) const
    {
        const auto next =
            std::lower_bound(m_anchors.begin() + 1, m_anchors.end(), step,
                             [](const Anchor& anchor, Index other) { return anchor.step < other; });
        return *std::prev(next);
    }

    double expectedCondition(Index step) const
    {
        const std::lock_guard lock(m_mutex);
        const Anchor& before = anchorBefore(step);
        const KnownCondition from{before.step, before.condition};
        if (&before == &m_anchors.back()) {
            return conditionAfter(step, from);
        }
        const Anchor& after = *(&before + 1);
        return conditionBetween(step, from, {after.step, after.condition});
    }

    /// Reaches the layers of a state between an anchor and the next, that one included, once more,
    /// but goes no further than a step.
    void walkAgain(std::size_t index, State state, Index furthest)
    {
        const Anchor anchor = m_anchors[index];
        const Index end =
            std::min(furthest, index + 1 < m_anchors.size() ? m_anchors[index + 1].step : m_steps);
        const auto first = std::upper_bound(m_measured.begin(), m_measured.end(), anchor.step);
        const auto last = std::find_if(
            std::make_reverse_iterator(std::upper_bound(first, m_measured.end(), end)),
            std::make_reverse_iterator(first), [&](Index step) { return stateOf(step) == state; });
        if (last == std::make_reverse_iterator(first)) {
            return;
        }
        const auto most = static_cast<std::size_t>(std::max(2.0, m_backlogBytes / m_productBytes));
        Way way = state == State::Refine ? Way::Graded : anchor.way;
        Product product = anchor.product;
        for (Index step = anchor.step; step < *last && !stopped();) {
            if (!m_walk.advance(step, way == Way::Graded, anchor.relativeError, product)) {
                way = Way::PlainAlways;
                product = anchor.product;
                step = anchor.step;
                continue;
            }
            ++step;
            if (stopped() || numberOf(step) == 0 || stateOf(step) != state) {
                continue;
            }
            if (m_backlog.size() + 1 >= most) {
                finishBacklog();
            }
            stateOf(step) = State::Taken;
            keep(step, product, /*final=*/state == State::Refine);
        }
        finishBacklog();
    }

    Walk m_walk;
    const Request& m_request;
    const SpectrumSink& m_sink;
    const Execution& m_execution;
    Index m_steps;
    double m_productBytes;
    double m_backlogBytes;
    Way m_way = Way::PlainWhileGood;
    bool m_returns = false;        ///< some layers will be reached again
    std::vector<Index> m_measured; ///< the steps that reach a measured layer
    mutable std::mutex m_mutex;    ///< of the two members that follow
    std::vector<State> m_states;   ///< of each measured layer
    std::vector<Anchor> m_anchors; ///< the first is the beginning
    Backlog m_backlog;
    std::atomic<int> m_helpers{0};
    // The last members: their destructors wait for tasks that use the others.
    std::deque<std::unique_ptr<Pending>> m_pending;
    TaskGroup m_tasks;
};

} // namespace

double backlogBytes(double productBytes)
{
    constexpr double mebibyte = 1 << 20;
    constexpr double products = 128;
    return std::clamp(products * productBytes, 256 * mebibyte, 768 * mebibyte);
}

int decompositionsAtOnce(double productBytes, int threads)
{
    constexpr double bytes = 512.0 * (1 << 20);
    constexpr double most = 16;
    return std::min(threads, static_cast<int>(std::clamp(bytes / productBytes, 2.0, most)));
}

double largestProduct(const JacobianFactors& factors, Scope::Kind scope)
{
    Index largest = 1;
    for (Index layer = 0; layer <= factors.depth(); ++layer) {
        largest = std::max(largest, factors.size(layer));
    }
    const Index end =
        scope == Scope::Kind::ToOutput ? factors.size(factors.depth()) : factors.size(0);
    const Index columns = scope == Scope::Kind::PerLayer ? largest : std::min(end, largest);
    return static_cast<double>(largest) * static_cast<double>(columns) * sizeof(double);
}

void measureProducts(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                     const Execution& execution, double bytes)
{
    Measurement(factors, request, sink, execution, bytes).run();
}

} // namespace initlens::spectrum
