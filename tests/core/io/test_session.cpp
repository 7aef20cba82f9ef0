#include "core/io/result_file.h"
#include "core/io/session_file.h"
#include "tests/core/io/result_sample.h"
#include "tests/core/io/temporary_directory.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdint>
#include <memory>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

namespace initlens::io {

namespace {

using Json = nlohmann::json;

SessionDocument sampleSession()
{
    SessionDocument session;
    const auto record = std::make_shared<const experiment::RunRecord>(sampleRecord());
    session.spec = record->spec;
    session.spec.seed = 12;
    session.charts = {"gradient_norm", "jacobian_singular_values/map"};
    session.runs = {
        {.name = "He, ReLU", .visible = true, .style = 0, .spec = session.spec, .record = nullptr},
        {.name = "σ_w = \"1.5\"\n",
         .ownName = true,
         .visible = false,
         .style = 4,
         .spec = record->spec,
         .record = record},
    };
    return session;
}

void expectRefused(std::string_view text, const std::vector<std::string>& parts)
{
    const auto session = sessionFromJson(text);
    ASSERT_FALSE(session) << text.substr(0, 200);
    const std::string message = session.error().message();
    for (const auto& part : parts) {
        EXPECT_NE(message.find(part), std::string::npos) << message;
    }
}

void expectRefusedWhere(const Json::json_pointer& place, const Json& value,
                        const std::vector<std::string>& parts)
{
    Json json = Json::parse(sessionToJson(sampleSession()));
    json[place] = value;
    expectRefused(json.dump(), parts);
}

} // namespace

TEST(Session, comesBackAsItWas)
{
    const SessionDocument session = sampleSession();
    const std::string text = sessionToJson(session);
    const auto read = sessionFromJson(text);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_EQ(read->spec, session.spec);
    EXPECT_EQ(read->charts, session.charts);
    ASSERT_EQ(read->runs.size(), 2U);
    EXPECT_EQ(read->runs[0].record, nullptr);
    EXPECT_EQ(read->runs[1].name, session.runs[1].name);
    EXPECT_TRUE(read->runs[1].ownName);
    EXPECT_FALSE(read->runs[1].visible);
    EXPECT_EQ(read->runs[1].style, 4);
    EXPECT_EQ(read->runs[1].spec, session.runs[1].spec);
    ASSERT_NE(read->runs[1].record, nullptr);
    EXPECT_EQ(read->runs[1].record->readings.size(), session.runs[1].record->readings.size());
    EXPECT_EQ(sessionToJson(*read).substr(0, 100), text.substr(0, 100));
}

TEST(Session, everyPrefixIsRefused)
{
    SessionDocument session;
    session.runs = {{.name = "a"}};
    std::string text = sessionToJson(session);
    text.erase(text.find_last_not_of(" \n") + 1);
    ASSERT_TRUE(sessionFromJson(text));
    for (std::size_t length = 0; length < text.size(); ++length) {
        EXPECT_FALSE(sessionFromJson(std::string_view(text).substr(0, length))) << length;
    }
}

TEST(Session, aNewerOneIsRefusedInWords)
{
    using namespace nlohmann::literals;
    Json json = Json::parse(sessionToJson(sampleSession()));
    json["schema"] = 2;
    json["what_is_new"] = true;
    expectRefused(json.dump(), {"from a newer InitLens (schema 2)", "reads schema 1"});
    expectRefusedWhere("/runs/1/result/schema"_json_pointer, 7, {"newer InitLens (schema 7)"});
}

TEST(Session, saysWhatIsWrongAndWhere)
{
    using namespace nlohmann::literals;
    expectRefusedWhere("/runs"_json_pointer, Json::array(), {"runs", "1 to 1000"});
    expectRefusedWhere("/runs"_json_pointer, Json(std::vector<int>(1001)), {"1 to 1000"});
    expectRefusedWhere("/runs/0/name"_json_pointer, 3, {"runs[0].name", "text"});
    expectRefusedWhere("/runs/0/name"_json_pointer, std::string(5000, 'x'), {"4096 bytes"});
    expectRefusedWhere("/runs/0/visible"_json_pointer, 1, {"runs[0].visible", "true or false"});
    expectRefusedWhere("/runs/0/style"_json_pointer, -1, {"runs[0].style"});
    expectRefusedWhere("/runs/0/nots"_json_pointer, "x", {"nots"});
    expectRefusedWhere("/runs/1/result"_json_pointer, nullptr, {"runs[1].result", "not a result"});
    expectRefusedWhere("/runs/1/result/outcome"_json_pointer, "lost", {"runs[1].result.outcome"});
    expectRefusedWhere("/spec/depth"_json_pointer, -4, {"spec.depth"});
    expectRefusedWhere("/charts"_json_pointer, Json(std::vector<std::string>(65)), {"charts"});
    expectRefused("[]", {"not a session"});
    expectRefused(resultToJson(sampleRecord()), {"not a session"});
}

TEST(Session, damagedBytesNeverBringItDown)
{
    const std::string text = sessionToJson(sampleSession());
    std::mt19937 random(5);
    for (int round = 0; round < 300; ++round) {
        std::string damaged = text;
        for (int i = 0; i < 3; ++i) {
            damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        }
        const auto read = sessionFromJson(damaged);
        EXPECT_TRUE(read || !read.error().empty());
    }
}

TEST(OpenedFile, isToldByItsKeys)
{
    const TemporaryDirectory directory;
    const auto session = directory / "a.initlens";
    const auto result = directory / "a.json";
    const auto spec = directory / "b.json";
    ASSERT_TRUE(writeSession(session, sampleSession()));
    ASSERT_TRUE(writeResult(result, sampleRecord()));
    ASSERT_TRUE(writeFile(spec, R"({"depth": 7})"));
    const auto kind = [](const std::filesystem::path& path) {
        const auto file = readOpenedFile(path);
        EXPECT_TRUE(file) << file.error().message();
        return file ? file->index() : std::variant_npos;
    };
    EXPECT_EQ(kind(session), 0U);
    EXPECT_EQ(kind(result), 1U);
    EXPECT_EQ(kind(spec), 2U);
    EXPECT_FALSE(readOpenedFile(directory / "missing"));
    ASSERT_TRUE(writeFile(spec, R"({"depht": 7})"));
    EXPECT_FALSE(readOpenedFile(spec));
}

// What was saved before a crash is there after it: a process that saves one session after the other
// is killed at any moment, and the file holds one that it had saved, or the next.
TEST(Session, aKilledWriterLosesNothingThatWasSaved)
{
    constexpr int rounds = 120;
    const TemporaryDirectory directory;
    const auto path = directory / "session.initlens";
    SessionDocument session = sampleSession();
    session.spec.seed = 0;
    ASSERT_TRUE(writeSession(path, session));
    std::mt19937 random(7);
    int killedWhileSaving = 0;
    for (int round = 0; round < rounds; ++round) {
        int saved[2] = {};
        ASSERT_EQ(::pipe(saved), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            for (std::int64_t seed = 1;; ++seed) {
                session.spec.seed = seed;
                if (!writeSession(path, session) ||
                    ::write(saved[1], &seed, sizeof seed) != sizeof seed) {
                    ::_exit(1);
                }
            }
        }
        ::close(saved[1]);
        ::usleep(random() % 20'000);
        ::kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFSIGNALED(status));
        std::int64_t last = 0;
        while (::read(saved[0], &last, sizeof last) == sizeof last) {
        }
        ::close(saved[0]);
        const auto read = sessionFromJson(contentsOf(path));
        ASSERT_TRUE(read) << read.error().message();
        EXPECT_EQ(read->runs.size(), 2U);
        if (last > 0) {
            EXPECT_GE(read->spec.seed, last);
            EXPECT_LE(read->spec.seed, last + 1);
        }
        killedWhileSaving += directory.entries() > 1U ? 1 : 0;
        for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
            if (entry.path() != path) {
                std::filesystem::remove(entry.path());
            }
        }
    }
    EXPECT_GT(killedWhileSaving, rounds / 10) << "the kills must come in the middle of saves";
}

} // namespace initlens::io
