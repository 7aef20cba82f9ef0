#include "core/io/result_file.h"
#include "tests/core/io/result_sample.h"
#include "tests/core/io/temporary_directory.h"

#include <gtest/gtest.h>

namespace initlens::io {

TEST(Csv, OneFileForEachReading)
{
    const TemporaryDirectory directory;
    ASSERT_TRUE(writeCsv(directory / "csv", sampleRecord()));
    EXPECT_EQ(contentsOf(directory / "csv/gradient_norm.csv"),
              "layer,log10_value\n3,-inf\n4,-123456.78901234567\n5,1e+17\n");
    EXPECT_EQ(contentsOf(directory / "csv/weight_histogram.csv"),
              "lower,upper,count\n-1,-0.1,5\n-0.1,0.3,0\n0.3,1,1099511627776\n");
    EXPECT_EQ(contentsOf(directory / "csv/jacobian_singular_values.csv"),
              "layer,index,log10_singular_value,bound\n1,1,0.3010299956639812,1e-15\n1,2,0,0\n1,3,"
              "0,1e-15\n"
              "1,4,-17.25,inf\n3,1,0.1,1e-15\n3,2,-400,inf\n");
    EXPECT_EQ(contentsOf(directory / "csv/jacobian_singular_values_layers.csv"),
              "layer,values,exact_zeros,log10_resolution\n1,4,0,-inf\n3,2,2,-15.5\n4,0,4,0\n"
              "5,nan,nan,nan\n");
    const auto spread = contentsOf(directory / "csv/activation_mean.csv");
    EXPECT_EQ(spread.find("layer,value,low,high\n1,0.1,0,1\n2,-0,1,2\n3,5e-324,2,3\n4,nan,3,4\n"),
              0U)
        << spread;
    ASSERT_TRUE(writeCsv(directory / "csv", sampleRecord())) << "into a directory that is there";
}

TEST(Csv, ADirectoryThatCannotBeMadeIsAnError)
{
    const TemporaryDirectory directory;
    EXPECT_FALSE(writeCsv(directory / "no/where", sampleRecord()));
    ASSERT_TRUE(writeFile(directory / "file", "text"));
    const auto status = writeCsv(directory / "file", sampleRecord());
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message().find("cannot make the directory"), std::string::npos);
    EXPECT_EQ(contentsOf(directory / "file"), "text");
}

} // namespace initlens::io
