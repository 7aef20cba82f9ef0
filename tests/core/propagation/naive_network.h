#pragma once

#include "core/experiment/run_spec.h"
#include "core/propagation/network_source.h"

namespace initlens::testing {

/// The passes as a textbook writes them, in double precision, on the weights of a source.
struct NaiveNetwork {
    std::vector<Matrix<double>> weights;        ///< W^1 ..
    std::vector<Vector<double>> biases;         ///< b^1 ..
    std::vector<Matrix<double>> activations;    ///< x^0 ..
    std::vector<Matrix<double>> preactivations; ///< h^1 ..
    std::vector<Matrix<double>> slopes;         ///< of h^1 .., a part above the other
    std::vector<Matrix<double>> deltas;         ///< delta^1 ..

    NaiveNetwork(const experiment::RunSpec& spec, std::vector<Matrix<double>> w,
                 std::vector<Vector<double>> b, const Matrix<double>& x);
    void sendBack(const Matrix<double>& cotangent);
    [[nodiscard]] Matrix<double> output(const Matrix<double>& x) const;

private:
    void forward(const Matrix<double>& x);
    experiment::RunSpec m_spec;
};

/// All weights and biases of trial 0.
template <class T>
NaiveNetwork naiveNetwork(const experiment::RunSpec& spec, const Matrix<T>& x);

} // namespace initlens::testing
