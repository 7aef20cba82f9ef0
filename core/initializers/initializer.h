#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"
#include "core/base/registry.h"
#include "core/initializers/weight_law.h"
#include "core/random/stream.h"

#include <optional>
#include <span>
#include <string>

namespace initlens::initializers {

/// Shape of one layer's weight matrix W (outputs x inputs). A convolution's kernel is flattened:
/// column t * channels() + c is tap t of input channel c, taps row by row.
struct WeightShape {
    Index outputs = 0; ///< rows
    Index inputs = 0;  ///< columns: fan-in, with both halves of a concatenated rectifier
    /// Outputs per unit of the activation that feeds the layer: 2 behind crelu, else 1 (also for
    /// the first layer, which takes the raw input).
    int inputParts = 1;
    Index taps = 1; ///< of the kernel: its area; 1 for a dense layer
    /// Where the layer stands in a residual block, and how many blocks the network has.
    enum class Place { NoBlock, OnlyLayer, FirstLayer, LastLayer };
    Place place = Place::NoBlock;
    Index blocks = 0;

    [[nodiscard]] Index fanIn() const { return inputs; }
    [[nodiscard]] Index fanOut() const { return outputs * taps; }
    /// Input channels of one tap.
    [[nodiscard]] Index channels() const { return inputs / taps; }
    friend bool operator==(const WeightShape&, const WeightShape&) = default;
};

/// Exact mean and variance of the elements of W, pooled over the matrix.
struct Moments {
    double mean = 0;
    double variance = 0;
};

/// One layer to be drawn.
struct Request {
    WeightShape shape;
    std::span<const double> params; ///< in the order of the row's ParamSpecs
    random::Stream stream;          ///< purpose Weights
};

/// How a row draws its own biases, if it does: uniform on +-limit.
struct OwnBias {
    double uniformLimit = 0;
};

/// A layer's weights are divided by the deviation of its outputs until their variance is within
/// `tolerance` of one, at most `iterations` times.
struct BatchCalibration {
    double tolerance = 0;
    int iterations = 0;
};

/// What theory takes the weights of a row to be: independent numbers, of which only the variance
/// counts in wide layers; uniformly distributed (semi-)orthogonal matrices; anything else.
enum class Ensemble { Structured, Independent, Orthogonal };

/// One rule for initial weights. A new one is one source file and one line in the table.
///
/// Whatever a row draws is a function of its Request alone.
struct Initializer {
    static constexpr std::string_view kind = "initializer";
    static Table<Initializer> table();

    RowHead head;
    /// Writes every element of `weights` (outputs x inputs; with centreTapOnly outputs x channels),
    /// on the current workers; after a stop request the contents are undefined.
    void (*fillFloat)(MatrixView<float> weights, const Request&, const Execution&) = nullptr;
    void (*fillDouble)(MatrixView<double> weights, const Request&, const Execution&) = nullptr;
    /// Exact moments, or nothing when they depend on the data (lsuv).
    std::optional<Moments> (*moments)(const WeightShape&, std::span<const double> params) = nullptr;
    /// What the weights are, of which code in other languages is made; with centreTapOnly those of
    /// that tap. Null when they depend on the data (lsuv).
    WeightLaw (*law)(const WeightShape&, std::span<const double> params) = nullptr;
    /// The clause that says why this row cannot serve this shape, without the row's name; empty
    /// when it can. Null: always.
    std::string (*refusal)(const WeightShape&, std::span<const double> params) = nullptr;
    /// Biases that come with the row (framework defaults). Null or nothing: the spec's bias_std.
    std::optional<OwnBias> (*ownBias)(const WeightShape&, std::span<const double> params) = nullptr;
    /// Rank of W where it is less than min(outputs, inputs) by construction (constant: 1, zeros:
    /// 0). Null: full.
    Index (*rank)(const WeightShape&, std::span<const double> params) = nullptr;
    /// True when drawing a weight again costs no more than fetching it from memory: elements that
    /// are independent of each other. Large networks of such weights are not kept.
    bool cheapToDraw = false;
    /// Matrices of the layer's size that drawing it takes beside the layer itself.
    int workingCopies = 0;
    /// How the outputs of every layer are rescaled to unit variance on the batch, layer by layer
    /// (Mishkin and Matas 2016). Null: they are not.
    BatchCalibration (*calibration)(std::span<const double> params) = nullptr;
    /// True when the row makes sense only behind a concatenated rectifier (an activation with two
    /// outputs per unit), as looks_linear does.
    bool needsConcatenatedRectifier = false;
    /// True when all taps of a kernel but the one in the middle are zero: only that one is drawn,
    /// stored and multiplied by. The middle of an even kernel is the tap before its centre.
    bool centreTapOnly = false;
    /// True when kernels of several taps are orthogonal as convolutions with circular padding, not
    /// only as flattened matrices.
    bool isometricKernel = false;
    Ensemble ensemble = Ensemble::Structured;
    /// True when weights and biases lie on the edge of chaos of the network's activation, at the
    /// fixed point that is the row's one parameter. Theory finds sigma_w for it and appends it to
    /// the values of the choice before anything is drawn (theory/edge_weights.h); without it a row
    /// draws with sigma_w = 1.
    bool onEdgeOfChaos = false;
    /// The clause that says why theory has no prediction for structured weights.
    std::string_view structure = {};

    template <class T>
    void fill(MatrixView<T> weights, const Request& request, const Execution& execution) const;
};

template <>
inline void Initializer::fill<float>(MatrixView<float> weights, const Request& request,
                                     const Execution& execution) const
{
    fillFloat(weights, request, execution);
}
template <>
inline void Initializer::fill<double>(MatrixView<double> weights, const Request& request,
                                      const Execution& execution) const
{
    fillDouble(weights, request, execution);
}

using InitializerChoice = Choice<Initializer>;

/// The part of a layer's weights that is drawn and stored.
inline WeightShape storedShape(const Initializer& initializer, const WeightShape& shape)
{
    if (!initializer.centreTapOnly) {
        return shape;
    }
    WeightShape centre = shape;
    centre.inputs = shape.channels();
    centre.taps = 1;
    return centre;
}

} // namespace initlens::initializers
