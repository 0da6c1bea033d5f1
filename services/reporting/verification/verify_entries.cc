#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/log/canonical_entry.h"
#include "ledger/store/book_store.h"
#include "ledger/store/entry_reader.h"
#include "ledger/store/number_runs.h"
#include "ledger/store/verification.h"
#include "services/reporting/verification/verify_parts.h"

namespace lumbung::reporting {
namespace {

constexpr int kEntriesAtOnce = 500;

class EntryVerification {
 public:
  explicit EntryVerification(const BookSnapshot& book) : book_(book) {}

  absl::Status Read(store::TransactionScope& scope);
  absl::Status Tell(const PromiseVisitor& visit) const;

 private:
  std::string PlaceOf(std::int64_t sequence) const {
    return absl::StrCat("books/", book_.book().slug, "/entries/", sequence);
  }
  void CheckBytes(const store::EntryProof& proof, const PostedEntry& entry);
  absl::Status CheckBalance(const PostedEntry& entry);

  const BookSnapshot& book_;
  std::int64_t last_ = 0;
  CheckedPromise bytes_{"entry-bytes",
                        {"Setiap jurnal masih seperti saat dibukukan: isi, bita kanonik, dan hash",
                         "Every entry is what was posted: content, canonical bytes and hash"}};
  CheckedPromise order_{"entry-order",
                        {"Urutan jurnal dan nomor setiap seri tanpa celah dan tanpa kembar",
                         "Sequence of entries and numbers of every series have no gap or repeat"}};
  CheckedPromise balance_{"entry-balance",
                          {"Setiap jurnal seimbang, seluruhnya dan per dana",
                           "Every entry balances, in total and by fund"}};
};

void EntryVerification::CheckBytes(const store::EntryProof& proof, const PostedEntry& entry) {
  const std::string place = PlaceOf(ToInteger(proof.entry));
  ++bytes_.checked;
  if (log::LeafHash(proof.canonical) != proof.leaf_hash) {
    bytes_.Find(place, {"bita kanoniknya tidak sesuai dengan hash-nya",
                        "its canonical bytes do not have its hash"});
    return;
  }
  const std::string again = log::CanonicalBytes(book_, entry.content, entry.id, entry.number,
                                                entry.recorded_at, proof.salt);
  if (again == proof.canonical) return;
  bytes_.Find(place,
              {"isinya bukan lagi yang dibukukan", "its content is no longer what was posted"});
}

absl::Status EntryVerification::CheckBalance(const PostedEntry& entry) {
  ++balance_.checked;
  std::map<std::pair<CurrencyId, FundId>, Decimal> sums;
  for (const ValidPosting& posting : entry.content.postings) {
    Decimal& sum = sums[{posting.functional_currency, posting.dimensions.fund}];
    LUMBUNG_ASSIGN_OR_RETURN(sum, Add(sum, posting.functional_amount));
  }
  for (const auto& [where, sum] : sums) {
    if (sum.IsZero()) continue;
    const std::string fund = book_.FindFund(where.second)->key;
    balance_.Find(PlaceOf(ToInteger(entry.id)),
                  {absl::StrCat("dana ", fund, " tidak seimbang: ", sum.ToString()),
                   absl::StrCat("fund ", fund, " does not balance: ", sum.ToString())});
  }
  return absl::OkStatus();
}

absl::Status EntryVerification::Read(store::TransactionScope& scope) {
  const BookKey key = book_.book().key;
  while (true) {
    const std::vector<store::EntryProof> proofs =
        store::ReadEntryProofs(scope, key, EntryId{last_}, kEntriesAtOnce);
    if (proofs.empty()) break;
    std::vector<EntryId> ids;
    for (const store::EntryProof& proof : proofs) {
      ids.push_back(proof.entry);
      const std::int64_t sequence = ToInteger(proof.entry);
      ++order_.checked;
      if (sequence != last_ + 1) {
        order_.Find(PlaceOf(last_ + 1), {"jurnal ini hilang", "this entry is missing"});
      }
      last_ = sequence;
    }
    LUMBUNG_ASSIGN_OR_RETURN(const std::vector<PostedEntry> entries,
                             store::ReadEntriesIn(scope, key, ids));
    for (std::size_t i = 0; i < proofs.size(); ++i) {
      CheckBytes(proofs[i], entries[i]);
      LUMBUNG_RETURN_IF_ERROR(CheckBalance(entries[i]));
    }
  }
  LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord record,
                           store::GetBook(scope, book_.book().slug));
  if (record.last_entry_id != last_) {
    order_.Find(PlaceOf(record.last_entry_id),
                {"jurnal terakhir hilang", "the last entry is missing"});
  }
  for (const store::NumberRun& run : store::ReadNumberRuns(scope, key)) {
    if (run.first == 1 && run.last == run.count && run.distinct == run.count) continue;
    const std::string series =
        absl::StrCat(book_.FindSeries(run.series)->code, "-", run.fiscal_year);
    order_.Find(absl::StrCat("books/", book_.book().slug, "/series/", series),
                {absl::StrCat(run.count, " nomor dari ", run.first, " sampai ", run.last),
                 absl::StrCat(run.count, " numbers from ", run.first, " to ", run.last)});
  }
  return absl::OkStatus();
}

absl::Status EntryVerification::Tell(const PromiseVisitor& visit) const {
  for (const CheckedPromise* promise : {&bytes_, &order_, &balance_}) {
    LUMBUNG_RETURN_IF_ERROR(visit(*promise));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifyEntries(store::TransactionScope& scope, const BookSnapshot& book,
                           const PromiseVisitor& visit) {
  EntryVerification verification(book);
  LUMBUNG_RETURN_IF_ERROR(verification.Read(scope));
  return verification.Tell(visit);
}

}  // namespace lumbung::reporting
