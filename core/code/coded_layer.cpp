#include "core/code/coded_layer.h"

namespace initlens::code {

using namespace initializers;

namespace {

struct IsMatrix {
    bool operator()(const EqualElements&) const { return false; }
    bool operator()(const NormalElements&) const { return false; }
    bool operator()(const TruncatedNormalElements&) const { return false; }
    bool operator()(const UniformElements&) const { return false; }
    bool operator()(const SparseElements&) const { return true; }
    bool operator()(const OrthogonalMatrix&) const { return true; }
    bool operator()(const OrthogonalKernel&) const { return false; }
    bool operator()(const DiagonalMatrix&) const { return true; }
    bool operator()(const HadamardMatrix&) const { return true; }
};

} // namespace

bool isMatrixLaw(const WeightLaw& law)
{
    return std::visit(IsMatrix{}, law);
}

} // namespace initlens::code
