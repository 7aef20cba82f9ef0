#pragma once

#include "core/random/stream.h"
#include "tests/core/spectrum/given_factors.h"

#include <Eigen/QR>

#include <cmath>
#include <string>

namespace initlens::spectrum {

enum class Law { Gaussian, Truncated, Orthogonal };
enum class Shape { Linear, Relu, LeakyRelu, Tanh, Crelu };

struct Network {
    std::string name;
    Shape activation = Shape::Linear;
    Law law = Law::Gaussian;
    double sigma = 1; ///< sigma_w
    Index width = 16;
    Index depth = 50;
    int bits = 1000;
    Index inputs = 0;  ///< 0: the width
    double growth = 1; ///< of the width from layer to layer
    Scope::Kind scope = Scope::Kind::FromInput;
    double tolerance = 1e-9;
    std::uint64_t seed = 11;
};

inline Matrix<double> weightsOf(const Network& network, Index rows, Index columns, Index layer)
{
    Matrix<double> w(rows, columns);
    const random::Stream stream{.seed = network.seed, .layer = static_cast<std::uint32_t>(layer)};
    random::fillNormal<double>(stream, 0, {w.data(), static_cast<std::size_t>(w.size())});
    if (network.law == Law::Orthogonal) {
        Eigen::HouseholderQR<Eigen::MatrixXd> qr(rows >= columns ? Eigen::MatrixXd(w)
                                                                 : Eigen::MatrixXd(w.transpose()));
        const Index k = std::min(rows, columns);
        const Eigen::MatrixXd q =
            qr.householderQ() * Eigen::MatrixXd::Identity(std::max(rows, columns), k);
        w = network.sigma * (rows >= columns ? q : Eigen::MatrixXd(q.transpose()));
        return w;
    }
    if (network.law == Law::Truncated) {
        w = w.cwiseMax(-2).cwiseMin(2) / 0.88;
    }
    return w * (network.sigma / std::sqrt(static_cast<double>(columns)));
}

/// The factors of a network at one Gaussian input.
inline GivenFactors factorsOf(const Network& network)
{
    const bool crelu = network.activation == Shape::Crelu;
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> slopes;
    Vector<double> x(network.inputs > 0 ? network.inputs : network.width);
    random::fillNormal<double>({.seed = 12}, 0, {x.data(), static_cast<std::size_t>(x.size())});
    double width = static_cast<double>(network.width);
    for (Index layer = 1; layer <= network.depth; ++layer, width *= network.growth) {
        const auto rows = std::max<Index>(1, static_cast<Index>(std::lround(width)));
        Matrix<double> w = weightsOf(network, rows, x.size(), layer);
        if (crelu) {
            const Matrix<double> half = w;
            w.resize(2 * rows, half.cols());
            w << half, -half;
        }
        const Vector<double> h = w * x;
        Vector<double> slope = Vector<double>::Ones(h.size());
        x = h;
        switch (network.activation) {
        case Shape::Linear:
            x /= x.norm() / std::sqrt(static_cast<double>(x.size()));
            break;
        case Shape::Relu:
        case Shape::Crelu:
            slope = (h.array() > 0).cast<double>();
            x = h.cwiseMax(0);
            break;
        case Shape::LeakyRelu:
            slope = (h.array() > 0)
                        .select(Vector<double>::Ones(h.size()),
                                Vector<double>::Constant(h.size(), 0.1));
            x = slope.cwiseProduct(h);
            break;
        case Shape::Tanh:
            slope = h.array().cosh().square().inverse();
            x = h.array().tanh();
            break;
        }
        weights.push_back(std::move(w));
        slopes.push_back(std::move(slope));
    }
    return GivenFactors(std::move(weights), std::move(slopes));
}

} // namespace initlens::spectrum
