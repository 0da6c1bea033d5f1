#include "services/host/cli/entry_view.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/host/cli/debit_credit.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

const v1::Money& WeightOf(const v1::Posting& posting) {
  return posting.has_functional_amount() ? posting.functional_amount() : posting.amount();
}

template <typename Predicate>
bool AnyPosting(const v1::JournalEntry& entry, Predicate predicate) {
  return std::any_of(entry.postings().begin(), entry.postings().end(), predicate);
}

void WriteHeading(Invocation& call, const v1::JournalEntry& entry) {
  std::vector<Field> fields = {
      {std::string(call.Text(Label::kNumber)), entry.number()},
      {std::string(call.Text(Label::kDate)), entry.effective_date()},
      {std::string(call.Text(Label::kDescription)), entry.description()},
      {std::string(call.Text(Label::kReference)), entry.reference()},
      {std::string(call.Text(Label::kKind)), ShowChoice(call, entry.kind(), kEntryKinds)},
      {std::string(call.Text(Label::kRecorded)), ShowInstant(call, entry.record_time())},
      {std::string(call.Text(Label::kSource)), entry.source()},
      {std::string(call.Text(Label::kTags)), ShowPairs(entry.tags())},
      {std::string(call.Text(Label::kReverses)), entry.reverses()},
      {std::string(call.Text(Label::kReversedBy)), entry.reversed_by()},
      {std::string(call.Text(Label::kResourceName)), entry.name()},
      {std::string(call.Text(Label::kLeafHash)), absl::BytesToHexString(entry.leaf_hash())},
  };
  call.WriteFields(fields);
}

// Which columns the postings of an entry need beside account, debit and credit.
struct PostingColumns {
  bool currency = false;
  bool value = false;
  bool fund = false;
  bool dimensions = false;
  bool memo = false;
};

PostingColumns ColumnsFor(const v1::JournalEntry& entry) {
  PostingColumns columns;
  columns.value = AnyPosting(entry, [](const v1::Posting& p) {
    return p.has_functional_amount() && p.functional_amount().currency() != p.amount().currency();
  });
  columns.currency = columns.value || AnyPosting(entry, [&entry](const v1::Posting& p) {
                       return p.amount().currency() != entry.postings(0).amount().currency();
                     });
  columns.fund = AnyPosting(entry, [](const v1::Posting& p) { return !p.fund().empty(); });
  columns.dimensions =
      AnyPosting(entry, [](const v1::Posting& p) { return p.dimensions_size() > 0; });
  columns.memo = AnyPosting(entry, [](const v1::Posting& p) { return !p.memo().empty(); });
  return columns;
}

}  // namespace

std::optional<v1::Money> WorthOf(const v1::JournalEntry& entry) {
  if (entry.postings().empty()) return std::nullopt;
  v1::Money worth;
  worth.set_currency(WeightOf(entry.postings(0)).currency());
  DebitCreditTotal total;
  for (const v1::Posting& posting : entry.postings()) {
    const v1::Money& weight = WeightOf(posting);
    if (weight.currency() != worth.currency()) return std::nullopt;
    if (!total.Add(weight.amount()).ok()) return std::nullopt;
  }
  worth.set_amount(total.debit().ToString());
  return worth;
}

absl::Status WriteEntry(Invocation& call, const v1::JournalEntry& entry) {
  if (call.json()) {
    call.console().out << ToIndentedJson(entry);
    return absl::OkStatus();
  }
  if (call.csv()) {
    TableWriter table(call.console().out, call.NewTableStyle(), EntryCsvColumns());
    for (const v1::Posting& posting : entry.postings()) {
      table.Add(EntryCsvCells(call, entry, posting));
    }
    table.Finish();
    return absl::OkStatus();
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  WriteHeading(call, entry);
  call.WriteLine();
  WritePostings(call, chart, entry);
  return absl::OkStatus();
}

void WritePostings(Invocation& call, const Chart& chart, const v1::JournalEntry& entry) {
  const PostingColumns shown = ColumnsFor(entry);
  std::vector<Column> columns = {call.NewColumn("", Label::kAccount, ColumnKind::kFlexible),
                                 call.NewColumn("", Label::kDebit, ColumnKind::kAmount),
                                 call.NewColumn("", Label::kCredit, ColumnKind::kAmount)};
  if (shown.currency) columns.push_back(call.NewColumn("", Label::kCurrency));
  if (shown.value) {
    columns.push_back(call.NewColumn("", Label::kFunctionalAmount, ColumnKind::kAmount));
  }
  if (shown.fund) columns.push_back(call.NewColumn("", Label::kFund));
  if (shown.dimensions) {
    columns.push_back(call.NewColumn("", Label::kDimensions, ColumnKind::kFlexible));
  }
  if (shown.memo) columns.push_back(call.NewColumn("", Label::kMemo, ColumnKind::kFlexible));

  TableWriter table(call.console().out, call.NewTableStyle(), std::move(columns));
  for (const v1::Posting& posting : entry.postings()) {
    const DebitCredit sides = SplitBySign(posting.amount().amount());
    std::vector<Cell> cells = {Cell(chart.CodeAndName(posting.account(), call.output().language),
                                    sides.credit.empty() ? 0 : 2),
                               sides.debit, sides.credit};
    if (shown.currency) cells.emplace_back(posting.amount().currency());
    if (shown.value) cells.emplace_back(WeightOf(posting).amount());
    if (shown.fund) cells.emplace_back(posting.fund());
    if (shown.dimensions) cells.emplace_back(ShowPairs(posting.dimensions()));
    if (shown.memo) cells.emplace_back(posting.memo());
    table.Add(std::move(cells));
  }
  table.Finish();
}

std::vector<Column> EntryCsvColumns() {
  std::vector<Column> columns;
  for (const char* const key : {"sequence", "number", "date", "description", "reference", "kind",
                                "source", "account", "amount", "currency", "functional_amount",
                                "functional_currency", "fund", "dimensions", "memo", "entry"}) {
    columns.push_back({key, ""});
  }
  return columns;
}

std::vector<Cell> EntryCsvCells(const Invocation& call, const v1::JournalEntry& entry,
                                const v1::Posting& posting) {
  return {absl::StrCat(entry.sequence()),
          entry.number(),
          entry.effective_date(),
          entry.description(),
          entry.reference(),
          ShowChoice(call, entry.kind(), kEntryKinds),
          entry.source(),
          posting.account(),
          posting.amount().amount(),
          posting.amount().currency(),
          posting.functional_amount().amount(),
          posting.functional_amount().currency(),
          posting.fund(),
          ShowPairs(posting.dimensions()),
          posting.memo(),
          entry.name()};
}

}  // namespace lumbung::cli
