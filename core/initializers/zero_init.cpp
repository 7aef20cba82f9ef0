#include "core/base/parallel.h"
#include "core/initializers/identity_fill.h"
#include "core/initializers/rows.h"

#include <bit>
#include <cmath>

namespace initlens::initializers {

namespace {

constexpr std::string_view factorNames[] = {"published", "isometric"};

constexpr ParamSpec paramSpecs[] = {{.key = "factor",
                                     .label = "factor",
                                     .help = "Of the Hadamard matrix of order 2^m: 2^(-(m-1)/2) as "
                                             "published, or 2^(-m/2).",
                                     .max = 1,
                                     .options = factorNames}};

/// Order of the Hadamard matrix of a layer that widens.
Index orderOf(const WeightShape& shape)
{
    return static_cast<Index>(std::bit_ceil(static_cast<std::uint64_t>(shape.outputs)));
}

double factorOf(const WeightShape& shape, std::span<const double> params)
{
    return std::sqrt((params[0] == 0 ? 2.0 : 1.0) / static_cast<double>(orderOf(shape)));
}

/// Element of Sylvester's Hadamard matrix.
int hadamard(Index row, Index column)
{
    return std::popcount(static_cast<std::uint64_t>(row & column)) % 2 == 0 ? 1 : -1;
}

/// Sum of the elements of its first rows and columns. Each quarter of the matrix is the matrix of
/// half the order, the last with the other sign, and its whole columns but the first have sum 0.
double leadingSum(Index order, Index rows, Index columns)
{
    if (rows == 0 || columns == 0) {
        return 0;
    }
    if (rows == order || columns == order) {
        return static_cast<double>(order);
    }
    const Index half = order / 2;
    const auto quarter = static_cast<double>(half);
    if (rows <= half && columns <= half) {
        return leadingSum(half, rows, columns);
    }
    if (rows > half && columns > half) {
        return 3 * quarter - leadingSum(half, rows - half, columns - half);
    }
    return quarter + leadingSum(half, rows > half ? rows - half : rows,
                                columns > half ? columns - half : columns);
}

bool widens(const WeightShape& shape)
{
    return shape.outputs > shape.channels();
}

template <class T>
void fill(MatrixView<T> weights, const Request& request, const Execution& execution)
{
    if (!widens(request.shape)) {
        fillIdentity(weights, 1, 1, execution);
        return;
    }
    const T factor = static_cast<T>(factorOf(request.shape, request.params));
    parallelFor(static_cast<std::size_t>(weights.cols()), execution, [&](std::size_t c) {
        const auto column = static_cast<Index>(c);
        for (Index row = 0; row < weights.rows(); ++row) {
            weights(row, column) = factor * static_cast<T>(hadamard(row, column));
        }
    });
}

std::optional<Moments> moments(const WeightShape& shape, std::span<const double> params)
{
    if (!widens(shape)) {
        return identityMoments(shape, 1, 1);
    }
    const double factor = factorOf(shape, params);
    const double mean = leadingSum(orderOf(shape), shape.outputs, shape.inputs) /
                        (static_cast<double>(shape.outputs) * static_cast<double>(shape.inputs));
    return Moments{factor * mean, factor * factor * (1 - mean * mean)};
}

WeightLaw law(const WeightShape& shape, std::span<const double> params)
{
    if (!widens(shape)) {
        return DiagonalMatrix{};
    }
    return HadamardMatrix{.factor = factorOf(shape, params),
                          .doublings =
                              std::countr_zero(static_cast<std::uint64_t>(orderOf(shape)))};
}

constexpr Initializer makeRow()
{
    Initializer row;
    row.head = {.id = "zero_init",
                .label = "ZerO",
                .group = "isometric",
                .formula = "the identity; where a layer widens to n, c times the leading part of "
                           "the Hadamard matrix of order 2^m >= n; of a kernel at the centre tap",
                .source = "Zhao, Schaefer and Anandkumar 2021, algorithms 1 and 2",
                .help = "Nothing random: zeros and ones up to a factor. Layers of equal width "
                        "are identities. The published factor makes a layer that widens "
                        "stretch lengths by up to sqrt(2).",
                .params = paramSpecs};
    row.fillFloat = &fill<float>;
    row.fillDouble = &fill<double>;
    row.law = &law;
    row.structure = alignedStructure;
    return atCentreTap<&moments>(row);
}

} // namespace

constinit const Initializer zeroInitRow = makeRow();

} // namespace initlens::initializers
