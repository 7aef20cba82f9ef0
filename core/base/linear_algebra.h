#pragma once

#include "core/base/execution.h"
#include "core/base/matrix.h"

namespace initlens {

// The few routines of BLAS and LAPACK that are used, for float and double. Matrices are
// column-major; a leading dimension is the distance between two columns. Every call runs on the
// calling thread alone: parallelism comes from tiles (`multiply`), so results do not depend on the
// number of threads.

enum class Op { None, Transpose };

/// C = alpha op(A) op(B) + beta C; op(A) is rows x inner, op(B) inner x columns.
template <class T>
void gemm(Op opA, Op opB, Index rows, Index columns, Index inner, T alpha, const T* a, Index lda,
          const T* b, Index ldb, T beta, T* c, Index ldc);

/// Lower triangle of C = alpha op(A) op(A)^T + beta C; C is size x size.
template <class T>
void syrk(Op op, Index size, Index inner, T alpha, const T* a, Index lda, T beta, T* c, Index ldc);

/// Lower triangle of C = alpha (A B^T + B A^T) + beta C; C is size x size.
template <class T>
void syr2k(Index size, Index inner, T alpha, const T* a, Index lda, const T* b, Index ldb, T beta,
           T* c, Index ldc);

/// B = op(U)^-1 B for an upper triangular U of rows x rows; B is rows x columns.
template <class T>
void solveUpper(Op op, Index rows, Index columns, const T* u, Index ldu, T* b, Index ldb);

/// QR decomposition in place, LAPACK's storage: R above, Householder vectors below the diagonal.
template <class T>
void qr(Index rows, Index columns, T* a, Index lda, T* tau);

/// C = Q^T C for the Q of a decomposition of rows x count that `qr` has left in `a` and `tau`; C is
/// rows x columns.
template <class T>
void multiplyByQTransposed(Index rows, Index columns, Index count, const T* a, Index lda,
                           const T* tau, T* c, Index ldc);

/// C = Q C for the same Q.
template <class T>
void multiplyByQ(Index rows, Index columns, Index count, const T* a, Index lda, const T* tau, T* c,
                 Index ldc);

/// Singular values, descending, of a rows x columns matrix, all in the precision T (LAPACK gesdd,
/// as NumPy and PyTorch call it); `a` is overwritten. False when the iteration did not converge.
/// Cannot be interrupted.
template <class T>
bool denseSingularValues(Index rows, Index columns, T* a, Index lda, T* values);

/// Estimate of the condition number, in the 1-norm, of an upper triangular size x size matrix
/// (LAPACK trcon, Higham 1988); infinity when it is singular. Costs a few triangular solves.
double conditionOfUpper(Index size, const double* u, Index ldu);

/// Reduces the first `panel` rows and columns of a rows x columns matrix (rows >= columns) to upper
/// bidiagonal form and returns the X and Y that the rest is to be updated with (LAPACK labrd).
void reduceBidiagonalPanel(Index rows, Index columns, Index panel, double* a, Index lda,
                           double* diagonal, double* offDiagonal, double* tauQ, double* tauP,
                           double* x, Index ldx, double* y, Index ldy);

/// Reduces the first `panel` columns of the lower triangle of a symmetric size x size matrix to
/// tridiagonal form and returns the W that the rest is to be updated with (LAPACK latrd).
template <class T>
void reduceTridiagonalPanel(Index size, Index panel, T* a, Index lda, T* offDiagonal, T* tau, T* w,
                            Index ldw);

/// Singular values, descending, of an upper bidiagonal matrix, in place of its diagonal. False when
/// the iteration did not converge.
bool bidiagonalSingularValues(Index size, double* diagonal, double* offDiagonal);

/// A = U diag(values) V^T, values descending, k = min(rows, columns) of them: U is rows x k, vt
/// k x columns (LAPACK gesdd). A is destroyed. False when the iteration did not converge.
bool singularVectors(Index rows, Index columns, double* a, Index lda, double* values, double* u,
                     Index ldu, double* vt, Index ldvt);

/// The transpose, tile by tile on the current workers; undefined after a stop request.
template <class T>
Matrix<T> transposed(const Matrix<T>& matrix, const Execution& execution);

/// C = alpha op(A) op(B) + beta C in fixed tiles on the current workers.
template <class T>
void multiply(Op opA, Op opB, Index rows, Index columns, Index inner, T alpha, const T* a,
              Index lda, const T* b, Index ldb, T beta, T* c, Index ldc,
              const Execution& execution);

/// Name of the processor family whose kernels the BLAS library has chosen.
const char* blasCoreName();

} // namespace initlens
