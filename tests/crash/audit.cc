#include "tests/crash/audit.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace lumbung::crash {
namespace {

class Audit {
 public:
  Audit(const Claims& claims, const std::vector<BookedEntry>& entries)
      : claims_(claims), entries_(entries) {}

  std::vector<std::string> Run() {
    CheckSequences();
    CheckNumbers();
    IndexEntries();
    for (const AcknowledgedCall* call : claims_.acknowledged) CheckAcknowledged(*call);
    for (const Call* call : claims_.in_doubt) CheckInDoubt(*call);
    for (const auto& [description, entry] : by_description_) {
      Report(description, "is in the book, but nobody asked for it");
    }
    return std::move(faults_);
  }

 private:
  void Report(absl::string_view what, absl::string_view is_wrong) {
    faults_.push_back(absl::StrCat(what, " ", is_wrong));
  }

  void CheckSequences() {
    std::int64_t expected = 0;
    for (const BookedEntry& entry : entries_) {
      if (entry.sequence == ++expected) continue;
      Report(absl::StrCat("sequence ", entry.sequence),
             absl::StrCat("stands where ", expected, " belongs"));
      expected = entry.sequence;
    }
  }

  // "JU-2026-000123": the series and the fiscal year, then the number.
  void CheckNumbers() {
    std::map<std::string, int> last;
    for (const BookedEntry& entry : entries_) {
      const std::size_t dash = entry.number.rfind('-');
      int number = 0;
      if (dash == std::string::npos || !absl::SimpleAtoi(entry.number.substr(dash + 1), &number)) {
        Report(entry.number, "is no number");
        continue;
      }
      int& before = last[entry.number.substr(0, dash)];
      if (number != before + 1) {
        Report(entry.number, absl::StrCat("follows number ", before, " of its series"));
      }
      before = number;
    }
  }

  void IndexEntries() {
    for (const BookedEntry& entry : entries_) {
      if (!by_description_.emplace(entry.content.description, &entry).second) {
        Report(entry.content.description, "is in the book twice");
      }
    }
  }

  // Each entry in the book belongs to one call, so it is taken out as it is found.
  const BookedEntry* Take(const Entry& asked) {
    const auto found = by_description_.find(asked.description);
    if (found == by_description_.end()) return nullptr;
    const BookedEntry* const entry = found->second;
    by_description_.erase(found);
    if (entry->content.date != asked.date || entry->content.lines != asked.lines) {
      Report(asked.description, "is in the book otherwise than it was asked for");
    }
    return entry;
  }

  void CheckAcknowledged(const AcknowledgedCall& acknowledged) {
    const std::vector<Entry>& asked = acknowledged.call.entries;
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const BookedEntry* const booked = Take(asked[i]);
      const BookedEntry& answered = acknowledged.entries[i];
      if (booked == nullptr) {
        Report(asked[i].description, "was acknowledged and is lost");
      } else if (booked->sequence != answered.sequence || booked->number != answered.number ||
                 booked->leaf_hash != answered.leaf_hash) {
        Report(asked[i].description,
               absl::StrCat("was acknowledged as ", answered.number, " and is ", booked->number,
                            " now, or has changed"));
      }
      if (answered.sequence != acknowledged.entries[0].sequence + static_cast<std::int64_t>(i) ||
          answered.recorded_at != acknowledged.entries[0].recorded_at) {
        Report(acknowledged.call.request_id, "was not recorded in one go");
      }
    }
  }

  void CheckInDoubt(const Call& call) {
    const auto found = std::count_if(call.entries.begin(), call.entries.end(),
                                     [this](const Entry& asked) { return Take(asked) != nullptr; });
    if (found != 0 && found != static_cast<std::ptrdiff_t>(call.entries.size())) {
      Report(call.request_id, absl::StrCat("is in the book by ", found, " of its ",
                                           call.entries.size(), " entries"));
    }
  }

  const Claims& claims_;
  const std::vector<BookedEntry>& entries_;
  absl::flat_hash_map<absl::string_view, const BookedEntry*> by_description_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> FindFaults(const Claims& claims, const std::vector<BookedEntry>& entries) {
  return Audit(claims, entries).Run();
}

TrialBalance SumOfAcknowledged(const Claims& claims, const std::string& through) {
  TrialBalance sums;
  for (const AcknowledgedCall* acknowledged : claims.acknowledged) {
    for (const Entry& entry : acknowledged->call.entries) {
      if (!through.empty() && entry.date > through) continue;
      for (const Line& line : entry.lines) {
        Turnover& turnover = sums[line.account];
        (line.amount > 0 ? turnover.debit : turnover.credit) += std::abs(line.amount);
      }
    }
  }
  return sums;
}

}  // namespace lumbung::crash
