#include "capture/rotating_log.h"

#include <chrono>
#include <memory>

#include "tests/capture/judged.h"
#include "tests/capture/log_folder.h"

namespace exotap {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class RotatingLogTest : public LogFolderTest {
 protected:
  RotatingLogTest() {
    world_.now = [this] { return now_; };
    world_.free_space = [this](const fs::path&) { return free_; };
    world_.warn = [this](std::string_view text) { warnings_.emplace_back(text); };
  }

  RotatingLog open() { return {folder(), limits_, world_}; }
  void line(RotatingLog& log, std::size_t size) {
    log.append(std::string(size - 1, 'x') + "\n", 1);
    log.flush();
  }
  void old_log(const std::string& name, std::size_t size, std::chrono::hours age) {
    write(name, std::string(size, 'x'));
    fs::last_write_time(folder() / name, fs::file_time_type::clock::now() - age);
  }
  [[nodiscard]] bool there(const std::string& name) const { return fs::exists(folder() / name); }

  WallTime now_ = noon();
  std::optional<std::uint64_t> free_ = 100ULL << 30U;
  std::vector<std::string> warnings_;
  RotationLimits limits_;
  LogWorld world_;
};

TEST_F(RotatingLogTest, NamesItsFileByTheTimeItBegins) {
  RotatingLog log = open();
  EXPECT_EQ(log.path().filename(), "exotap-20261122-123107.ndjson");
  line(log, 10);
  EXPECT_EQ(read("exotap-20261122-123107.ndjson").size(), 10U);
  EXPECT_EQ(log.lines_written(), 1U);
}

TEST_F(RotatingLogTest, TwoRunsInOneSecondHaveAFileEach) {
  RotatingLog one = open();
  RotatingLog other = open();
  EXPECT_EQ(other.path().filename(), "exotap-20261122-123107-2.ndjson");
}

TEST_F(RotatingLogTest, LinesAreWrittenTogether) {
  RotatingLog log = open();
  log.append("a\n", 1);
  EXPECT_EQ(read(log.path()), "");
  log.append(std::string(64 * 1024, 'x') + "\n", 1);
  EXPECT_EQ(read(log.path()).size(), 64U * 1024 + 3);
}

TEST_F(RotatingLogTest, BeginsANewFileAtAnEighthOfTheBound) {
  limits_.max_size = 8000;
  RotatingLog log = open();
  line(log, 600);
  line(log, 400);
  EXPECT_EQ(names().size(), 1U);
  line(log, 1);
  EXPECT_EQ(names().size(), 2U);
  EXPECT_EQ(read(log.path()).size(), 1U);
}

TEST_F(RotatingLogTest, AllLogsTogetherStayBelowTheBound) {
  limits_.max_size = 8000;
  RotatingLog log = open();
  for (int i = 0; i < 100; ++i) {
    now_ += 1s;
    line(log, 300);
    std::uintmax_t total = 0;
    for (const auto& entry : fs::directory_iterator(folder())) total += entry.file_size();
    ASSERT_LE(total, 8000U) << i;
  }
  EXPECT_GE(names().size(), 7U);
}

TEST_F(RotatingLogTest, TheOldestGoFirst) {
  limits_.max_size = 8000;
  old_log("exotap-20260101-000000.ndjson", 4000, 48h);
  old_log("exotap-20260102-000000.ndjson", 4000, 24h);
  RotatingLog log = open();
  EXPECT_FALSE(there("exotap-20260101-000000.ndjson"));
  EXPECT_TRUE(there("exotap-20260102-000000.ndjson"));
}

TEST_F(RotatingLogTest, OldLogsGoAndNothingElse) {
  old_log("exotap-20260101-000000.ndjson", 10, 15 * 24h);
  old_log("exotap-20260101-000000-2.ndjson", 10, 15 * 24h);
  old_log("exotap-20260102-000000.ndjson", 10, 13 * 24h);
  old_log("exotap-notes.ndjson", 10, 15 * 24h);
  old_log("exotap-20260101-000000.ndjson.gz", 10, 15 * 24h);
  old_log("exotap-20260101-000000abc.ndjson", 10, 15 * 24h);
  RotatingLog log = open();
  EXPECT_EQ(names(), (std::vector<std::string>{
                         "exotap-20260101-000000.ndjson.gz", "exotap-20260101-000000abc.ndjson",
                         "exotap-20260102-000000.ndjson", "exotap-20261122-123107.ndjson",
                         "exotap-notes.ndjson"}));
}

TEST_F(RotatingLogTest, ALogThatAnotherRunWritesIsNotCleared) {
  limits_.max_size = 8000;
  RotatingLog other = open();
  line(other, 7900);
  RotatingLog log = open();
  EXPECT_TRUE(fs::exists(other.path()));
}

TEST_F(RotatingLogTest, AFileThatIsLongOpenIsClosed) {
  RotatingLog log = open();
  line(log, 10);
  now_ += 48h;
  line(log, 10);
  EXPECT_EQ(log.path().filename(), "exotap-20261124-123107.ndjson");
}

TEST_F(RotatingLogTest, StopsBeforeTheDiskIsFullAndSaysSoOnce) {
  RotatingLog log = open();
  free_ = (1ULL << 30U) - 1;
  line(log, 10);
  line(log, 20);
  EXPECT_TRUE(log.stopped());
  EXPECT_EQ(read(log.path()), "");
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_NE(warnings_[0].find("is not written"), std::string::npos) << warnings_[0];
  EXPECT_FALSE(log.take_gap());
}

TEST_F(RotatingLogTest, GoesOnWhenThereIsRoomAndTellsTheGapOnce) {
  RotatingLog log = open();
  free_ = 0;
  line(log, 10);
  line(log, 20);
  free_ = 2ULL << 30U;
  line(log, 30);  // still within the second
  EXPECT_TRUE(log.stopped());
  now_ += 1s;
  line(log, 40);
  EXPECT_FALSE(log.stopped());
  EXPECT_EQ(read(log.path()).size(), 40U);
  EXPECT_EQ(names().size(), 1U);  // the file that was there is good enough
  EXPECT_EQ(warnings_.size(), 2U);
  const auto gap = log.take_gap();
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->what, "log disk full");
  EXPECT_EQ(gap->exchanges, 3U);
  EXPECT_EQ(gap->bytes, 60U);
  EXPECT_FALSE(log.take_gap());
}

TEST_F(RotatingLogTest, ADiskAtItsEdgeDoesNotStartAndStop) {
  RotatingLog log = open();
  free_ = (1ULL << 30U) - 1;
  line(log, 10);
  free_ = 1ULL << 30U;
  now_ += 1s;
  line(log, 10);
  EXPECT_TRUE(log.stopped());
}

TEST_F(RotatingLogTest, WritesWhereTheSystemCannotTellTheSpace) {
  free_ = std::nullopt;
  RotatingLog log = open();
  line(log, 10);
  EXPECT_FALSE(log.stopped());
}

TEST_F(RotatingLogTest, AFolderThatCannotBeMadeIsKnownAtTheStart) {
  write("file", "");
  EXPECT_THROW(RotatingLog(folder() / "file", limits_, world_), std::system_error);
}

}  // namespace
}  // namespace exotap
