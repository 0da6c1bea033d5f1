#include "services/vouchers/domain/content_hash.h"

#include <algorithm>

#include "ledger/log/byte_writer.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::vouchers {
namespace {

void WritePosting(const PostingDraft& posting, log::ByteWriter* out) {
  out->Text(posting.account);
  out->Text(posting.currency);
  out->Amount(posting.amount);
  out->U8(posting.functional.has_value() ? 1 : 0);
  if (posting.functional.has_value()) {
    out->Text(posting.functional->currency);
    out->Amount(posting.functional->amount);
  }
  out->Text(posting.fund);
  out->U16(static_cast<std::uint16_t>(posting.dimensions.size()));
  for (const auto& [dimension, value] : posting.dimensions) {
    out->Text(dimension);
    out->Text(value);
  }
  out->Text(posting.memo);
}

}  // namespace

std::string ContentHash(const VoucherContent& content, std::vector<std::string> attachments) {
  log::ByteWriter out;
  out.U8(kContentLayoutVersion);
  out.U8(static_cast<std::uint8_t>(content.kind));
  out.Text(content.date.ToString());
  out.Text(content.party);
  out.Text(content.description);
  out.Text(content.reference);
  out.Text(content.cash_account);
  out.Text(content.series);
  out.U32(static_cast<std::uint32_t>(content.postings.size()));
  for (const PostingDraft& posting : content.postings) WritePosting(posting, &out);
  std::sort(attachments.begin(), attachments.end());
  out.U32(static_cast<std::uint32_t>(attachments.size()));
  for (const std::string& digest : attachments) out.Raw(digest);
  return log::Sha256(out.Take());
}

}  // namespace lumbung::vouchers
