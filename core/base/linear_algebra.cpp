#include "core/base/linear_algebra.h"

#include "core/base/buffer.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <limits>
#include <vector>

using Int = int;

extern "C" {
void openblas_set_num_threads(int);
char* openblas_get_corename(void);

#define INITLENS_BLAS(T, p)                                                                        \
    void p##gemm_(const char*, const char*, const Int*, const Int*, const Int*, const T*,          \
                  const T*, const Int*, const T*, const Int*, const T*, T*, const Int*);           \
    void p##syrk_(const char*, const char*, const Int*, const Int*, const T*, const T*,            \
                  const Int*, const T*, T*, const Int*);                                           \
    void p##syr2k_(const char*, const char*, const Int*, const Int*, const T*, const T*,           \
                   const Int*, const T*, const Int*, const T*, T*, const Int*);                    \
    void p##trsm_(const char*, const char*, const char*, const char*, const Int*, const Int*,      \
                  const T*, const T*, const Int*, T*, const Int*);                                 \
    void p##latrd_(const char*, const Int*, const Int*, T*, const Int*, T*, T*, T*, const Int*);   \
    void p##geqrf_(const Int*, const Int*, T*, const Int*, T*, T*, const Int*, Int*);              \
    void p##ormqr_(const char*, const char*, const Int*, const Int*, const Int*, const T*,         \
                   const Int*, const T*, T*, const Int*, T*, const Int*, Int*);                    \
    void p##gesdd_(const char*, const Int*, const Int*, T*, const Int*, T*, T*, const Int*, T*,    \
                   const Int*, T*, const Int*, Int*, Int*);
INITLENS_BLAS(float, s)
INITLENS_BLAS(double, d)
#undef INITLENS_BLAS

void dlabrd_(const Int*, const Int*, const Int*, double*, const Int*, double*, double*, double*,
             double*, double*, const Int*, double*, const Int*);
void dtrcon_(const char*, const char*, const char*, const Int*, const double*, const Int*, double*,
             double*, Int*, Int*);
void dlasq1_(const Int*, double*, double*, double*, Int*);
void dgesdd_(const char*, const Int*, const Int*, double*, const Int*, double*, double*, const Int*,
             double*, const Int*, double*, const Int*, Int*, Int*);
}

namespace initlens {

namespace {

template <class T>
struct Blas;
template <>
struct Blas<float> {
    static constexpr auto gemm = sgemm_;
    static constexpr auto syrk = ssyrk_;
    static constexpr auto syr2k = ssyr2k_;
    static constexpr auto trsm = strsm_;
    static constexpr auto latrd = slatrd_;
    static constexpr auto geqrf = sgeqrf_;
    static constexpr auto ormqr = sormqr_;
    static constexpr auto gesdd = sgesdd_;
};
template <>
struct Blas<double> {
    static constexpr auto gemm = dgemm_;
    static constexpr auto syrk = dsyrk_;
    static constexpr auto syr2k = dsyr2k_;
    static constexpr auto trsm = dtrsm_;
    static constexpr auto latrd = dlatrd_;
    static constexpr auto geqrf = dgeqrf_;
    static constexpr auto ormqr = dormqr_;
    static constexpr auto gesdd = dgesdd_;
};

const char* letter(Op op)
{
    return op == Op::None ? "N" : "T";
}

Int narrow(Index value)
{
    return static_cast<Int>(value);
}

/// One thread per call, said once before the first call.
void useOneThread()
{
    static const bool said = [] {
        openblas_set_num_threads(1);
        return true;
    }();
    static_cast<void>(said);
}

template <class T>
void applyQ(const char* op, Index rows, Index columns, Index count, const T* a, Index lda,
            const T* tau, T* c, Index ldc)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int k = narrow(count);
    const Int la = narrow(lda);
    const Int lc = narrow(ldc);
    // What the blocked algorithm of LAPACK wants: 64 rows, and its own triangles.
    const Int workSize = std::max<Int>(1, 64 * n + 65 * 64);
    std::vector<T> work(static_cast<std::size_t>(workSize));
    Int info = 0;
    Blas<T>::ormqr("L", op, &m, &n, &k, a, &la, tau, c, &lc, work.data(), &workSize, &info);
}

} // namespace

template <class T>
void gemm(Op opA, Op opB, Index rows, Index columns, Index inner, T alpha, const T* a, Index lda,
          const T* b, Index ldb, T beta, T* c, Index ldc)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int k = narrow(inner);
    const Int la = narrow(lda);
    const Int lb = narrow(ldb);
    const Int lc = narrow(ldc);
    Blas<T>::gemm(letter(opA), letter(opB), &m, &n, &k, &alpha, a, &la, b, &lb, &beta, c, &lc);
}

template <class T>
void syrk(Op op, Index size, Index inner, T alpha, const T* a, Index lda, T beta, T* c, Index ldc)
{
    useOneThread();
    const Int n = narrow(size);
    const Int k = narrow(inner);
    const Int la = narrow(lda);
    const Int lc = narrow(ldc);
    Blas<T>::syrk("L", letter(op), &n, &k, &alpha, a, &la, &beta, c, &lc);
}

template <class T>
void syr2k(Index size, Index inner, T alpha, const T* a, Index lda, const T* b, Index ldb, T beta,
           T* c, Index ldc)
{
    useOneThread();
    const Int n = narrow(size);
    const Int k = narrow(inner);
    const Int la = narrow(lda);
    const Int lb = narrow(ldb);
    const Int lc = narrow(ldc);
    Blas<T>::syr2k("L", "N", &n, &k, &alpha, a, &la, b, &lb, &beta, c, &lc);
}

template <class T>
void solveUpper(Op op, Index rows, Index columns, const T* u, Index ldu, T* b, Index ldb)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int lu = narrow(ldu);
    const Int lb = narrow(ldb);
    const T one = 1;
    Blas<T>::trsm("L", "U", letter(op), "N", &m, &n, &one, u, &lu, b, &lb);
}

template <class T>
void qr(Index rows, Index columns, T* a, Index lda, T* tau)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int la = narrow(lda);
    const Int workSize = std::max<Int>(1, 64 * n);
    std::vector<T> work(static_cast<std::size_t>(workSize));
    Int info = 0;
    Blas<T>::geqrf(&m, &n, a, &la, tau, work.data(), &workSize, &info);
}

template <class T>
void multiplyByQTransposed(Index rows, Index columns, Index count, const T* a, Index lda,
                           const T* tau, T* c, Index ldc)
{
    applyQ("T", rows, columns, count, a, lda, tau, c, ldc);
}

template <class T>
void multiplyByQ(Index rows, Index columns, Index count, const T* a, Index lda, const T* tau, T* c,
                 Index ldc)
{
    applyQ("N", rows, columns, count, a, lda, tau, c, ldc);
}

template <class T>
bool denseSingularValues(Index rows, Index columns, T* a, Index lda, T* values)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int la = narrow(lda);
    const Int one = 1;
    std::vector<Int> integers(static_cast<std::size_t>(8 * std::min(rows, columns)));
    T best = 0;
    Int workSize = -1; // asks how much it wants
    Int info = 0;
    Blas<T>::gesdd("N", &m, &n, a, &la, values, nullptr, &one, nullptr, &one, &best, &workSize,
                   integers.data(), &info);
    if (info != 0) {
        return false;
    }
    workSize = static_cast<Int>(best);
    std::vector<T> work(static_cast<std::size_t>(workSize));
    Blas<T>::gesdd("N", &m, &n, a, &la, values, nullptr, &one, nullptr, &one, work.data(),
                   &workSize, integers.data(), &info);
    return info == 0;
}

double conditionOfUpper(Index size, const double* u, Index ldu)
{
    if (size == 0) {
        return 1;
    }
    useOneThread();
    const Int n = narrow(size);
    const Int lu = narrow(ldu);
    std::vector<double> work(static_cast<std::size_t>(3 * size));
    std::vector<Int> integers(static_cast<std::size_t>(size));
    double reciprocal = 0;
    Int info = 0;
    dtrcon_("1", "U", "N", &n, u, &lu, &reciprocal, work.data(), integers.data(), &info);
    return reciprocal > 0 ? 1 / reciprocal : std::numeric_limits<double>::infinity();
}

void reduceBidiagonalPanel(Index rows, Index columns, Index panel, double* a, Index lda,
                           double* diagonal, double* offDiagonal, double* tauQ, double* tauP,
                           double* x, Index ldx, double* y, Index ldy)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int nb = narrow(panel);
    const Int la = narrow(lda);
    const Int lx = narrow(ldx);
    const Int ly = narrow(ldy);
    dlabrd_(&m, &n, &nb, a, &la, diagonal, offDiagonal, tauQ, tauP, x, &lx, y, &ly);
}

template <class T>
void reduceTridiagonalPanel(Index size, Index panel, T* a, Index lda, T* offDiagonal, T* tau, T* w,
                            Index ldw)
{
    useOneThread();
    const Int n = narrow(size);
    const Int nb = narrow(panel);
    const Int la = narrow(lda);
    const Int lw = narrow(ldw);
    Blas<T>::latrd("L", &n, &nb, a, &la, offDiagonal, tau, w, &lw);
}

bool bidiagonalSingularValues(Index size, double* diagonal, double* offDiagonal)
{
    const Int n = narrow(size);
    std::vector<double> work(static_cast<std::size_t>(4 * size));
    Int info = 0;
    dlasq1_(&n, diagonal, offDiagonal, work.data(), &info);
    return info == 0;
}

bool singularVectors(Index rows, Index columns, double* a, Index lda, double* values, double* u,
                     Index ldu, double* vt, Index ldvt)
{
    useOneThread();
    const Int m = narrow(rows);
    const Int n = narrow(columns);
    const Int la = narrow(lda);
    const Int lu = narrow(ldu);
    const Int lv = narrow(ldvt);
    std::vector<Int> integers(static_cast<std::size_t>(8 * std::min(rows, columns)));
    double best = 0;
    Int workSize = -1;
    Int info = 0;
    dgesdd_("S", &m, &n, a, &la, values, u, &lu, vt, &lv, &best, &workSize, integers.data(), &info);
    workSize = static_cast<Int>(best);
    std::vector<double> work(static_cast<std::size_t>(workSize));
    dgesdd_("S", &m, &n, a, &la, values, u, &lu, vt, &lv, work.data(), &workSize, integers.data(),
            &info);
    return info == 0;
}

template <class T>
Matrix<T> transposed(const Matrix<T>& matrix, const Execution& execution)
{
    // Tiles that fit into the nearest cache, in strips that are worth a task.
    constexpr Index side = 32;
    constexpr Index strip = 8 * side;
    auto result = uninitialisedMatrix<T>(matrix.cols(), matrix.rows());
    const Index strips = (matrix.cols() + strip - 1) / strip;
    parallelFor(static_cast<std::size_t>(strips), execution, [&](std::size_t task) {
        const Index first = static_cast<Index>(task) * strip;
        const Index end = std::min(first + strip, matrix.cols());
        for (Index i = 0; i < matrix.rows(); i += side) {
            const Index rows = std::min(side, matrix.rows() - i);
            for (Index j = first; j < end; j += side) {
                const Index columns = std::min(side, end - j);
                result.block(j, i, columns, rows) = matrix.block(i, j, rows, columns).transpose();
            }
        }
    });
    return result;
}

template <class T>
void multiply(Op opA, Op opB, Index rows, Index columns, Index inner, T alpha, const T* a,
              Index lda, const T* b, Index ldb, T beta, T* c, Index ldc, const Execution& execution)
{
    constexpr Index tile = 256;
    const Index rowTiles = (rows + tile - 1) / tile;
    const Index columnTiles = (columns + tile - 1) / tile;
    parallelFor(static_cast<std::size_t>(rowTiles * columnTiles), execution, [&](std::size_t t) {
        const Index row = static_cast<Index>(t) % rowTiles * tile;
        const Index column = static_cast<Index>(t) / rowTiles * tile;
        gemm(opA, opB, std::min(tile, rows - row), std::min(tile, columns - column), inner, alpha,
             opA == Op::None ? a + row : a + row * lda, lda,
             opB == Op::None ? b + column * ldb : b + column, ldb, beta, c + row + column * ldc,
             ldc);
    });
}

const char* blasCoreName()
{
    return openblas_get_corename();
}

#define INITLENS_INSTANTIATE(T)                                                                    \
    template void gemm<T>(Op, Op, Index, Index, Index, T, const T*, Index, const T*, Index, T, T*, \
                          Index);                                                                  \
    template void syrk<T>(Op, Index, Index, T, const T*, Index, T, T*, Index);                     \
    template void syr2k<T>(Index, Index, T, const T*, Index, const T*, Index, T, T*, Index);       \
    template void solveUpper<T>(Op, Index, Index, const T*, Index, T*, Index);                     \
    template void qr<T>(Index, Index, T*, Index, T*);                                              \
    template void multiplyByQTransposed<T>(Index, Index, Index, const T*, Index, const T*, T*,     \
                                           Index);                                                 \
    template void multiplyByQ<T>(Index, Index, Index, const T*, Index, const T*, T*, Index);       \
    template void reduceTridiagonalPanel<T>(Index, Index, T*, Index, T*, T*, T*, Index);           \
    template bool denseSingularValues<T>(Index, Index, T*, Index, T*);                             \
    template Matrix<T> transposed<T>(const Matrix<T>&, const Execution&);                          \
    template void multiply<T>(Op, Op, Index, Index, Index, T, const T*, Index, const T*, Index, T, \
                              T*, Index, const Execution&);
INITLENS_INSTANTIATE(float)
INITLENS_INSTANTIATE(double)
#undef INITLENS_INSTANTIATE

} // namespace initlens
