// The content hash: what an approval binds to. Whoever approves names the hash of what was seen;
// any other content is another hash, and the approval does not hold for it.
//
// Layout, version 1; the primitives are those of ledger/log/byte_writer.h:
//
//   version              u8, 1
//   kind                 u8, as in VoucherKind
//   date                 text, YYYY-MM-DD
//   party, description, reference, cash account, series   text each
//   postings             u32 count; each:
//     account, currency  text, text; then the amount
//     functional         u8 0, or u8 1 and currency text, amount
//     fund               text
//     dimensions         u16 count; each: dimension text, value text
//     memo               text
//   attachments          u32 count; the SHA-256 of each, 32 bytes, in ascending order
#ifndef LUMBUNG_SERVICES_VOUCHERS_DOMAIN_CONTENT_HASH_H_
#define LUMBUNG_SERVICES_VOUCHERS_DOMAIN_CONTENT_HASH_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/vouchers/domain/voucher.h"

namespace lumbung::vouchers {

inline constexpr std::uint8_t kContentLayoutVersion = 1;

// SHA-256, 32 bytes. `attachments` are the SHA-256 digests of the files attached before the
// voucher was submitted, in any order.
std::string ContentHash(const VoucherContent& content, std::vector<std::string> attachments);

}  // namespace lumbung::vouchers

#endif  // LUMBUNG_SERVICES_VOUCHERS_DOMAIN_CONTENT_HASH_H_
