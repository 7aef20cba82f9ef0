#include "core/io/result_file.h"
#include "core/io/safe_file.h"
#include "tests/core/io/temporary_directory.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace initlens::io {

namespace fs = std::filesystem;

TEST(SafeFile, WritesAndReplaces)
{
    const TemporaryDirectory directory;
    const auto path = directory / "result.json";
    ASSERT_TRUE(writeFile(path, "first"));
    EXPECT_EQ(contentsOf(path), "first");
    ASSERT_TRUE(writeFile(path, std::string(3'000'000, 'x')));
    EXPECT_EQ(contentsOf(path).size(), 3'000'000U);
    EXPECT_EQ(directory.entries(), 1U);
}

TEST(SafeFile, AnUncommittedFileLeavesNothingBehind)
{
    const TemporaryDirectory directory;
    const auto path = directory / "result.json";
    ASSERT_TRUE(writeFile(path, "old"));
    {
        auto file = SafeFile::create(path);
        ASSERT_TRUE(file);
        ASSERT_TRUE(file->write("new"));
        EXPECT_EQ(directory.entries(), 2U);
    }
    EXPECT_EQ(contentsOf(path), "old");
    EXPECT_EQ(directory.entries(), 1U);
}

TEST(SafeFile, AFullDiskKeepsTheOldFile)
{
    const TemporaryDirectory directory;
    const auto path = directory / "result.json";
    ASSERT_TRUE(writeFile(path, "old"));

    // A limit on the size of files fails in the middle of a write, as a full disk does.
    struct rlimit before = {};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limited = before;
    limited.rlim_cur = 1000;
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &limited), 0);
    const auto status = writeFile(path, std::string(100'000, 'x'));
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);

    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message().find("result.json': File too large"), std::string::npos)
        << status.error().message();
    EXPECT_EQ(contentsOf(path), "old");
    EXPECT_EQ(directory.entries(), 1U);
}

TEST(SafeFile, AFullDeviceIsAnError)
{
    const auto status = writeFile("/dev/full", "text");
    ASSERT_FALSE(status);
    EXPECT_NE(status.error().message().find("No space left"), std::string::npos)
        << status.error().message();
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST(SafeFile, PlacesThatCannotBe)
{
    const TemporaryDirectory directory;
    const auto message = [](const fs::path& path) {
        const auto status = writeFile(path, "text");
        EXPECT_FALSE(status);
        return status ? std::string() : status.error().message();
    };
    EXPECT_NE(message(directory.path()).find("names a directory"), std::string::npos);
    EXPECT_NE(message(directory / "no/where.json").find("there is no directory"),
              std::string::npos);
    EXPECT_NE(message(directory / "none/").find("names a directory"), std::string::npos);
    EXPECT_NE(message("").find("empty"), std::string::npos);
    EXPECT_NE(message(directory / std::string(300, 'n')).find("too long"), std::string::npos);
    EXPECT_EQ(directory.entries(), 0U);
}

TEST(SafeFile, FollowsLinksToTheRealPlace)
{
    const TemporaryDirectory directory;
    fs::create_directory(directory / "real");
    const auto target = directory / "real/result.json";
    fs::create_symlink("real/result.json", directory / "link.json");
    fs::create_symlink("link.json", directory / "chain.json");
    ASSERT_TRUE(writeFile(directory / "chain.json", "through a dangling link"));
    EXPECT_EQ(contentsOf(target), "through a dangling link");
    ASSERT_TRUE(writeFile(directory / "chain.json", "again"));
    EXPECT_EQ(contentsOf(target), "again");
    EXPECT_TRUE(fs::is_symlink(directory / "link.json"));
    EXPECT_FALSE(fs::is_symlink(target));

    fs::create_symlink("loop.json", directory / "loop.json");
    EXPECT_FALSE(writeFile(directory / "loop.json", "text"));
}

TEST(SafeFile, KeepsThePermissionsOfTheOldFile)
{
    const TemporaryDirectory directory;
    const auto path = directory / "result.json";
    ASSERT_TRUE(writeFile(path, "old"));
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    ASSERT_TRUE(writeFile(path, "new"));
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST(SafeFile, AProtectedDirectoryIsAnError)
{
    const TemporaryDirectory directory;
    fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec);
    const auto status = writeFile(directory / "result.json", "text");
    fs::permissions(directory.path(), fs::perms::owner_all);
    EXPECT_EQ(status.ok(), ::geteuid() == 0); // nothing is protected from the superuser
}

TEST(SafeFile, PipesAreWrittenStraight)
{
    const TemporaryDirectory directory;
    const auto pipe = directory / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::string received;
    std::thread reader([&] { received = contentsOf(pipe); });
    const auto status = writeFile(pipe, "through the pipe");
    reader.join();
    ASSERT_TRUE(status) << status.error().message();
    EXPECT_EQ(received, "through the pipe");
    EXPECT_TRUE(fs::is_fifo(pipe));
}

} // namespace initlens::io
