// Commands on journal entries.
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/scenarios/commands.h"

namespace lumbung::scenarios {
namespace {

constexpr char kCurrency[] = "IDR";

constexpr Named<v1::EntryKind> kKinds[] = {{"standard", v1::ENTRY_KIND_STANDARD},
                                           {"opening", v1::ENTRY_KIND_OPENING},
                                           {"adjusting", v1::ENTRY_KIND_ADJUSTING},
                                           {"reversal", v1::ENTRY_KIND_REVERSAL},
                                           {"closing", v1::ENTRY_KIND_CLOSING}};

// "8000000" as a credit is "-8000000"; what is no number stays none.
std::string Signed(const std::string& amount, bool is_debit) {
  if (is_debit) return amount;
  return amount[0] == '-' ? amount.substr(1) : absl::StrCat("-", amount);
}

absl::StatusOr<v1::Posting> PostingOf(const Row& row) {
  if (row.Has("debit") == row.Has("credit")) {
    return Unclear(row, "account", "a line with either a debit or a credit");
  }
  const bool is_debit = row.Has("debit");
  v1::Posting posting;
  posting.set_account(row["account"]);
  posting.mutable_amount()->set_amount(Signed(row[is_debit ? "debit" : "credit"], is_debit));
  posting.mutable_amount()->set_currency(row.Has("currency") ? row["currency"] : kCurrency);
  if (row.Has("value")) {
    const std::pair<std::string, std::string> value =
        absl::StrSplit(row["value"], absl::MaxSplits(' ', 1));
    posting.mutable_functional_amount()->set_amount(Signed(value.first, is_debit));
    posting.mutable_functional_amount()->set_currency(value.second.empty() ? kCurrency
                                                                           : value.second);
  }
  posting.set_fund(row["fund"]);
  posting.set_memo(row["memo"]);
  LUMBUNG_ASSIGN_OR_RETURN(const auto dimensions, PairsOf(row, "dimensions"));
  posting.mutable_dimensions()->insert(dimensions.begin(), dimensions.end());
  return posting;
}

// The entry without its postings.
absl::StatusOr<v1::JournalEntry> HeadOf(const Row& words) {
  v1::JournalEntry entry;
  entry.set_effective_date(words["date"]);
  entry.set_description(words["description"]);
  entry.set_series(words["series"]);
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::EntryKind kind,
      ChoiceOf<v1::EntryKind>(words, "kind", kKinds, v1::ENTRY_KIND_UNSPECIFIED));
  entry.set_kind(kind);
  entry.set_reference(words["reference"]);
  entry.set_source(words["source"]);
  LUMBUNG_ASSIGN_OR_RETURN(const auto tags, PairsOf(words, "tag"));
  entry.mutable_tags()->insert(tags.begin(), tags.end());
  return entry;
}

absl::StatusOr<Numbers> PostEntry(Session& session, const Step& step) {
  v1::CreateJournalEntryRequest request;
  request.set_parent(session.BookOf(step.words));
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_journal_entry(), HeadOf(step.words));
  LUMBUNG_ASSIGN_OR_RETURN(const int copies, NumberOf(step.words, "copies", 1));
  for (int i = 0; i < copies; ++i) {
    for (const Row& row : step.table) {
      LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_journal_entry()->add_postings(), PostingOf(row));
    }
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::JournalEntry posted,
      session.Change(&Ledger::CreateJournalEntry, session.WithRequestId(step.words), request));
  return Numbers{posted.number()};
}

// A batch is one table, in which the column `entry` tells its entries apart.
absl::StatusOr<Numbers> PostBatch(Session& session, const Step& step) {
  v1::BatchCreateJournalEntriesRequest request;
  request.set_parent(session.BookOf(step.words));
  LUMBUNG_ASSIGN_OR_RETURN(const int copies, NumberOf(step.words, "copies", 1));
  for (int i = 0; i < copies; ++i) {
    std::string current;
    for (const Row& row : step.table) {
      if (!row.Has("entry")) return Unclear(row, "entry", "which entry of the batch it is");
      if (row["entry"] != current) {
        current = row["entry"];
        LUMBUNG_ASSIGN_OR_RETURN(*request.add_journal_entries(), HeadOf(step.words));
      }
      v1::JournalEntry* entry = request.mutable_journal_entries(request.journal_entries_size() - 1);
      LUMBUNG_ASSIGN_OR_RETURN(*entry->add_postings(), PostingOf(row));
    }
  }
  LUMBUNG_ASSIGN_OR_RETURN(const v1::BatchCreateJournalEntriesResponse posted,
                           session.Change(&Ledger::BatchCreateJournalEntries,
                                          session.WithRequestId(step.words), request));
  Numbers numbers;
  for (const v1::JournalEntry& entry : posted.journal_entries()) numbers.push_back(entry.number());
  return numbers;
}

absl::StatusOr<Numbers> ReverseEntry(Session& session, const Step& step) {
  v1::ReverseJournalEntryRequest request;
  request.set_name(session.PartOf(step.words, "entries", step.words["entry"]));
  request.set_effective_date(step.words["date"]);
  request.set_description(step.words["description"]);
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::JournalEntry posted,
      session.Change(&Ledger::ReverseJournalEntry, session.WithRequestId(step.words), request));
  return Numbers{posted.number()};
}

absl::StatusOr<Numbers> ReadEntry(Session& session, const Step& step) {
  v1::GetJournalEntryRequest request;
  request.set_name(session.PartOf(step.words, "entries", step.words["entry"]));
  LUMBUNG_RETURN_IF_ERROR(session.Ask(&Ledger::GetJournalEntry, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> ListEntries(Session& session, const Step& step) {
  v1::ListJournalEntriesRequest request;
  request.set_parent(session.BookOf(step.words));
  request.set_from_date(step.words["from"]);
  request.set_to_date(step.words["to"]);
  request.set_account(step.words["account"]);
  LUMBUNG_ASSIGN_OR_RETURN(const int page_size, NumberOf(step.words, "page-size", 0));
  request.set_page_size(page_size);
  request.set_page_token(step.words["page-token"]);
  LUMBUNG_RETURN_IF_ERROR(session.Ask(&Ledger::ListJournalEntries, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> ReadBalance(Session& session, const Step& step) {
  v1::GetBalanceRequest request;
  request.set_parent(session.BookOf(step.words));
  request.set_account(step.words["account"]);
  request.set_as_of(step.words["date"]);
  LUMBUNG_RETURN_IF_ERROR(session.Ask(&Ledger::GetBalance, step.words, request).status());
  return Numbers{};
}

constexpr Command kCommands[] = {
    {"post entry", PostEntry}, {"post batch", PostBatch},     {"reverse entry", ReverseEntry},
    {"read entry", ReadEntry}, {"list entries", ListEntries}, {"read balance", ReadBalance},
};

}  // namespace

absl::Span<const Command> EntryCommands() {
  return kCommands;
}

}  // namespace lumbung::scenarios
