#include "tests/reports/audit_tests/audited_entries.h"

#include <cstdlib>
#include <map>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tests/reports/model/small_books.h"

namespace lumbung::testing {

AuditedJournal::AuditedJournal() : book_(SmallBook()) {}

const PostedEntry& AuditedJournal::Add(const AuditedSketch& sketch) {
  Kept kept{{}, sketch.entered_by, sketch.approved_by};
  PostedEntry& entry = kept.entry;
  entry.id = EntryId{static_cast<std::int64_t>(entries_.size()) + 1};
  entry.number = ToInteger(entry.id);
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, sketch.recorded, &entry.recorded_at, &error)) {
    std::abort();
  }
  entry.content.effective_date = *Date::Parse(sketch.date);
  entry.content.fiscal_year = entry.content.effective_date.year();
  entry.content.kind = sketch.kind;
  entry.content.series = SeriesId{1};
  entry.content.description = absl::StrCat("entry ", entry.number);
  for (const AuditedLine& line : sketch.lines) {
    ValidPosting posting;
    posting.account = book_->FindAccount(line.account)->id;
    posting.dimensions.fund = FundId{1};
    posting.currency = CurrencyId{1};
    posting.amount = *Decimal::Parse(line.amount)->WithScale(2);
    posting.functional_currency = CurrencyId{1};
    posting.functional_amount = posting.amount;
    entry.content.postings.push_back(std::move(posting));
  }
  if (sketch.reversed_by != 0) entry.reversed_by = EntryId{sketch.reversed_by};
  entries_.push_back(std::move(kept));
  return entries_.back().entry;
}

reports::AuditSource AuditedJournal::Source() const {
  reports::AuditSource source;
  source.book = book_;
  source.period = {*Date::Parse("2026-01-01"), *Date::Parse("2026-12-31")};
  std::map<AccountId, reports::TrialBalanceLine> lines;
  for (const Kept& kept : entries_) {
    for (const ValidPosting& posting : kept.entry.content.postings) {
      reports::TrialBalanceLine& line = lines[posting.account];
      line.account = posting.account;
      line.fund = FundId{1};
      Decimal& side = posting.functional_amount.IsNegative() ? line.credit : line.debit;
      side = *lumbung::Add(side, posting.functional_amount.Abs());
      line.closing = *Subtract(line.debit, line.credit);
    }
  }
  for (const auto& [account, line] : lines) source.trial_balance.push_back(line);
  const auto count = static_cast<std::int64_t>(entries_.size());
  source.number_runs = {{false, "JU", "2026", 1, count, count, count}};
  source.visit_entries = [this](const reports::EntryVisitor& visit) {
    for (const Kept& kept : entries_) {
      const absl::Status status = visit({&kept.entry, kept.entered_by, kept.approved_by});
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  };
  return source;
}

const RecordingWriter::Document& RecordingWriter::Named(const std::string& name) const {
  for (const Document& document : documents) {
    if (document.head.name == name) return document;
  }
  std::abort();
}

std::string TextOf(const reports::DocumentRow& row) {
  return absl::StrJoin(row.cells, " | ", [](std::string* out, const reports::DocumentCell& cell) {
    if (const auto* const text = std::get_if<std::string>(&cell)) absl::StrAppend(out, *text);
    if (const auto* const date = std::get_if<Date>(&cell)) {
      absl::StrAppend(out, date->ToString());
    }
    if (const auto* const amount = std::get_if<Decimal>(&cell)) {
      absl::StrAppend(out, amount->ToString());
    }
  });
}

}  // namespace lumbung::testing
