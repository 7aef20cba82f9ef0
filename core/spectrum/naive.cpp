#include "core/base/linear_algebra.h"
#include "core/base/parallel.h"
#include "core/spectrum/dense.h"
#include "core/spectrum/rows.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <optional>

// What users of NumPy and PyTorch do: multiply D W D W ... in the precision of their arrays and
// call an SVD. Every value below a rounding of the largest is then noise, and nothing says so. Only
// the tiles of the products and the layers side by side are ours, which changes no more than
// rounding.

namespace initlens::spectrum {

namespace {

/// Decompositions that are under way together. It depends on the size alone, as all results must.
Index layersTogether(Index rows, Index columns)
{
    constexpr Index elements = Index{1} << 23;
    return std::clamp<Index>(elements / std::max<Index>(1, rows * columns), 2, 16);
}

/// From this size on a decomposition takes longer than a stop request may wait.
constexpr Index longOrder = 300;

template <class T>
struct Decomposition {
    Matrix<T> matrix;
    std::vector<T> values;
    bool converged = false;
};

/// Null where the product or a singular value is not finite.
template <class T>
LayerSpectrumPointer spectrumOf(const std::vector<T>& values)
{
    auto spectrum = std::make_shared<LayerSpectrum>();
    for (const T value : values) {
        if (!std::isfinite(value)) {
            return nullptr;
        }
        if (value > 0) {
            spectrum->log10Values.push_back(std::log10(static_cast<double>(value)));
        } else {
            ++spectrum->exactZeros; // zero in this precision, whatever it should have been
        }
    }
    spectrum->log10Resolution = -std::numeric_limits<double>::infinity();
    return spectrum;
}

/// The product of the factors on its way, in the precision T.
template <class T>
class NaiveProduct {
public:
    NaiveProduct(JacobianFactors& factors, const SpectrumSink& sink, const Execution& execution)
        : m_factors(factors), m_sink(sink), m_execution(execution)
    {}

    void measureFromInput(const std::vector<Index>& layers)
    {
        Matrix<T> product;
        for (Index layer = 1; layer <= layers.back() && !stopped(); ++layer) {
            Matrix<T> factor = factorOf(layer);
            product = layer == 1 ? std::move(factor) : times(factor, product);
            if (std::binary_search(layers.begin(), layers.end(), layer)) {
                submit(layer, product);
            }
        }
        decompose();
    }

    void measureToOutput(const std::vector<Index>& layers)
    {
        Matrix<T> product;
        const Index depth = m_factors.depth();
        for (Index layer = depth - 1; layer >= layers.front() && !stopped(); --layer) {
            Matrix<T> factor = factorOf(layer + 1);
            product = layer == depth - 1 ? std::move(factor) : times(product, factor);
            if (std::binary_search(layers.begin(), layers.end(), layer)) {
                submit(layer, product);
            }
        }
        decompose();
    }

    void measurePerLayer(const std::vector<Index>& layers)
    {
        for (auto layer = layers.begin(); layer != layers.end() && !stopped(); ++layer) {
            submit(*layer, factorOf(*layer));
        }
        decompose();
    }

private:
    struct Layer {
        Index number = 0;
        Matrix<T> product;
    };

    [[nodiscard]] bool stopped() const { return m_execution.stopRequested(); }

    Matrix<T> factorOf(Index layer)
    {
        prepare(layer);
        std::vector<Index> rows(static_cast<std::size_t>(m_factors.size(layer)));
        std::vector<Index> columns(static_cast<std::size_t>(m_factors.size(layer - 1)));
        std::iota(rows.begin(), rows.end(), Index{0});
        std::iota(columns.begin(), columns.end(), Index{0});
        Matrix<double> factor;
        m_factors.dense(layer, rows, columns, factor, m_execution);
        // The product of two floats is exact in double precision, so this rounds it but once.
        return factor.template cast<T>();
    }

    /// Layers are made ready in whole blocks, whichever way they are walked through.
    void prepare(Index layer)
    {
        const Index block = m_factors.layersAtOnce();
        const Index first = (layer - 1) / block * block + 1;
        if (first != m_firstReady) {
            m_firstReady = first;
            m_factors.prepare(first, std::min(first + block - 1, m_factors.depth()), m_execution);
        }
    }

    Matrix<T> times(const Matrix<T>& a, const Matrix<T>& b) const
    {
        Matrix<T> product(a.rows(), b.cols());
        multiply(Op::None, Op::None, a.rows(), b.cols(), a.cols(), T(1), a.data(), a.rows(),
                 b.data(), b.rows(), T(0), product.data(), product.rows(), m_execution);
        return product;
    }

    void submit(Index layer, const Matrix<T>& product)
    {
        m_waiting.push_back({layer, product});
        if (static_cast<Index>(m_waiting.size()) ==
            layersTogether(product.rows(), product.cols())) {
            decompose();
        }
    }

    /// Finds the values of the layers that wait, side by side.
    void decompose()
    {
        parallelFor(m_waiting.size(), m_execution, [this](std::size_t i) {
            auto spectrum = decomposed(std::move(m_waiting[i].product));
            if (spectrum) {
                m_sink(m_waiting[i].number, *std::move(spectrum));
            }
        });
        m_waiting.clear();
    }

    /// Nothing after a stop request.
    std::optional<LayerSpectrumPointer> decomposed(Matrix<T> product) const
    {
        if (!product.allFinite()) {
            return nullptr;
        }
        const auto work = std::make_shared<Decomposition<T>>();
        const Index order = std::min(product.rows(), product.cols());
        work->values.resize(static_cast<std::size_t>(order));
        work->matrix = std::move(product);
        const auto call = [work] {
            auto& matrix = work->matrix;
            work->converged = denseSingularValues(matrix.rows(), matrix.cols(), matrix.data(),
                                                  matrix.rows(), work->values.data());
        };
        if (order < longOrder) {
            call();
        } else if (!runAbandonable(call, m_execution)) {
            return std::nullopt;
        }
        return work->converged ? spectrumOf(work->values) : nullptr;
    }

    JacobianFactors& m_factors;
    const SpectrumSink& m_sink;
    const Execution& m_execution;
    std::vector<Layer> m_waiting;
    Index m_firstReady = 0;
};

template <class T>
void measureNaive(JacobianFactors& factors, const Request& request, const SpectrumSink& sink,
                  const Execution& execution)
{
    if (request.layers.empty()) {
        return;
    }
    NaiveProduct<T> product(factors, sink, execution);
    switch (request.scope) {
    case Scope::Kind::FromInput:
        return product.measureFromInput(request.layers);
    case Scope::Kind::ToOutput:
        return product.measureToOutput(request.layers);
    case Scope::Kind::PerLayer:
        return product.measurePerLayer(request.layers);
    case Scope::Kind::None:
        break;
    }
}

template <class T>
double naiveBytes(const ProblemSize& size)
{
    const Index widest = size.depth > 1 ? std::max(size.inputs, size.outputs) : size.inputs;
    const Index columns = size.scope == Scope::Kind::FromInput ? size.inputs : widest;
    const auto elements = [&size](Index each) {
        return static_cast<double>(size.outputs) * static_cast<double>(each);
    };
    // A factor in double precision and in T, the product before and after it, and the layers that
    // are decomposed, one of which is still a copy under way.
    const double factor = elements(widest) * (sizeof(double) + sizeof(T));
    const auto together = static_cast<double>(layersTogether(size.outputs, columns));
    return factor + (2 + together + 1) * elements(columns) * sizeof(T);
}

double float64Operations(const ProblemSize& size)
{
    const DenseOperations dense = denseOperations(size);
    return dense.products + dense.values;
}

/// Half of a decomposition waits for memory, the other half gains as a product does.
double float32Operations(const ProblemSize& size)
{
    const DenseOperations dense = denseOperations(size);
    return dense.products / 2 + dense.values * 3 / 4;
}

} // namespace

constinit const Method naiveFloat64Row = {
    .head = {.id = "naive_float64",
             .label = "as a framework does, 64-bit",
             .formula = "float64 product of the factors D W, then an SVD of it",
             .source = "LAPACK gesdd, which numpy.linalg.svd and torch.linalg.svdvals call",
             .help =
                 "What a framework shows in double precision; kept for comparison, do not trust "
                 "it: values below about 1e-16 of the largest are rounding noise."},
    .reliable = false,
    .measure = &measureNaive<double>,
    .bytes = &naiveBytes<double>,
    .operations = &float64Operations};

constinit const Method naiveFloat32Row = {
    .head = {.id = "naive_float32",
             .label = "as a framework does, 32-bit",
             .formula = "float32 product of the factors D W, then an SVD of it",
             .source = "LAPACK gesdd, which numpy.linalg.svd and torch.linalg.svdvals call",
             .help =
                 "What a framework shows in single precision; kept for comparison, do not trust "
                 "it: values below about 1e-8 of the largest are rounding noise."},
    .reliable = false,
    .measure = &measureNaive<float>,
    .bytes = &naiveBytes<float>,
    .operations = &float32Operations};

} // namespace initlens::spectrum
