// Files as strangers send them: whatever the bytes, the answer is a type or a named refusal, it
// reads nothing beyond them, and a file that was accepted stops being one when its end is cut off.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "ledger/core/status.h"
#include "services/vouchers/domain/attachment_type.h"
#include "tests/fuzz/expect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using lumbung::vouchers::AttachmentType;
  // A copy of exactly this size, so that a sanitizer sees the first byte read too far.
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto type = lumbung::vouchers::AttachmentTypeOf(bytes);
  if (!type.ok()) {
    static const auto* const kReasons = new std::set<std::string>{
        "ATTACHMENT_EMPTY", "ATTACHMENT_TYPE", "ATTACHMENT_DAMAGED", "PICTURE_TOO_LARGE"};
    FUZZ_EXPECT(kReasons->count(lumbung::ReasonOf(type.status())) == 1);
    FUZZ_EXPECT(lumbung::FieldOf(type.status()) == "data");
    return 0;
  }
  const absl::string_view magic = *type == AttachmentType::kPdf   ? "%PDF-"
                                  : *type == AttachmentType::kPng ? "\x89PNG\r\n\x1a\n"
                                                                  : "\xff\xd8\xff";
  FUZZ_EXPECT(absl::StartsWith(bytes, magic));
  // Only a PNG ends with the file; behind the others may stand white space or a camera's data.
  if (*type == AttachmentType::kPng) {
    FUZZ_EXPECT(!lumbung::vouchers::AttachmentTypeOf(bytes.substr(0, size - 1)).ok());
    FUZZ_EXPECT(!lumbung::vouchers::AttachmentTypeOf(bytes + "x").ok());
  }
  return 0;
}
