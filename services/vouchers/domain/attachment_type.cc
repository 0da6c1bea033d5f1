#include "services/vouchers/domain/attachment_type.h"

#include <algorithm>
#include <array>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

constexpr char kField[] = "data";
constexpr absl::string_view kPngSignature = "\x89PNG\r\n\x1a\n";

absl::Status Damaged(absl::string_view message) {
  return InvalidArgument("ATTACHMENT_DAMAGED", kField, message);
}

// Reads big-endian integers off the front; nothing when the bytes are too few.
class Cursor {
 public:
  explicit Cursor(absl::string_view bytes) : rest_(bytes) {}

  std::size_t left() const { return rest_.size(); }
  absl::string_view rest() const { return rest_; }
  std::optional<std::uint32_t> Integer(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value << 8 | static_cast<unsigned char>(rest_[i]);
    }
    rest_.remove_prefix(width);
    return value;
  }
  std::optional<absl::string_view> Bytes(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const absl::string_view bytes = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return bytes;
  }

 private:
  absl::string_view rest_;
};

absl::Status CheckPicture(std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0) return Damaged("the picture has no width or no height");
  if (width > kMaxPictureSide || height > kMaxPictureSide || width * height > kMaxPicturePixels) {
    return InvalidArgument(
        "PICTURE_TOO_LARGE", kField,
        absl::StrCat("found a picture of ", width, " x ", height, " pixels; at most ",
                     kMaxPictureSide, " on a side and ", kMaxPicturePixels, " in all are allowed"));
  }
  return absl::OkStatus();
}

// ---- PDF (ISO 32000) ----

// "%PDF-1.4": a digit, a dot, a digit; within the last bytes "startxref", a number and "%%EOF",
// after which nothing but white space comes.
absl::Status CheckPdf(absl::string_view bytes) {
  constexpr std::size_t kTailBytes = 1'024;
  const auto is_digit = [&bytes](std::size_t i) { return bytes[i] >= '0' && bytes[i] <= '9'; };
  if (bytes.size() < 8 || (bytes[5] != '1' && bytes[5] != '2') || bytes[6] != '.' || !is_digit(7)) {
    return Damaged("the file begins like a PDF, but names no version from 1.0 to 2.9");
  }
  absl::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kTailBytes));
  const std::size_t last = tail.find_last_not_of(absl::string_view("\0\t\n\f\r ", 6));
  tail = tail.substr(0, last == absl::string_view::npos ? 0 : last + 1);
  if (!absl::EndsWith(tail, "%%EOF")) {
    return Damaged("the PDF does not end with %%EOF: it breaks off, or something follows it");
  }
  if (!absl::StrContains(tail, "startxref")) {
    return Damaged("the PDF has no startxref at its end");
  }
  return absl::OkStatus();
}

// ---- PNG (ISO/IEC 15948) ----

constexpr std::array<std::uint32_t, 256> MakeCrcTable() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t n = 0; n < 256; ++n) {
    std::uint32_t c = n;
    for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xedb88320u ^ (c >> 1) : c >> 1;
    table[n] = c;
  }
  return table;
}
constexpr std::array<std::uint32_t, 256> kCrcTable = MakeCrcTable();

std::uint32_t Crc32(absl::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc = kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ (crc >> 8);
  }
  return ~crc;
}

bool IsPngDepth(std::uint32_t color_type, std::uint32_t depth) {
  switch (color_type) {
    case 0:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3:
      return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
      return depth == 8 || depth == 16;
    default:
      return false;
  }
}

absl::Status CheckPngHeader(absl::string_view data) {
  if (data.size() != 13) return Damaged("the PNG's header does not have 13 bytes");
  Cursor header(data);
  const std::uint32_t width = *header.Integer(4);
  const std::uint32_t height = *header.Integer(4);
  const std::uint32_t depth = *header.Integer(1);
  const std::uint32_t color_type = *header.Integer(1);
  const bool known_methods = *header.Integer(1) == 0 && *header.Integer(1) == 0;
  if (!IsPngDepth(color_type, depth) || !known_methods || *header.Integer(1) > 1) {
    return Damaged("the PNG's header names a form that does not exist");
  }
  return CheckPicture(width, height);
}

absl::Status CheckPng(absl::string_view bytes) {
  Cursor cursor(bytes.substr(kPngSignature.size()));
  bool has_picture = false;
  for (bool first = true;; first = false) {
    const absl::string_view chunk = cursor.rest();
    const std::optional<std::uint32_t> size = cursor.Integer(4);
    const std::optional<absl::string_view> name = cursor.Bytes(4);
    if (!size || !name) return Damaged("the PNG breaks off");
    const std::optional<absl::string_view> data = cursor.Bytes(*size);
    const std::optional<std::uint32_t> crc = cursor.Integer(4);
    if (!data || !crc) return Damaged("the PNG breaks off");
    if (Crc32(chunk.substr(4, 4 + *size)) != *crc) return Damaged("a checksum of the PNG is wrong");
    if (first != (*name == "IHDR")) return Damaged("the PNG does not begin with one header");
    if (first) LUMBUNG_RETURN_IF_ERROR(CheckPngHeader(*data));
    if (*name == "IDAT") has_picture = true;
    if (*name == "IEND") {
      if (*size != 0 || cursor.left() != 0) return Damaged("something follows the end of the PNG");
      return has_picture ? absl::OkStatus() : Damaged("there is no picture in the PNG");
    }
  }
}

// ---- JPEG (ISO/IEC 10918-1) ----

bool StandsAlone(std::uint32_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}
// Start of frame, where the size stands: C0 to CF without DHT, JPG and DAC.
bool IsFrame(std::uint32_t marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

// Passes over compressed data to the next marker that ends it.
void SkipScan(Cursor* cursor) {
  const absl::string_view rest = cursor->rest();
  std::size_t at = 0;
  while ((at = rest.find('\xff', at)) != absl::string_view::npos && at + 1 < rest.size()) {
    const auto next = static_cast<unsigned char>(rest[at + 1]);
    if (next != 0 && next != 0xff && !StandsAlone(next)) break;
    ++at;
  }
  cursor->Bytes(at == absl::string_view::npos ? rest.size() : at);
}

absl::Status CheckFrame(absl::string_view data) {
  Cursor frame(data);
  const std::optional<std::uint32_t> precision = frame.Integer(1);
  const std::optional<std::uint32_t> height = frame.Integer(2);
  const std::optional<std::uint32_t> width = frame.Integer(2);
  const std::optional<std::uint32_t> components = frame.Integer(1);
  if (!precision || !height || !width || !components)
    return Damaged("the JPEG's frame is too short");
  if (*components < 1 || *components > 4 || frame.left() != 3 * *components) {
    return Damaged("the JPEG's frame contradicts itself");
  }
  return CheckPicture(*width, *height);
}

// Cameras leave data of their own behind the end of the picture, so that the end need not be the
// end of the file.
absl::Status CheckJpeg(absl::string_view bytes) {
  Cursor cursor(bytes.substr(2));
  bool has_frame = false;
  bool has_scan = false;
  while (true) {
    const std::optional<std::uint32_t> lead = cursor.Integer(1);
    std::optional<std::uint32_t> marker = cursor.Integer(1);
    // Any number of FF may stand before a marker.
    while (marker == 0xffu) marker = cursor.Integer(1);
    if (!lead || !marker) return Damaged("the JPEG breaks off");
    if (*lead != 0xff || *marker == 0) return Damaged("a marker of the JPEG is missing");
    if (*marker == 0xd9) {
      return has_scan ? absl::OkStatus() : Damaged("there is no picture in the JPEG");
    }
    if (*marker == 0xd8) return Damaged("the JPEG begins twice");
    if (StandsAlone(*marker)) continue;
    const std::optional<std::uint32_t> size = cursor.Integer(2);
    if (!size || *size < 2) return Damaged("the JPEG breaks off");
    const std::optional<absl::string_view> data = cursor.Bytes(*size - 2);
    if (!data) return Damaged("the JPEG breaks off");
    if (IsFrame(*marker)) {
      if (has_frame) return Damaged("the JPEG has two frames");
      has_frame = true;
      LUMBUNG_RETURN_IF_ERROR(CheckFrame(*data));
    }
    if (*marker == 0xda) {
      if (!has_frame) return Damaged("the JPEG has a picture without a frame");
      has_scan = true;
      SkipScan(&cursor);
    }
  }
}

}  // namespace

absl::string_view MediaType(AttachmentType type) {
  switch (type) {
    case AttachmentType::kPdf:
      return "application/pdf";
    case AttachmentType::kJpeg:
      return "image/jpeg";
    case AttachmentType::kPng:
      return "image/png";
  }
  return "";
}

absl::StatusOr<AttachmentType> AttachmentTypeOf(absl::string_view bytes) {
  if (bytes.empty()) return InvalidArgument("ATTACHMENT_EMPTY", kField, "the file is empty");
  if (bytes.size() > kMaxAttachmentBytes) {
    return InvalidArgument("ATTACHMENT_TOO_LARGE", kField,
                           absl::StrCat("found a file of ", bytes.size(), " bytes; at most ",
                                        kMaxAttachmentBytes, " are allowed"));
  }
  if (absl::StartsWith(bytes, "%PDF-")) {
    LUMBUNG_RETURN_IF_ERROR(CheckPdf(bytes));
    return AttachmentType::kPdf;
  }
  if (absl::StartsWith(bytes, kPngSignature)) {
    LUMBUNG_RETURN_IF_ERROR(CheckPng(bytes));
    return AttachmentType::kPng;
  }
  if (absl::StartsWith(bytes, "\xff\xd8\xff")) {
    LUMBUNG_RETURN_IF_ERROR(CheckJpeg(bytes));
    return AttachmentType::kJpeg;
  }
  return InvalidArgument("ATTACHMENT_TYPE", kField,
                         "the file is neither PDF, JPEG nor PNG by its content; these are allowed");
}

}  // namespace lumbung::vouchers
