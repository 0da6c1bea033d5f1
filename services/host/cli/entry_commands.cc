#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/host/cli/amount_syntax.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/entry_view.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

void AddEntryShow(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client, {"show", "Show one entry", "lumbung entry show JU-2026-000123"}, Scope::kBook,
      [typed](Invocation& call) -> absl::Status {
        v1::GetJournalEntryRequest request;
        LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_name(), call.session().EntryName(*typed));
        LUMBUNG_ASSIGN_OR_RETURN(const v1::JournalEntry entry,
                                 call.session().Call(&LedgerApi::GetJournalEntry, request));
        return WriteEntry(call, entry);
      });
  command->add_option("ENTRY", *typed, "Its number, or its resource name")->required();
}

void AddEntryReverse(CLI::App& group, Client& client) {
  const auto typed = std::make_shared<std::string>();
  const auto request = std::make_shared<v1::ReverseJournalEntryRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"reverse", "Post the exact opposite of an entry, once",
       "lumbung entry reverse JU-2026-000123 --description \"Wrong account\""},
      Scope::kBook, [typed, request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_name(), call.session().EntryName(*typed));
        EnsureRequestId(*request);
        const auto reversal =
            call.session().Call(&LedgerApi::ReverseJournalEntry, *request, Retry::kWhenUnavailable);
        if (!reversal.ok()) return WithRequestId(reversal.status(), request->request_id());
        return WriteEntry(call, *reversal);
      });
  command->add_option("ENTRY", *typed, "Its number, or its resource name")->required();
  AddDateOption(command, "--date", *request->mutable_effective_date(),
                "Default: the entry's own date, or the first open day after it");
  command->add_option("--description", *request->mutable_description(), "Why")->type_name("TEXT");
  AddWriteOptions(command, *request);
}

std::vector<Column> EntryColumns(const Invocation& call) {
  return {call.NewColumn("date", Label::kDate),
          call.NewColumn("number", Label::kNumber),
          call.NewColumn("description", Label::kDescription, ColumnKind::kFlexible),
          call.NewColumn("reference", Label::kReference),
          call.NewColumn("kind", Label::kKind),
          call.NewColumn("amount", Label::kAmount, ColumnKind::kAmount),
          call.NewColumn("currency", Label::kCurrency)};
}

std::vector<Cell> EntryCells(const Invocation& call, const v1::JournalEntry& entry) {
  const std::optional<v1::Money> worth = WorthOf(entry);
  return {entry.effective_date(),
          entry.number(),
          entry.description(),
          entry.reference(),
          ShowChoice(call, entry.kind(), kEntryKinds),
          worth ? worth->amount() : "",
          worth ? worth->currency() : std::string(call.Text(Label::kSeveral))};
}

constexpr RecordLayout<v1::JournalEntry> kEntries{EntryColumns, EntryCells};

struct EntryListFlags {
  v1::ListJournalEntriesRequest request;
  std::string account;
  std::vector<std::string> dimensions;
  std::string min_amount;
  std::string max_amount;
  std::optional<v1::EntryKind> kind;
  int limit = 0;
};

absl::Status FillEntryFilter(Invocation& call, const EntryListFlags& flags,
                             v1::ListJournalEntriesRequest& request) {
  const NumberLocale locale = call.output().numbers.locale;
  if (!flags.min_amount.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                             ParseAmount("--min-amount", flags.min_amount, locale));
    request.set_min_amount(amount.ToString());
  }
  if (!flags.max_amount.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                             ParseAmount("--max-amount", flags.max_amount, locale));
    request.set_max_amount(amount.ToString());
  }
  for (const std::string& text : flags.dimensions) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--dimension", text));
    (*request.mutable_dimensions())[pair.first] = pair.second;
  }
  if (flags.kind) request.set_kind(*flags.kind);
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  if (!flags.account.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
    request.set_account(chart.Resolve(flags.account));
  }
  return absl::OkStatus();
}

absl::Status ListEntries(Invocation& call, const EntryListFlags& flags) {
  v1::ListJournalEntriesRequest request = flags.request;
  LUMBUNG_RETURN_IF_ERROR(FillEntryFilter(call, flags, request));
  if (flags.limit == 0) {
    request.set_page_size(1'000);
    return WriteList(call, &LedgerApi::ListJournalEntries, request, "journal_entries",
                     &v1::ListJournalEntriesResponse::journal_entries, kEntries);
  }
  RecordWriter writer(call, "journal_entries", EntryColumns(call));
  for (int left = flags.limit; left > 0;) {
    request.set_page_size(std::min(left, 1'000));
    LUMBUNG_ASSIGN_OR_RETURN(const v1::ListJournalEntriesResponse page,
                             call.session().Call(&LedgerApi::ListJournalEntries, request));
    for (const v1::JournalEntry& entry : page.journal_entries()) {
      writer.Add(entry, EntryCells(call, entry));
    }
    left -= page.journal_entries_size();
    request.set_page_token(page.next_page_token());
    if (request.page_token().empty()) break;
  }
  writer.Finish();
  return absl::OkStatus();
}

void AddEntryList(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<EntryListFlags>();
  CLI::App* const command = AddCommand(
      group, client,
      {"list", "List entries in the order of recording; all filters combine",
       "lumbung entry list --account 5.1 --from 2026-01-01 --to 2026-03-31 --text travel"},
      Scope::kBook, [flags](Invocation& call) { return ListEntries(call, *flags); });
  v1::ListJournalEntriesRequest& request = flags->request;
  command->add_option("--account", flags->account, "With a posting in this account or below it")
      ->type_name("ACCOUNT");
  AddDateOption(command, "--from", *request.mutable_from_date(), "First accounting date");
  AddDateOption(command, "--to", *request.mutable_to_date(), "Last accounting date");
  command->add_option("--fund", *request.mutable_fund(), "With a posting in this fund")
      ->type_name("FUND");
  command
      ->add_option("--dimension", flags->dimensions,
                   "With a posting of this dimension value (repeatable)")
      ->allow_extra_args(false)
      ->type_name("DIMENSION=VALUE");
  command->add_option("--min-amount", flags->min_amount, "With a posting of at least this much")
      ->type_name("AMOUNT");
  command->add_option("--max-amount", flags->max_amount, "With a posting of at most this much")
      ->type_name("AMOUNT");
  command->add_option("--currency", *request.mutable_currency(), "With a posting in this currency")
      ->type_name("CODE");
  command->add_option("--text", *request.mutable_text(), "Found in description, reference or memo")
      ->type_name("TEXT");
  command->add_option("--source", *request.mutable_source(), "Where the entry came from")
      ->type_name("SOURCE");
  AddChoiceOption(command, "--kind", flags->kind, kEntryKinds, "Only this kind");
  command->add_option("--request-id", *request.mutable_request_id(), "Posted under this request id")
      ->type_name("ID");
  command->add_flag_callback(
      "--newest-first", [flags] { flags->request.set_newest_first(true); }, "Newest record first");
  command->add_option("--limit", flags->limit, "At most this many (default: all)")
      ->check(CLI::Range(1, 1'000'000'000))
      ->type_name("N");
}

}  // namespace

void AddEntryCommands(CLI::App& app, Client& client) {
  CLI::App* const group = AddGroup(app, "entry", "Journal entries");
  AddEntryPostCommand(*group, client);
  AddEntryShow(*group, client);
  AddEntryList(*group, client);
  AddEntryReverse(*group, client);
}

}  // namespace lumbung::cli
