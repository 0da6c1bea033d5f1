// The primitives of our canonical encodings: big-endian integers and length-prefixed byte strings,
// so that no two different sequences of fields have the same bytes.
#ifndef LUMBUNG_LEDGER_LOG_BYTE_WRITER_H_
#define LUMBUNG_LEDGER_LOG_BYTE_WRITER_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "ledger/core/decimal.h"

namespace lumbung::log {

class ByteWriter {
 public:
  void U8(std::uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void U16(std::uint16_t value) { Integer(value, 2); }
  void U32(std::uint32_t value) { Integer(value, 4); }
  void U64(std::uint64_t value) { Integer(value, 8); }
  // Exactly these bytes, without a length.
  void Raw(absl::string_view value) { bytes_.append(value.data(), value.size()); }
  // A 32-bit length and the bytes.
  void Text(absl::string_view value) {
    U32(static_cast<std::uint32_t>(value.size()));
    Raw(value);
  }
  // 16 bytes of two's complement units, then one byte of scale.
  void Amount(const Decimal& value) {
    __extension__ using Wide = unsigned __int128;
    const auto units = static_cast<Wide>(value.units());
    U64(static_cast<std::uint64_t>(units >> 64));
    U64(static_cast<std::uint64_t>(units));
    U8(static_cast<std::uint8_t>(value.scale()));
  }
  std::string Take() { return std::move(bytes_); }

 private:
  void Integer(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<char>((value >> shift) & 0xff));
    }
  }
  std::string bytes_;
};

}  // namespace lumbung::log

#endif  // LUMBUNG_LEDGER_LOG_BYTE_WRITER_H_
