#include "ledger/import/line_reader.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/core/status.h"

namespace lumbung::import {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

LineReader ReaderOf(std::string text) {
  return LineReader(std::make_unique<std::istringstream>(std::move(text)), "books.journal");
}

std::vector<std::string> Lines(std::string text) {
  LineReader reader = ReaderOf(std::move(text));
  std::vector<std::string> lines;
  while (*reader.Next()) lines.emplace_back(reader.line());
  return lines;
}

absl::Status FirstError(std::string text) {
  LineReader reader = ReaderOf(std::move(text));
  while (true) {
    const absl::StatusOr<bool> more = reader.Next();
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
  }
}

TEST(LineReaderTest, SplitsAtEitherLineEnding) {
  EXPECT_THAT(Lines("a\nb\r\n\nlast"), ElementsAre("a", "b", "", "last"));
  EXPECT_THAT(Lines("a\n"), ElementsAre("a"));
  EXPECT_THAT(Lines(""), ElementsAre());
}

TEST(LineReaderTest, DropsTheByteOrderMarkOfTheFileOnly) {
  EXPECT_THAT(Lines("\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo"), ElementsAre("one", "\xEF\xBB\xBFtwo"));
}

TEST(LineReaderTest, KeepsLinesThatCrossBuffers) {
  const std::string wide(200'000, 'x');
  EXPECT_THAT(Lines("first\n" + wide + "\nlast\n"), ElementsAre("first", wide, "last"));
}

TEST(LineReaderTest, ReturnsAnUnreadLineAgain) {
  LineReader reader = ReaderOf("one\ntwo\n");
  ASSERT_TRUE(*reader.Next());
  reader.Unread();
  ASSERT_TRUE(*reader.Next());
  EXPECT_EQ(reader.line(), "one");
  EXPECT_EQ(reader.line_number(), 1);
  ASSERT_TRUE(*reader.Next());
  EXPECT_EQ(reader.line(), "two");
  EXPECT_EQ(reader.place().ToString(), "books.journal:2");
}

TEST(LineReaderTest, RefusesALineBeyondTheLimit) {
  EXPECT_TRUE(FirstError("ok\n" + std::string(kMaxLineBytes, 'x')).ok());
  const absl::Status status = FirstError("ok\n" + std::string(kMaxLineBytes + 1, 'x') + "\n");
  EXPECT_EQ(ReasonOf(status), "LINE_TOO_LONG");
  EXPECT_THAT(std::string(status.message()), HasSubstr("books.journal:2: "));
}

TEST(LineReaderTest, RefusesBytesThatAreNotText) {
  for (const std::string& bad : {std::string("a\0b", 3), std::string("caf\xE9"),
                                 std::string("\xED\xA0\x80"), std::string("12345678\xFF")}) {
    const absl::Status status = FirstError("fine\n" + bad + "\n");
    EXPECT_EQ(ReasonOf(status), "PARSE_ERROR") << bad;
    EXPECT_THAT(std::string(status.message()), HasSubstr("books.journal:2: "));
  }
}

TEST(LineReaderTest, GoesBackToLinesItHasSeen) {
  const std::string wide(200'000, 'x');
  LineReader reader = ReaderOf("one\r\n" + wide + "\nthree\nlast");
  std::vector<std::int64_t> offsets;
  while (*reader.Next()) offsets.push_back(reader.line_offset());
  EXPECT_THAT(offsets, ElementsAre(0, 5, 200'006, 200'012));

  for (const int line : {3, 1, 2, 3, 4, 4, 1}) {
    ASSERT_TRUE(reader.SeekTo(offsets[static_cast<std::size_t>(line - 1)], line).ok());
    ASSERT_TRUE(*reader.Next());
    EXPECT_EQ(reader.line(),
              std::vector<std::string>(
                  {"one", wide, "three", "last"})[static_cast<std::size_t>(line - 1)]);
    EXPECT_EQ(reader.line_number(), line);
  }
}

}  // namespace
}  // namespace lumbung::import
