#include "reports/audit_pack/pack_archive.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "reports/audit_pack/pack_texts.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::Pair;

const absl::Time kMadeAt = absl::FromUnixSeconds(1'790'000'000);

// Takes `room` bytes.
class BoundedSink final : public ByteSink {
 public:
  explicit BoundedSink(std::size_t room = SIZE_MAX) : room_(room) {}
  absl::Status Write(absl::string_view bytes) override {
    if (bytes.size() > room_) return absl::ResourceExhaustedError("the disk is full");
    room_ -= bytes.size();
    bytes_.append(bytes.data(), bytes.size());
    return absl::OkStatus();
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::size_t room_;
  std::string bytes_;
};

// Content by path, as another program unpacks it.
std::map<std::string, std::string> Unpack(const std::string& zip) {
  std::map<std::string, std::string> files;
  archive* const reader = archive_read_new();
  archive_read_support_format_zip(reader);
  EXPECT_EQ(archive_read_open_memory(reader, zip.data(), zip.size()), ARCHIVE_OK);
  archive_entry* entry = nullptr;
  while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
    EXPECT_EQ(archive_entry_mtime(entry), absl::ToUnixSeconds(kMadeAt));
    std::string& content = files[archive_entry_pathname(entry)];
    std::string buffer(4096, '\0');
    la_ssize_t count = 0;
    while ((count = archive_read_data(reader, buffer.data(), buffer.size())) > 0) {
      content.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }
  archive_read_free(reader);
  return files;
}

std::string TwoFiles() {
  BoundedSink sink;
  PackArchive archive(&sink, kMadeAt);
  EXPECT_THAT(archive.Add("b/two.txt", "dua"), IsOk());
  EXPECT_THAT(archive.Add("a.txt",
                          [](ByteSink& file) {
                            for (int i = 0; i < 3; ++i) EXPECT_THAT(file.Write("satu "), IsOk());
                            return absl::OkStatus();
                          }),
              IsOk());
  EXPECT_THAT(archive.Finish(), IsOk());
  return sink.bytes();
}

TEST(PackArchiveTest, HoldsWhatWasAddedAndListsItInOrder) {
  EXPECT_THAT(Unpack(TwoFiles()),
              ElementsAre(Pair("a.txt", "satu satu satu "), Pair("b/two.txt", "dua")));
  BoundedSink sink;
  PackArchive archive(&sink, kMadeAt);
  EXPECT_THAT(archive.Add("b", "dua"), IsOk());
  EXPECT_THAT(archive.Add("a", ""), IsOk());
  const std::vector<PackedFile> files = archive.files();
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].path, "a");
  EXPECT_EQ(files[0].bytes, 0);
  EXPECT_EQ(files[1].bytes, 3);
  // Of "dua", by sha256sum.
  EXPECT_EQ(absl::BytesToHexString(files[1].sha256),
            "af35bd90273f2d25b7588f6a1f8625da2db5677b1fa98a45a52c3e11bffa1fe2");
}

TEST(PackArchiveTest, TheSameFilesGiveTheSameBytes) {
  EXPECT_EQ(TwoFiles(), TwoFiles());
}

TEST(PackArchiveTest, RefusesAPathTwice) {
  BoundedSink sink;
  PackArchive archive(&sink, kMadeAt);
  EXPECT_THAT(archive.Add("a", "1"), IsOk());
  EXPECT_THAT(archive.Add("a", "2").message(), HasSubstr("a"));
}

TEST(PackArchiveTest, PassesOnWhatTheSinkRefuses) {
  BoundedSink sink(200);
  PackArchive archive(&sink, kMadeAt);
  absl::Status status;
  std::uint32_t noise = 1;
  for (int i = 0; i < 100 && status.ok(); ++i) {
    std::string incompressible;
    for (int j = 0; j < 10'000; ++j) {
      noise = noise * 1'664'525 + 1'013'904'223;
      incompressible += static_cast<char>(noise >> 24);
    }
    status = archive.Add(absl::StrCat("file-", i), incompressible);
  }
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted) << status;
  EXPECT_FALSE(archive.Finish().ok());
}

TEST(PackArchiveTest, PassesOnWhatTheWriterRefuses) {
  BoundedSink sink;
  PackArchive archive(&sink, kMadeAt);
  const absl::Status status =
      archive.Add("a", [](ByteSink&) { return absl::NotFoundError("no such book"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
}

TEST(PackTextsTest, AreWhole) {
  EXPECT_THAT(std::string(PackReadme()), HasSubstr("python3 verify.py"));
  EXPECT_THAT(std::string(PackVerifier()), ::testing::EndsWith("sys.exit(main(sys.argv[1:]))\n"));
}

}  // namespace
}  // namespace lumbung::reports
