#include "core/io/npz.h"
#include "core/io/result_file.h"
#include "tests/core/io/temporary_directory.h"

#include <gtest/gtest.h>

namespace initlens::io {

TEST(Npz, HeadersAreThoseOfNumpy)
{
    const std::string matrix = npyHeader(4, {1000, 64});
    EXPECT_EQ(matrix.size() % 64, 0U);
    EXPECT_EQ(matrix.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
    EXPECT_EQ(static_cast<unsigned char>(matrix[8]) + 256 * static_cast<unsigned char>(matrix[9]),
              static_cast<int>(matrix.size()) - 10);
    EXPECT_EQ(matrix.find("{'descr': '<f4', 'fortran_order': True, 'shape': (1000, 64), }"), 10U);
    EXPECT_EQ(matrix.back(), '\n');
    const std::string vector = npyHeader(8, {7});
    EXPECT_EQ(vector.find("{'descr': '<f8', 'fortran_order': False, 'shape': (7,), }"), 10U);
}

TEST(Npz, AnUnfinishedFileLeavesNothingBehind)
{
    const TemporaryDirectory directory;
    const Matrix<float> matrix = Matrix<float>::Ones(300, 500);
    {
        auto file = NpzFile::create(directory / "network.npz");
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->addMatrix<float>(
            "W_1", ConstMatrixView<float>(matrix.data(), matrix.rows(), matrix.cols())));
        EXPECT_EQ(directory.entries(), 1U);
    }
    EXPECT_EQ(directory.entries(), 0U);
}

TEST(Npz, AFullDeviceIsAnError)
{
    const Matrix<double> matrix = Matrix<double>::Ones(1000, 1000);
    auto file = NpzFile::create("/dev/full");
    ASSERT_TRUE(file);
    Status status =
        file->addMatrix<double>("W_1", ConstMatrixView<double>(matrix.data(), 1000, 1000));
    if (status) {
        status = file->finish();
    }
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message().find("No space left"), std::string::npos)
        << status.error().message();
}

} // namespace initlens::io
