#include "tests/core/propagation/naive_network.h"

namespace initlens::testing {

NaiveNetwork::NaiveNetwork(const experiment::RunSpec& spec, std::vector<Matrix<double>> w,
                           std::vector<Vector<double>> b, const Matrix<double>& x)
    : weights(std::move(w)), biases(std::move(b)), m_spec(spec)
{
    forward(x);
}

void NaiveNetwork::forward(const Matrix<double>& x)
{
    activations = {x};
    preactivations.clear();
    slopes.clear();
    const int parts = m_spec.activation->outputsPerUnit;
    for (std::size_t l = 0; l < weights.size(); ++l) {
        Matrix<double> h = weights[l] * activations.back();
        h.colwise() += biases[l];
        Matrix<double> next(h.rows() * parts, h.cols());
        Matrix<double> slope(h.rows() * parts, h.cols());
        for (Index c = 0; c < h.cols(); ++c) {
            for (Index r = 0; r < h.rows(); ++r) {
                for (int part = 0; part < parts; ++part) {
                    const auto point = activations::evaluateAt(m_spec.activation, h(r, c), part);
                    next(part * h.rows() + r, c) = point.value;
                    slope(part * h.rows() + r, c) = point.slope;
                }
            }
        }
        preactivations.push_back(h);
        activations.push_back(next);
        slopes.push_back(slope);
    }
}

void NaiveNetwork::sendBack(const Matrix<double>& cotangent)
{
    deltas.assign(weights.size(), {});
    Matrix<double> back = cotangent;
    for (std::size_t l = weights.size(); l-- > 0;) {
        const Matrix<double> gated = slopes[l].cwiseProduct(back);
        const Index units = weights[l].rows();
        deltas[l] = Matrix<double>::Zero(units, gated.cols());
        for (Index row = 0; row < gated.rows(); row += units) {
            deltas[l] += gated.middleRows(row, units);
        }
        back = weights[l].transpose() * deltas[l];
    }
}

Matrix<double> NaiveNetwork::output(const Matrix<double>& x) const
{
    return NaiveNetwork(m_spec, weights, biases, x).activations.back();
}

template <class T>
NaiveNetwork naiveNetwork(const experiment::RunSpec& spec, const Matrix<T>& x)
{
    propagation::NetworkSource<T> source(
        {spec, experiment::effectiveInputSize(spec), static_cast<std::uint64_t>(spec.seed), 0},
        true);
    std::vector<Matrix<double>> weights;
    std::vector<Vector<double>> biases;
    for (Index layer = 1; layer <= spec.depth; ++layer) {
        source.prepare(layer, layer, Execution{});
        weights.push_back(source.weights(layer).template cast<double>());
        biases.push_back(source.hasBiases()
                             ? Vector<double>(source.biases(layer).template cast<double>())
                             : Vector<double>::Zero(spec.width));
    }
    return {spec, std::move(weights), std::move(biases), x.template cast<double>()};
}

template NaiveNetwork naiveNetwork(const experiment::RunSpec&, const Matrix<float>&);
template NaiveNetwork naiveNetwork(const experiment::RunSpec&, const Matrix<double>&);

} // namespace initlens::testing
