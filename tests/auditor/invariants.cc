#include "tests/auditor/invariants.h"

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tests/auditor/plain_values.h"

namespace lumbung::auditor {
namespace {

std::pair<std::int64_t, std::int32_t> MomentOf(const google::protobuf::Timestamp& time) {
  return {time.seconds(), time.nanos()};
}

ExactNumber ValueOf(const v1::Money& money) {
  return ReadAmount(money.amount())->value();
}

bool IsBalanced(const v1::JournalEntry& entry) {
  std::map<std::pair<std::string, std::string>, ExactNumber> sums;
  for (const v1::Posting& posting : entry.postings()) {
    sums[{posting.fund(), posting.functional_amount().currency()}] +=
        ValueOf(posting.functional_amount());
  }
  for (const auto& [key, sum] : sums) {
    if (sum != 0) return false;
  }
  return entry.postings_size() >= 2;
}

bool Mirrors(const v1::Posting& a, const v1::Posting& b) {
  return a.account() == b.account() && a.fund() == b.fund() && a.memo() == b.memo() &&
         a.amount().currency() == b.amount().currency() &&
         a.functional_amount().currency() == b.functional_amount().currency() &&
         std::map(a.dimensions().begin(), a.dimensions().end()) ==
             std::map(b.dimensions().begin(), b.dimensions().end()) &&
         ValueOf(a.amount()) == -ValueOf(b.amount()) &&
         ValueOf(a.functional_amount()) == -ValueOf(b.functional_amount());
}

// Whether the two name each other and cancel out.
bool IsReversalOf(const v1::JournalEntry& reversal, const v1::JournalEntry& original) {
  if (reversal.kind() != v1::ENTRY_KIND_REVERSAL || original.reversed_by() != reversal.name() ||
      reversal.postings_size() != original.postings_size() ||
      original.kind() == v1::ENTRY_KIND_REVERSAL) {
    return false;
  }
  for (int i = 0; i < original.postings_size(); ++i) {
    if (!Mirrors(reversal.postings(i), original.postings(i))) return false;
  }
  return true;
}

// Walks through the entries and remembers what the next one must fit to.
class Walk {
 public:
  explicit Walk(const google::protobuf::RepeatedPtrField<v1::JournalEntry>& entries)
      : entries_(entries) {}

  std::string Fault(const v1::JournalEntry& entry) {
    if (entry.sequence() != ++last_sequence_) return "INV-015: a gap in the sequences";
    // "JU-2026-000001": all but the digits at the end tells series and fiscal year.
    const std::string series = entry.number().substr(0, entry.number().rfind('-') + 1);
    if (entry.number() != absl::StrFormat("%s%06d", series, ++last_numbers_[series])) {
      return "INV-015: a gap in the numbers";
    }
    if (!IsBalanced(entry)) return "INV-005: the entry does not balance";
    if (MomentOf(entry.record_time()) < last_moment_) return "INV-017: time runs backwards";
    last_moment_ = MomentOf(entry.record_time());
    if (!hashes_.insert(entry.leaf_hash()).second) return "INV-021: two entries share a hash";
    return FaultOfReversal(entry);
  }

 private:
  std::string FaultOfReversal(const v1::JournalEntry& entry) {
    if ((entry.kind() == v1::ENTRY_KIND_REVERSAL) == entry.reverses().empty()) {
      return "INV-011: a reversal of nothing, or another kind of entry that reverses";
    }
    if (entry.reverses().empty()) return "";
    if (!reversed_.insert(entry.reverses()).second) return "INV-011: reversed twice";
    for (const v1::JournalEntry& original : entries_) {
      if (original.name() == entry.reverses() && IsReversalOf(entry, original)) return "";
    }
    return "INV-011: not the mirror of what it reverses";
  }

  const google::protobuf::RepeatedPtrField<v1::JournalEntry>& entries_;
  std::int64_t last_sequence_ = 0;
  std::map<std::string, int> last_numbers_;
  std::pair<std::int64_t, std::int32_t> last_moment_;
  std::set<std::string> hashes_;
  std::set<std::string> reversed_;
};

}  // namespace

std::string FindBrokenInvariant(const google::protobuf::RepeatedPtrField<v1::JournalEntry>& entries,
                                const google::protobuf::RepeatedPtrField<v1::Period>& periods) {
  Walk walk(entries);
  for (const v1::JournalEntry& entry : entries) {
    const std::string fault = walk.Fault(entry);
    if (!fault.empty()) return absl::StrCat(entry.name(), ": ", fault);
  }
  for (const v1::Period& period : periods) {
    if (period.trial_balance_hash().empty()) continue;
    for (const v1::JournalEntry& entry : entries) {
      if (entry.effective_date() <= period.end_date() &&
          MomentOf(entry.record_time()) > MomentOf(period.close_time())) {
        return absl::StrCat(entry.name(), ": INV-012: recorded in ", period.name(),
                            " after its close");
      }
    }
  }
  return "";
}

}  // namespace lumbung::auditor
