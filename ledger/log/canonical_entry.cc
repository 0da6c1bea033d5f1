#include "ledger/log/canonical_entry.h"

#include <openssl/sha.h>

#include "ledger/log/byte_writer.h"

namespace lumbung::log {
namespace {

void WriteDimensions(const BookSnapshot& book, const DimensionSet& set, ByteWriter* out) {
  out->Text(book.FindFund(set.fund)->key);
  out->U16(static_cast<std::uint16_t>(set.members.size()));
  for (const auto& [dimension_id, value_id] : set.members) {
    const Dimension* dimension = book.FindDimension(dimension_id);
    out->Text(dimension->key);
    out->Text(book.FindValue(*dimension, value_id)->key);
  }
}

}  // namespace

std::string Sha256(absl::string_view bytes) {
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string LeafHash(absl::string_view canonical_bytes) {
  std::string bytes(1, '\0');
  bytes.append(canonical_bytes.data(), canonical_bytes.size());
  return Sha256(bytes);
}

std::string SaltedHash(absl::string_view salt, absl::string_view text) {
  if (text.empty()) return std::string(SHA256_DIGEST_LENGTH, '\0');
  std::string bytes(salt.data(), salt.size());
  bytes.append(text.data(), text.size());
  return Sha256(bytes);
}

std::string CanonicalBytes(const BookSnapshot& book, const ValidEntry& entry, EntryId id,
                           std::int64_t number, absl::Time recorded_at, absl::string_view salt) {
  ByteWriter out;
  out.U8(kCanonicalVersion);
  out.Text(book.book().uid);
  out.U64(static_cast<std::uint64_t>(ToInteger(id)));
  out.Text(book.FindSeries(entry.series)->code);
  out.U16(static_cast<std::uint16_t>(entry.fiscal_year));
  out.U64(static_cast<std::uint64_t>(number));
  out.Text(entry.effective_date.ToString());
  out.U64(static_cast<std::uint64_t>(absl::ToUnixMicros(recorded_at)));
  out.U8(static_cast<std::uint8_t>(entry.kind));
  out.U64(entry.reverses.has_value() ? static_cast<std::uint64_t>(ToInteger(*entry.reverses)) : 0);
  out.Text(entry.request_id);
  out.Text(entry.reference);
  out.Text(entry.source);
  out.Raw(SaltedHash(salt, entry.description));
  out.U16(static_cast<std::uint16_t>(entry.tags.size()));
  for (const auto& [key, value] : entry.tags) {
    out.Text(key);
    out.Raw(SaltedHash(salt, value));
  }
  out.U32(static_cast<std::uint32_t>(entry.postings.size()));
  for (const ValidPosting& posting : entry.postings) {
    out.Text(book.FindAccount(posting.account)->key);
    WriteDimensions(book, posting.dimensions, &out);
    out.Text(book.FindCurrency(posting.currency)->code);
    out.Amount(posting.amount);
    out.Text(book.FindCurrency(posting.functional_currency)->code);
    out.Amount(posting.functional_amount);
    out.Raw(SaltedHash(salt, posting.memo));
  }
  return out.Take();
}

std::string DraftHash(const EntryDraft& draft, std::size_t batch_size) {
  ByteWriter out;
  out.U8(kCanonicalVersion);
  out.Text(draft.effective_date.ToString());
  out.U8(static_cast<std::uint8_t>(draft.kind));
  out.Text(draft.series);
  out.Text(draft.description);
  out.Text(draft.reference);
  out.Text(draft.source);
  out.U64(draft.reverses.has_value() ? static_cast<std::uint64_t>(ToInteger(*draft.reverses)) : 0);
  out.U32(static_cast<std::uint32_t>(draft.tags.size()));
  for (const auto& [key, value] : draft.tags) {
    out.Text(key);
    out.Text(value);
  }
  out.U32(static_cast<std::uint32_t>(draft.postings.size()));
  for (const PostingDraft& posting : draft.postings) {
    out.Text(posting.account);
    // 1.5 and 1.50 are the same amount, so they are the same request.
    out.Amount(posting.amount.Trimmed());
    out.Text(posting.currency);
    out.U8(posting.functional.has_value() ? 1 : 0);
    if (posting.functional.has_value()) {
      out.Amount(posting.functional->amount.Trimmed());
      out.Text(posting.functional->currency);
    }
    out.Text(posting.fund);
    out.U32(static_cast<std::uint32_t>(posting.dimensions.size()));
    for (const auto& [dimension, value] : posting.dimensions) {
      out.Text(dimension);
      out.Text(value);
    }
    out.Text(posting.memo);
  }
  // The beginning of a batch is not the batch.
  if (batch_size > 1) out.U32(static_cast<std::uint32_t>(batch_size));
  return Sha256(out.Take());
}

}  // namespace lumbung::log
