#pragma once

#include "core/theory/free_product.h"

#include <vector>

namespace initlens::theory {

/// The bulk of a free product as points of its curve, and root finding between them.
class SpectrumCurve {
public:
    /// An atom of the law of lambda.
    struct Atom {
        double logLambda = 0;
        double mass = 0;
    };

    SpectrumCurve(SlopeLaws& slopes, Ensemble ensemble, std::vector<Atom> atoms, double bulkMass);

    /// Whether all of the curve could be computed.
    [[nodiscard]] bool sound() const;
    /// Ascending in lambda; points in a gap lie next to others only.
    [[nodiscard]] const std::vector<FreeProduct::Point>& points() const { return m_points; }
    [[nodiscard]] double logMin() const; ///< ln lambda at the lower end of the bulk, or -infinity
    [[nodiscard]] double logMax() const;
    [[nodiscard]] FreeProduct::Point atLogLambda(double logLambda);
    [[nodiscard]] FreeProduct::Point atMassAbove(double massAbove);

private:
    using Point = FreeProduct::Point;

    [[nodiscard]] bool isLost(const Point& point) const;
    [[nodiscard]] Point lastBefore(Point found, double lost);
    void placeEnds();
    void insert(std::size_t after, double logRadius);
    void halve(std::size_t interval);
    void forgetLost();
    void refineByMass();
    void insertEdges();
    void refineByShape();
    void limitSpikes();
    [[nodiscard]] double bulkBetween(const Point& low, const Point& high) const;
    [[nodiscard]] double massBelow(const Point& point) const;
    template <class Excess, class Slope>
    Point solve(Point low, Point high, Excess&& excess, Slope&& slope);

    SlopeLaws& m_slopes;
    FreeProduct m_product;
    std::vector<Atom> m_atoms;
    double m_bulkMass;
    std::vector<Point> m_points;
};

} // namespace initlens::theory
