#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/host/cli/commands.h"
#include "services/host/cli/entry_view.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/posting_flags.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

constexpr std::size_t kMaxEntryFileBytes = 16 << 20;

// Reversals and closing entries are made by the commands of those names.
constexpr Choice<v1::EntryKind> kPostableKinds[] = {kEntryKinds[0], kEntryKinds[1], kEntryKinds[2]};

struct PostFlags {
  v1::JournalEntry heading;
  std::optional<v1::EntryKind> kind;
  PostingFlags postings;
  std::vector<std::string> tags;
  std::string file;
};

// Reads all flags before it asks the server anything.
absl::StatusOr<v1::JournalEntry> EntryFromFlags(Invocation& call, const PostFlags& flags) {
  if (flags.heading.effective_date().empty()) return UsageError("--date", "an entry needs a date");
  if (flags.postings.debits.empty()) return UsageError("--debit", "an entry needs a debit");
  if (flags.postings.credits.empty()) return UsageError("--credit", "an entry needs a credit");
  v1::JournalEntry entry = flags.heading;
  if (flags.kind) entry.set_kind(*flags.kind);
  for (const std::string& text : flags.tags) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--tag", text));
    (*entry.mutable_tags())[pair.first] = pair.second;
  }
  LUMBUNG_ASSIGN_OR_RETURN(std::vector<v1::Posting> postings, ReadPostings(call, flags.postings));
  LUMBUNG_RETURN_IF_ERROR(ResolvePostings(call, &postings));
  for (v1::Posting& posting : postings) *entry.add_postings() = std::move(posting);
  return entry;
}

absl::StatusOr<std::string> ReadEntryFile(Invocation& call, const std::string& path) {
  std::ifstream file;
  if (path != "-") {
    file.open(path, std::ios::binary);
    if (!file) return UsageError("--file", absl::StrCat("cannot read ", path));
  }
  std::istream& in = path == "-" ? call.console().in : file;
  std::string json(kMaxEntryFileBytes + 1, '\0');
  in.read(json.data(), static_cast<std::streamsize>(json.size()));
  json.resize(static_cast<std::size_t>(in.gcount()));
  if (json.size() > kMaxEntryFileBytes) {
    return UsageError("--file",
                      absl::StrCat(path, " is larger than ", kMaxEntryFileBytes, " bytes"));
  }
  return json;
}

// {"journal_entries": [...]}, as `entry list --output json` writes it, or one entry.
absl::StatusOr<v1::BatchCreateJournalEntriesRequest> EntriesFromFile(Invocation& call,
                                                                     const std::string& path) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string json, ReadEntryFile(call, path));
  v1::BatchCreateJournalEntriesRequest batch;
  const absl::Status as_batch = FromJson(json, &batch);
  if (as_batch.ok() && batch.journal_entries_size() > 0) return batch;
  batch.Clear();
  if (const absl::Status status = FromJson(json, batch.add_journal_entries()); !status.ok()) {
    const bool meant_batch = absl::StrContains(json, "\"journal_entries\"");
    return UsageError("--file", meant_batch ? as_batch : status);
  }
  return batch;
}

// Sends one entry, again and again while there is no answer: the request id makes that safe.
absl::Status PostOne(Invocation& call, const v1::CreateJournalEntryRequest& request) {
  const auto posted =
      call.session().Call(&LedgerApi::CreateJournalEntry, request, Retry::kWhenUnavailable);
  if (!posted.ok()) return WithRequestId(posted.status(), request.request_id());
  return WriteEntry(call, *posted);
}

absl::Status PostBatch(Invocation& call, v1::BatchCreateJournalEntriesRequest& batch,
                       const v1::CreateJournalEntryRequest& settings) {
  batch.set_parent(settings.parent());
  batch.set_request_id(settings.request_id());
  batch.set_validate_only(settings.validate_only());
  const auto posted =
      call.session().Call(&LedgerApi::BatchCreateJournalEntries, batch, Retry::kWhenUnavailable);
  if (!posted.ok()) return WithRequestId(posted.status(), batch.request_id());
  if (call.json()) {
    call.console().out << ToIndentedJson(*posted);
    return absl::OkStatus();
  }
  for (const v1::JournalEntry& entry : posted->journal_entries()) {
    LUMBUNG_RETURN_IF_ERROR(WriteEntry(call, entry));
    if (call.table()) call.WriteLine();
  }
  return absl::OkStatus();
}

absl::Status Post(Invocation& call, const PostFlags& flags,
                  v1::CreateJournalEntryRequest& request) {
  if (!flags.file.empty() && !flags.postings.empty()) {
    return UsageError("--file",
                      "an entry comes from a file or from --debit and --credit, not both");
  }
  v1::BatchCreateJournalEntriesRequest batch;
  if (flags.file.empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(*batch.add_journal_entries(), EntryFromFlags(call, flags));
  } else {
    LUMBUNG_ASSIGN_OR_RETURN(batch, EntriesFromFile(call, flags.file));
  }
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
  if (request.request_id().empty()) {
    EnsureRequestId(request);
    call.WriteNote(absl::Substitute(call.Text(Label::kRequestIdIs), request.request_id()));
  }
  if (batch.journal_entries_size() == 1) {
    *request.mutable_journal_entry() = std::move(*batch.mutable_journal_entries(0));
    return PostOne(call, request);
  }
  return PostBatch(call, batch, request);
}

}  // namespace

void AddEntryPostCommand(CLI::App& group, Client& client) {
  const auto flags = std::make_shared<PostFlags>();
  const auto request = std::make_shared<v1::CreateJournalEntryRequest>();
  CLI::App* const command = AddCommand(
      group, client,
      {"post", "Post a journal entry",
       "lumbung entry post --date 2026-01-05 --description \"Salaries\" \\\n"
       "      --debit \"5.1.01=1.250.000;grant=G1\" --credit 1.1.11=1250000 --fund usaid\n"
       "  lumbung entry post --file entry.json"},
      Scope::kBook, [flags, request](Invocation& call) { return Post(call, *flags, *request); });
  v1::JournalEntry& heading = flags->heading;
  AddDateOption(command, "--date", *heading.mutable_effective_date(), "Accounting date");
  command->add_option("--description", *heading.mutable_description(), "What happened")
      ->type_name("TEXT");
  command
      ->add_option("--reference", *heading.mutable_reference(), "Voucher, cheque, invoice number")
      ->type_name("TEXT");
  command->add_option("--series", *heading.mutable_series(), "Number series (default: JU)")
      ->type_name("CODE");
  AddChoiceOption(command, "--kind", flags->kind, kPostableKinds, "Default: standard");
  AddPostingOptions(command, &flags->postings);
  command->add_option("--tag", flags->tags, "A free label (repeatable)")
      ->allow_extra_args(false)
      ->type_name("NAME=VALUE");
  command
      ->add_option(
          "--file", flags->file,
          "A JSON file with one entry or {\"journal_entries\": [...]}, all or nothing; - is "
          "standard input")
      ->type_name("FILE");
  AddWriteOptions(command, *request);
}

}  // namespace lumbung::cli
