#include "core/base/linear_algebra.h"

#include "core/base/parallel.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>

#include <cmath>

namespace initlens {
namespace {

template <class T>
Matrix<T> wave(Index rows, Index columns, double phase)
{
    return Matrix<T>::NullaryExpr(rows, columns, [=](Index i, Index j) {
        return static_cast<T>(std::sin(phase + 1.7 * static_cast<double>(i * columns + j)));
    });
}

template <class T>
class Blas : public testing::Test {
protected:
    const T tolerance = std::is_same_v<T, float> ? T(2e-5) : T(1e-13);
};
using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(Blas, Types);

TYPED_TEST(Blas, GemmKnowsBothTransposes)
{
    using T = TypeParam;
    for (const Op opA : {Op::None, Op::Transpose}) {
        for (const Op opB : {Op::None, Op::Transpose}) {
            const Matrix<T> a = opA == Op::None ? wave<T>(5, 7, 1) : wave<T>(7, 5, 1);
            const Matrix<T> b = opB == Op::None ? wave<T>(7, 3, 2) : wave<T>(3, 7, 2);
            Matrix<T> c = wave<T>(5, 3, 3);
            Matrix<T> left = a;
            Matrix<T> right = b;
            if (opA == Op::Transpose) {
                left.transposeInPlace();
            }
            if (opB == Op::Transpose) {
                right.transposeInPlace();
            }
            const Matrix<T> expected = T(2) * left * right + T(0.5) * c;
            gemm(opA, opB, 5, 3, 7, T(2), a.data(), a.rows(), b.data(), b.rows(), T(0.5), c.data(),
                 c.rows());
            EXPECT_LT((c - expected).cwiseAbs().maxCoeff(), this->tolerance);
        }
    }
}

TYPED_TEST(Blas, SyrkAndSyr2kFillTheLowerTriangle)
{
    using T = TypeParam;
    const Matrix<T> a = wave<T>(6, 4, 1);
    const Matrix<T> b = wave<T>(6, 4, 2);
    Matrix<T> c = Matrix<T>::Zero(6, 6);
    syrk(Op::None, 6, 4, T(1), a.data(), 6, T(0), c.data(), 6);
    const Matrix<T> square = a * a.transpose();
    EXPECT_LT(Matrix<T>((c - square).template triangularView<Eigen::Lower>()).norm(),
              this->tolerance);
    syr2k(6, 4, T(1), a.data(), 6, b.data(), 6, T(0), c.data(), 6);
    const Matrix<T> mixed = a * b.transpose() + b * a.transpose();
    EXPECT_LT(Matrix<T>((c - mixed).template triangularView<Eigen::Lower>()).norm(),
              this->tolerance);
}

TYPED_TEST(Blas, SolveUpperUndoesTheProduct)
{
    using T = TypeParam;
    for (const Op op : {Op::None, Op::Transpose}) {
        Matrix<T> u = wave<T>(5, 5, 1).template triangularView<Eigen::Upper>();
        u.diagonal().array() += T(4);
        const Matrix<T> x = wave<T>(5, 3, 2);
        Matrix<T> b = op == Op::None ? Matrix<T>(u * x) : Matrix<T>(u.transpose() * x);
        solveUpper(op, 5, 3, u.data(), 5, b.data(), 5);
        EXPECT_LT((b - x).norm(), this->tolerance);
    }
}

TYPED_TEST(Blas, QrLeavesTheSameGramMatrix)
{
    using T = TypeParam;
    const Matrix<T> a = wave<T>(9, 4, 1);
    Matrix<T> factor = a;
    Vector<T> tau(4);
    qr(9, 4, factor.data(), 9, tau.data());
    const Matrix<T> r = factor.topRows(4).template triangularView<Eigen::Upper>();
    EXPECT_LT((r.transpose() * r - a.transpose() * a).norm(), T(4) * this->tolerance);
}

TYPED_TEST(Blas, MultiplyGivesTheSameBitsForAnyNumberOfThreads)
{
    using T = TypeParam;
    const Index rows = 301;
    const Index columns = 157;
    const Index inner = 211;
    const Matrix<T> a = wave<T>(rows, inner, 1);
    const Matrix<T> b = wave<T>(inner, columns, 2);
    Matrix<T> first;
    for (const int threads : {1, 2, 4}) {
        Matrix<T> c = Matrix<T>::Zero(rows, columns);
        Workers(threads).run([&] {
            multiply(Op::None, Op::None, rows, columns, inner, T(1), a.data(), rows, b.data(),
                     inner, T(0), c.data(), rows, Execution{});
        });
        if (threads == 1) {
            first = c;
            EXPECT_LT((c - a * b).cwiseAbs().maxCoeff(), T(30) * this->tolerance);
        }
        EXPECT_EQ(c, first) << threads;
    }
}

TEST(Lapack, BidiagonalSingularValuesAreTheMatrixs)
{
    const Index size = 12;
    Vector<double> diagonal = wave<double>(size, 1, 1).col(0);
    Vector<double> above = wave<double>(size - 1, 1, 2).col(0);
    Matrix<double> dense = diagonal.asDiagonal();
    dense.diagonal(1) = above;
    const Vector<double> expected = Eigen::JacobiSVD<Matrix<double>>(dense).singularValues();
    ASSERT_TRUE(bidiagonalSingularValues(size, diagonal.data(), above.data()));
    EXPECT_LT((diagonal - expected).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(Lapack, TheLibraryNamesItsKernels)
{
    EXPECT_STRNE(blasCoreName(), "");
}

} // namespace
} // namespace initlens
