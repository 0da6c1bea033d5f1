// What a file is, by its content alone: names and the sender's word count for nothing. Only PDF,
// JPEG and PNG are evidence that can be kept and shown safely.
//
// The whole structure is walked, within the bytes given, without decoding anything: a beginning
// that looks right is not enough, and a picture that claims more pixels than a screen or a printer
// can use (an image bomb) is refused before anything would decode it. Pure.
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_ATTACHMENT_TYPE_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_ATTACHMENT_TYPE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::vouchers {

// The numbers are those stored in the database.
enum class AttachmentType : std::int16_t { kPdf = 1, kJpeg = 2, kPng = 3 };

inline constexpr std::size_t kMaxAttachmentBytes = 20 << 20;
inline constexpr std::uint64_t kMaxPictureSide = 30'000;
// A page of A4 at 600 dots per inch has 35 million.
inline constexpr std::uint64_t kMaxPicturePixels = 100'000'000;

// "application/pdf", ...
absl::string_view MediaType(AttachmentType type);

// Refuses, in this order: ATTACHMENT_EMPTY, ATTACHMENT_TOO_LARGE, ATTACHMENT_TYPE (neither PDF,
// JPEG nor PNG by its first bytes), ATTACHMENT_DAMAGED (its structure breaks off or contradicts
// itself), PICTURE_TOO_LARGE. At `data`.
absl::StatusOr<AttachmentType> AttachmentTypeOf(absl::string_view bytes);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_ATTACHMENT_TYPE_H_
