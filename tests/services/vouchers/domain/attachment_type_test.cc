#include "services/vouchers/domain/attachment_type.h"

#include <string>

#include <gmock/gmock.h>

#include "tests/services/vouchers/domain/sample_files.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::vouchers {
namespace {

using testing::IsOk;
using testing::RefusesAt;

TEST(AttachmentTypeTest, KnowsWhatAFileIsByItsContent) {
  EXPECT_EQ(*AttachmentTypeOf(SamplePdf()), AttachmentType::kPdf);
  EXPECT_EQ(*AttachmentTypeOf(SampleJpeg()), AttachmentType::kJpeg);
  EXPECT_EQ(*AttachmentTypeOf(SamplePng()), AttachmentType::kPng);
  EXPECT_EQ(MediaType(AttachmentType::kPdf), "application/pdf");
  EXPECT_EQ(MediaType(AttachmentType::kJpeg), "image/jpeg");
  EXPECT_EQ(MediaType(AttachmentType::kPng), "image/png");
}

TEST(AttachmentTypeTest, RefusesWhatIsNeitherPaperNorPicture) {
  EXPECT_THAT(AttachmentTypeOf(""), RefusesAt("ATTACHMENT_EMPTY", "data"));
  for (const std::string& bytes :
       {std::string("x"), std::string("PK\3\4zip"), std::string("GIF89a"), std::string("RIFF"),
        std::string("<html>%PDF-1.4"), std::string("MZ"),
        std::string("\x7f"
                    "ELF"),
        std::string("\n%PDF-1.4\n%%EOF"), std::string("<?xml version='1.0'?><svg/>"),
        std::string("\xff\xd8"), std::string("\x89PNG\n\x1a\n"), std::string("II*\0", 4)}) {
    EXPECT_THAT(AttachmentTypeOf(bytes), RefusesAt("ATTACHMENT_TYPE", "data")) << bytes;
  }
}

TEST(AttachmentTypeTest, RefusesFilesBeyondTheLimit) {
  std::string bytes = SampleJpeg();
  bytes.resize(kMaxAttachmentBytes, 'x');
  EXPECT_THAT(AttachmentTypeOf(bytes), IsOk());
  bytes.push_back('x');
  EXPECT_THAT(AttachmentTypeOf(bytes), RefusesAt("ATTACHMENT_TOO_LARGE", "data"));
}

TEST(AttachmentTypeTest, RefusesEveryFileThatBreaksOff) {
  for (const std::string& whole : {SamplePdf(), SampleJpeg(), SamplePng()}) {
    // White space at the end of a PDF may be missing.
    const std::size_t needed = whole.back() == '\n' ? whole.size() - 1 : whole.size();
    for (std::size_t size = 0; size < needed; ++size) {
      EXPECT_FALSE(AttachmentTypeOf(whole.substr(0, size)).ok()) << size << " of " << whole;
    }
  }
}

TEST(AttachmentTypeTest, RefusesPdfsThatContradictThemselves) {
  for (const std::string& bytes :
       {std::string("%PDF-x.4\nstartxref\n1\n%%EOF"), std::string("%PDF-9.4\nstartxref\n1\n%%EOF"),
        std::string("%PDF-1.4\n%%EOF"), SamplePdf() + "<script>",
        SamplePdf() + "PK\5\6" + std::string(18, '\0')}) {
    EXPECT_THAT(AttachmentTypeOf(bytes), RefusesAt("ATTACHMENT_DAMAGED", "data")) << bytes;
  }
}

TEST(AttachmentTypeTest, RefusesPngsThatContradictThemselves) {
  const std::string signature = "\x89PNG\r\n\x1a\n";
  const std::string picture = PngChunk("IDAT", "x");
  const std::string end = PngChunk("IEND", "");
  std::string wrong_crc = SamplePng();
  wrong_crc[30] = static_cast<char>(wrong_crc[30] ^ 1);
  for (const std::string& bytes :
       {SamplePng() + "x", wrong_crc, signature + picture + end, signature + PngHeader(1, 1) + end,
        signature + PngHeader(1, 1) + PngHeader(1, 1) + picture + end,
        signature + PngHeader(0, 1) + picture + end,
        signature + PngChunk("IHDR", "short") + picture + end,
        signature +
            PngChunk("IHDR", BigEndian(1, 4) + BigEndian(1, 4) + std::string("\3\2\0\0\0", 5)) +
            picture + end,
        signature + PngHeader(1, 1) + picture + PngChunk("IEND", "x"),
        signature + BigEndian(0xffffffffu, 4) + "IHDR"}) {
    EXPECT_THAT(AttachmentTypeOf(bytes), RefusesAt("ATTACHMENT_DAMAGED", "data"));
  }
}

TEST(AttachmentTypeTest, RefusesJpegsThatContradictThemselves) {
  const std::string begin("\xff\xd8");
  const std::string scan = JpegSegment('\xda', "x") + "ab";
  const std::string end("\xff\xd9");
  for (const std::string& bytes :
       {begin + end, begin + scan + end, begin + JpegFrame(1, 1) + end,
        begin + JpegFrame(1, 1) + JpegFrame(1, 1) + scan + end, begin + begin + scan + end,
        begin + JpegSegment('\xc0', "x") + scan + end, begin + JpegFrame(0, 1) + scan + end,
        begin + "\xff" + std::string("\xe0\0\1", 3) + scan + end,
        begin + "\xff" + std::string("\0", 1) + scan + end}) {
    EXPECT_THAT(AttachmentTypeOf(bytes), RefusesAt("ATTACHMENT_DAMAGED", "data"));
  }
}

// Cameras and phones add their own data behind the picture.
TEST(AttachmentTypeTest, AcceptsWhatCamerasLeaveBehindAJpeg) {
  EXPECT_THAT(AttachmentTypeOf(SampleJpeg() + SampleJpeg() + "SEFT"), IsOk());
}

// A few bytes that would fill gigabytes once somebody decodes them.
TEST(AttachmentTypeTest, RefusesImageBombs) {
  EXPECT_THAT(AttachmentTypeOf(SamplePng(10'000, 10'000)), IsOk());
  EXPECT_THAT(AttachmentTypeOf(SamplePng(10'000, 10'001)), RefusesAt("PICTURE_TOO_LARGE", "data"));
  EXPECT_THAT(AttachmentTypeOf(SamplePng(0xffffffff, 0xffffffff)),
              RefusesAt("PICTURE_TOO_LARGE", "data"));
  EXPECT_THAT(AttachmentTypeOf(SamplePng(30'001, 1)), RefusesAt("PICTURE_TOO_LARGE", "data"));
  EXPECT_THAT(AttachmentTypeOf(SampleJpeg(65'535, 65'535)), RefusesAt("PICTURE_TOO_LARGE", "data"));
}

}  // namespace
}  // namespace lumbung::vouchers
