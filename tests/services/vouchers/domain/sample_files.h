// The smallest files that are what they say: a PDF page, a JPEG and a PNG of any claimed size.
#ifndef LUMBUNG_TESTS_SERVICES_VOUCHERS_DOMAIN_SAMPLE_FILES_H_
#define LUMBUNG_TESTS_SERVICES_VOUCHERS_DOMAIN_SAMPLE_FILES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace lumbung::vouchers {

inline std::string BigEndian(std::uint64_t value, int width) {
  std::string bytes;
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((value >> shift) & 0xff));
  }
  return bytes;
}

inline std::string SamplePdf() {
  return "%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\n"
         "0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n42\n%%EOF\n";
}

// By the definition of the checksum, bit by bit.
inline std::uint32_t SampleCrc(absl::string_view bytes) {
  std::uint32_t crc = 0xffffffffu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
  }
  return ~crc;
}

inline std::string PngChunk(const std::string& name, const std::string& data) {
  return BigEndian(data.size(), 4) + name + data + BigEndian(SampleCrc(name + data), 4);
}

inline std::string PngHeader(std::uint64_t width, std::uint64_t height) {
  return PngChunk("IHDR",
                  BigEndian(width, 4) + BigEndian(height, 4) + std::string("\x8\x2\0\0\0", 5));
}

inline std::string SamplePng(std::uint64_t width = 1, std::uint64_t height = 1) {
  return "\x89PNG\r\n\x1a\n" + PngHeader(width, height) + PngChunk("IDAT", "picture") +
         PngChunk("IEND", "");
}

inline std::string JpegSegment(char marker, const std::string& data) {
  return std::string("\xff") + marker + BigEndian(data.size() + 2, 2) + data;
}

inline std::string JpegFrame(std::uint64_t width, std::uint64_t height) {
  return JpegSegment('\xc0', std::string("\x8", 1) + BigEndian(height, 2) + BigEndian(width, 2) +
                                 std::string("\1\1\x11\0", 4));
}

// With a stuffed byte and a restart marker in its compressed data.
inline std::string SampleJpeg(std::uint64_t width = 1, std::uint64_t height = 1) {
  return std::string("\xff\xd8") + JpegSegment('\xe0', std::string("JFIF\0", 5)) +
         JpegFrame(width, height) + JpegSegment('\xda', std::string("\1\1\0\0\x3f\0", 6)) +
         std::string("ab\xff\0cd\xff\xd0", 8) + "ef\xff\xd9";
}

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_TESTS_SERVICES_VOUCHERS_DOMAIN_SAMPLE_FILES_H_
