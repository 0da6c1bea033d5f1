#include "services/ledger/transfer/entry_identity.h"

#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ledger/log/byte_writer.h"
#include "ledger/log/canonical_entry.h"

namespace lumbung::transfer {
namespace {

using import::ParsedAmount;
using import::ParsedPosting;
using import::ParsedTransaction;

// Changing this encoding makes every file new to the books that have it.
constexpr std::uint8_t kIdentityVersion = 1;

void WriteAmount(const ParsedAmount& amount, log::ByteWriter* out) {
  out->Amount(amount.quantity.Trimmed());
  out->Text(amount.commodity);
}

void WriteTags(const std::vector<std::pair<std::string, std::string>>& tags, log::ByteWriter* out) {
  out->U32(static_cast<std::uint32_t>(tags.size()));
  for (const auto& [key, value] : tags) {
    out->Text(key);
    out->Text(value);
  }
}

std::string ContentHash(const ParsedTransaction& transaction) {
  log::ByteWriter out;
  out.U8(kIdentityVersion);
  out.U32(static_cast<std::uint32_t>(transaction.date.days()));
  out.Text(transaction.code);
  out.Text(transaction.payee);
  out.Text(transaction.description);
  out.Text(transaction.comment);
  out.U8(static_cast<std::uint8_t>(transaction.status));
  WriteTags(transaction.tags, &out);
  out.U32(static_cast<std::uint32_t>(transaction.postings.size()));
  for (const ParsedPosting& posting : transaction.postings) {
    out.Text(posting.account);
    WriteAmount(posting.amount, &out);
    WriteAmount(posting.weight, &out);
    out.U8(static_cast<std::uint8_t>(posting.status));
    out.Text(posting.comment);
    WriteTags(posting.tags, &out);
  }
  return log::Sha256(out.Take());
}

}  // namespace

std::string EntryIdentities::NextRequestId(const ParsedTransaction& transaction) {
  std::string hash = ContentHash(transaction);
  running_hash_ = log::Sha256(running_hash_ + hash);
  std::uint64_t prefix = 0;
  std::memcpy(&prefix, hash.data(), sizeof(prefix));
  const std::uint32_t occurrence = occurrences_[prefix]++;
  log::ByteWriter out;
  out.Raw(hash);
  out.U32(occurrence);
  return absl::StrCat("imp-", absl::BytesToHexString(log::Sha256(out.Take())));
}

std::string EntryIdentities::Digest() const {
  return absl::BytesToHexString(running_hash_.empty() ? log::Sha256("") : running_hash_);
}

}  // namespace lumbung::transfer
