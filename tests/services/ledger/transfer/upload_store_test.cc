#include "services/ledger/transfer/upload_store.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include "absl/strings/str_cat.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::transfer {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::Refuses;

constexpr OrganizationId kOurs{1};
constexpr OrganizationId kTheirs{2};

TEST(NormalizeFileNameTest, TakesOutWhatMeansNothing) {
  EXPECT_EQ(*NormalizeFileName("a.journal"), "a.journal");
  EXPECT_EQ(*NormalizeFileName("./2026//jan/./a.journal"), "2026/jan/a.journal");
  EXPECT_EQ(*NormalizeFileName("kas besar/..a"), "kas besar/..a");
  EXPECT_EQ(*NormalizeFileName("café.journal"), "café.journal");
}

TEST(NormalizeFileNameTest, RefusesWhatCouldLeadAnywhereElse) {
  for (const std::string& name :
       {std::string(), std::string("/etc/passwd"), std::string("../a"), std::string("a/../../b"),
        std::string("a/.."), std::string("a\\b"), std::string("a\0b", 3), std::string("a\nb"),
        std::string("a/"), std::string("."), std::string("./."), std::string("\xff"),
        std::string(256, 'a')}) {
    EXPECT_THAT(NormalizeFileName(name), Refuses("INVALID_FILE_NAME")) << name;
  }
}

struct GlobCase {
  const char* glob;
  const char* name;
  bool matches;
};

TEST(MatchesGlobTest, KnowsStarsAndQuestionMarks) {
  for (const GlobCase& c : {
           GlobCase{"a.journal", "a.journal", true},
           GlobCase{"a.journal", "b/a.journal", false},
           GlobCase{"*.journal", "a.journal", true},
           GlobCase{"*.journal", ".journal", true},
           GlobCase{"*.journal", "b/a.journal", false},
           GlobCase{"2026/*.j", "2026/a.j", true},
           GlobCase{"2026/*.j", "2026/b/a.j", false},
           GlobCase{"?.j", "a.j", true},
           GlobCase{"?.j", "ab.j", false},
           GlobCase{"a?b", "a/b", false},
           GlobCase{"**", "a/b/c", true},
           GlobCase{"**.j", "a/b.j", true},
           GlobCase{"**/*.j", "a.j", true},
           GlobCase{"**/*.j", "x/y/a.j", true},
           GlobCase{"**/*.j", "x/y/a.k", false},
           GlobCase{"x/**/a.j", "x/a.j", true},
           GlobCase{"x/**/a.j", "x/y/z/a.j", true},
           GlobCase{"x/**/a.j", "x/ya.j", false},
           GlobCase{"x/**/a.j", "y/a.j", false},
           GlobCase{"", "a", false},
           GlobCase{"*a*b*c*", "xxaxxbxxcxx", true},
           GlobCase{"*a*b*c*", "xxaxxcxxbxx", false},
       }) {
    EXPECT_EQ(MatchesGlob(c.glob, c.name), c.matches) << c.glob << " on " << c.name;
  }
}

class UploadStoreTest : public ::testing::Test {
 protected:
  UploadStoreTest() {
    char folder[] = "/tmp/lumbung-uploads-XXXXXX";
    EXPECT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
  }
  ~UploadStoreTest() override {
    store_.reset();
    fs::remove_all(folder_);
  }

  UploadStore& Store(std::int64_t max_bytes = 1'000) {
    UploadStore::Options options;
    options.folder = folder_ + "/uploads";
    options.max_upload_bytes = max_bytes;
    options.max_files = 3;
    options.max_total_bytes = 2'000;
    options.now = [this] { return now_; };
    options.random_bytes = [this](char* bytes, std::size_t count) {
      std::fill(bytes, bytes + count, static_cast<char>(++id_));
    };
    auto store = UploadStore::Open(std::move(options));
    EXPECT_THAT(store, IsOk());
    store_ = *std::move(store);
    return *store_;
  }

  static std::string Receive(UploadStore& store, const std::string& name,
                             const std::string& content) {
    auto receiver = store.Receive(kOurs);
    EXPECT_THAT(receiver, IsOk());
    EXPECT_THAT((*receiver)->StartFile(name), IsOk());
    EXPECT_THAT((*receiver)->Append(content), IsOk());
    auto id = (*receiver)->Finish();
    EXPECT_THAT(id, IsOk());
    return *id;
  }

  static std::string Content(const import::FileSource& files, const std::string& name) {
    const auto stream = files.Open(name);
    if (!stream.ok()) return ReasonOf(stream.status());
    return std::string(std::istreambuf_iterator<char>(**stream), {});
  }

  std::size_t FoldersLeft() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder_ + "/uploads"), fs::directory_iterator()));
  }

  std::string folder_;
  absl::Time now_ = absl::FromUnixSeconds(1'790'000'000);
  int id_ = 0;
  std::unique_ptr<UploadStore> store_;
};

TEST_F(UploadStoreTest, GivesBackTheFilesAsTheyCame) {
  UploadStore& store = Store();
  auto receiver = *store.Receive(kOurs);
  ASSERT_THAT(receiver->StartFile("main.journal"), IsOk());
  ASSERT_THAT(receiver->Append("include "), IsOk());
  ASSERT_THAT(receiver->Append("jan/*.journal\n"), IsOk());
  ASSERT_THAT(receiver->StartFile("./jan/a.journal"), IsOk());
  ASSERT_THAT(receiver->Append(std::string("a\0b", 3)), IsOk());
  ASSERT_THAT(receiver->StartFile("jan/b.journal"), IsOk());
  const auto upload = *store.Take(kOurs, *receiver->Finish());
  EXPECT_EQ(upload->first_file(), "main.journal");
  EXPECT_EQ(upload->byte_count(), 25);
  EXPECT_EQ(Content(*upload, "main.journal"), "include jan/*.journal\n");
  EXPECT_EQ(Content(*upload, "jan/a.journal"), std::string("a\0b", 3));
  EXPECT_EQ(Content(*upload, "jan/b.journal"), "");
  EXPECT_EQ(Content(*upload, "jan/c.journal"), "INCLUDE_NOT_FOUND");
  EXPECT_EQ(Content(*upload, "../0"), "INCLUDE_NOT_FOUND");
  EXPECT_THAT(upload->Match("jan/*"), ElementsAre("jan/a.journal", "jan/b.journal"));
}

TEST_F(UploadStoreTest, IsFoundOnceAndByItsOwnerOnly) {
  UploadStore& store = Store();
  const std::string id = Receive(store, "a", "x");
  EXPECT_THAT(store.Take(kTheirs, id), Refuses("UPLOAD_NOT_FOUND"));
  EXPECT_THAT(store.Take(kOurs, "0000"), Refuses("UPLOAD_NOT_FOUND"));
  EXPECT_THAT(store.Take(kOurs, id), IsOk());
  EXPECT_THAT(store.Take(kOurs, id), Refuses("UPLOAD_NOT_FOUND"));
}

TEST_F(UploadStoreTest, LeavesNothingOnDiskOnceItIsUsed) {
  UploadStore& store = Store();
  auto upload = *store.Take(kOurs, Receive(store, "a", "x"));
  EXPECT_EQ(FoldersLeft(), 1u);
  upload.reset();
  EXPECT_EQ(FoldersLeft(), 0u);
}

TEST_F(UploadStoreTest, DropsWhatIsNotFinishedOrADayOldOrFromBeforeAStart) {
  UploadStore& store = Store();
  {
    auto receiver = *store.Receive(kOurs);
    ASSERT_THAT(receiver->StartFile("a"), IsOk());
  }
  EXPECT_EQ(FoldersLeft(), 0u);

  const std::string id = Receive(store, "a", "x");
  now_ += absl::Hours(24);
  EXPECT_EQ(FoldersLeft(), 1u);
  now_ += absl::Seconds(1);
  EXPECT_THAT(store.Take(kOurs, id), Refuses("UPLOAD_NOT_FOUND"));
  EXPECT_EQ(FoldersLeft(), 0u);

  std::ofstream(folder_ + "/uploads/left_behind") << "x";
  Store();
  EXPECT_EQ(FoldersLeft(), 0u);
}

TEST_F(UploadStoreTest, BoundsSizeAndNumberOfFiles) {
  UploadStore& store = Store();
  auto receiver = *store.Receive(kOurs);
  EXPECT_THAT(receiver->Append("x"), Refuses("INVALID_FILE_NAME"));
  EXPECT_THAT(receiver->Finish(), Refuses("INVALID_FILE_NAME"));
  for (const char* name : {"a", "b", "c"}) ASSERT_THAT(receiver->StartFile(name), IsOk());
  EXPECT_THAT(receiver->StartFile("d"), Refuses("UPLOAD_TOO_LARGE"));
  EXPECT_THAT(receiver->Append(std::string(1'000, 'x')), IsOk());
  EXPECT_THAT(receiver->Append("x"), Refuses("UPLOAD_TOO_LARGE"));

  auto again = *store.Receive(kOurs);
  ASSERT_THAT(again->StartFile("a/b"), IsOk());
  EXPECT_THAT(again->StartFile("a/./b"), Refuses("INVALID_FILE_NAME"));
}

TEST_F(UploadStoreTest, BoundsAllUploadsTogetherUntilTheyGo) {
  UploadStore& store = Store();
  auto first = *store.Take(kOurs, Receive(store, "a", std::string(900, 'x')));
  Receive(store, "a", std::string(900, 'x'));
  auto third = *store.Receive(kOurs);
  ASSERT_THAT(third->StartFile("a"), IsOk());
  EXPECT_THAT(third->Append(std::string(900, 'x')), Refuses("UPLOAD_TOO_LARGE"));
  third.reset();
  first.reset();
  Receive(store, "a", std::string(900, 'x'));
}

}  // namespace
}  // namespace lumbung::transfer
