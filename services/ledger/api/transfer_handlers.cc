#include "services/ledger/api/transfer_handlers.h"

#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/status.h"
#include "ledger/store/csv_mapping_store.h"
#include "ledger/store/transaction.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/ledger/api/transfer_conversion.h"
#include "services/ledger/transfer/export_journal.h"

namespace lumbung::ledger::api {
namespace {

constexpr std::size_t kMaxChunkBytes = 64 << 10;
// Mappings of one book that a list shows.
constexpr int kMaxMappings = 1'000;
// How long a watcher waits before it looks whether its client is still there.
constexpr absl::Duration kWatchInterval = absl::Seconds(1);

// Exports that run at the same time: each holds a database connection for as long as its client
// takes to read.
constexpr int kMaxExports = 3;

// A place among the running exports, if there is one.
class ExportTurn {
 public:
  explicit ExportTurn(std::atomic<int>* running)
      : running_(running), taken_(running->fetch_add(1) < kMaxExports) {}
  ExportTurn(const ExportTurn&) = delete;
  ExportTurn& operator=(const ExportTurn&) = delete;
  ~ExportTurn() { running_->fetch_sub(1); }
  bool taken() const { return taken_; }

 private:
  std::atomic<int>* const running_;
  const bool taken_;
};

absl::StatusOr<std::optional<Date>> DateOrNothing(const std::string& text,
                                                  absl::string_view field) {
  if (text.empty()) return std::optional<Date>();
  const absl::StatusOr<Date> date = Date::Parse(text);
  if (!date.ok()) return InvalidArgument("INVALID_DATE", field, date.status().message());
  return std::optional<Date>(*date);
}

absl::Status ClientGone() {
  return Refusal(absl::StatusCode::kCancelled, "CANCELLED", "", "the client has gone");
}

}  // namespace

absl::StatusOr<v1::UploadFilesResponse> TransferHandlers::UploadFiles(
    CallScope& call, StreamReader<v1::UploadFilesRequest>& reader) {
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, parts_.directory->Organization(call));
  LUMBUNG_ASSIGN_OR_RETURN(const auto receiver, parts_.uploads->Receive(organization));
  v1::UploadFilesRequest chunk;
  while (reader.Read(&chunk)) {
    if (chunk.data().size() > kMaxChunkBytes) {
      return Refusal(absl::StatusCode::kResourceExhausted, "UPLOAD_TOO_LARGE", "data",
                     absl::StrCat("found a chunk of ", chunk.data().size(), " bytes; at most ",
                                  kMaxChunkBytes, " are allowed"));
    }
    if (!chunk.file_name().empty()) {
      LUMBUNG_RETURN_IF_ERROR(receiver->StartFile(chunk.file_name()));
    }
    LUMBUNG_RETURN_IF_ERROR(receiver->Append(chunk.data()));
  }
  // The stream also ends when the client breaks off; what it sent is then not an upload.
  if (call.cancelled()) return ClientGone();
  v1::UploadFilesResponse response;
  LUMBUNG_ASSIGN_OR_RETURN(*response.mutable_upload_id(), receiver->Finish());
  response.set_byte_count(receiver->byte_count());
  return response;
}

absl::StatusOr<import::CsvMapping> TransferHandlers::FindMapping(const CallScope& call,
                                                                 BookKey book,
                                                                 const std::string& id) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const store::StoredCsvMapping stored,
      store::InTransaction(
          *parts_.pool, {book.organization, store::Access::kReadOnly, call.deadline},
          [&](store::TransactionScope& scope) { return store::FindCsvMapping(scope, book, id); }));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::CsvMapping mapping,
                           CsvMappingFromJson(stored.key, stored.definition));
  return CsvMappingFromProto(mapping);
}

absl::StatusOr<transfer::ImportOptions> TransferHandlers::OptionsOf(
    const CallScope& call, BookKey book, const v1::ImportJournalRequest& request) {
  transfer::ImportOptions options;
  LUMBUNG_ASSIGN_OR_RETURN(options.format, FormatFromProto(request.format()));
  if (!request.csv_mapping().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(options.csv_mapping, FindMapping(call, book, request.csv_mapping()));
  }
  options.currency_names.insert(request.currency_names().begin(), request.currency_names().end());
  options.residue_account = request.residue_account();
  options.dry_run = request.dry_run();
  options.allow_unsupported = request.allow_unsupported();
  options.existing_only = request.existing_only();
  options.permissions.adjuster = call.access.adjuster;
  options.now = parts_.now;
  options.random_bytes = parts_.random_bytes;
  options.on_book_changed = parts_.on_book_changed;
  return options;
}

absl::StatusOr<v1::Operation> TransferHandlers::ImportJournal(
    CallScope& call, const v1::ImportJournalRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(transfer::ImportOptions options, OptionsOf(call, book, request));
  LUMBUNG_ASSIGN_OR_RETURN(const std::shared_ptr<const transfer::Upload> upload,
                           parts_.uploads->Take(book.organization, request.upload_id()));
  options.main_file = request.main_file().empty() ? upload->first_file() : request.main_file();
  LUMBUNG_ASSIGN_OR_RETURN(
      const transfer::OperationState state,
      parts_.operations->Start(
          book.organization, request.dry_run(),
          [pool = parts_.pool, book, upload, options](transfer::ImportProgress& progress) {
            return transfer::ImportJournal(*pool, book, *upload, options, progress);
          }));
  return OperationToProto(state);
}

absl::Status TransferHandlers::ExportJournal(CallScope& call,
                                             const v1::ExportJournalRequest& request,
                                             StreamWriter<v1::ExportJournalResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->Book(call, request.parent(), "parent"));
  transfer::ExportOptions options;
  options.deadline = call.deadline;
  LUMBUNG_ASSIGN_OR_RETURN(const auto format, FormatFromProto(request.format()));
  options.format = format.value_or(import::JournalFormat::kHledger);
  LUMBUNG_ASSIGN_OR_RETURN(options.from, DateOrNothing(request.from_date(), "from_date"));
  LUMBUNG_ASSIGN_OR_RETURN(options.to, DateOrNothing(request.to_date(), "to_date"));
  const ExportTurn turn(&running_exports_);
  if (!turn.taken()) {
    return Refusal(absl::StatusCode::kResourceExhausted, "OVERLOADED", "",
                   "other exports are running; try again later");
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::int64_t entries,
      transfer::ExportJournal(*parts_.pool, book, options, [&](absl::string_view chunk) {
        v1::ExportJournalResponse response;
        response.set_data(chunk.data(), chunk.size());
        return writer.Write(std::move(response)) ? absl::OkStatus() : ClientGone();
      }));
  v1::ExportJournalResponse last;
  last.set_entry_count(entries);
  return writer.Write(std::move(last)) ? absl::OkStatus() : ClientGone();
}

absl::StatusOr<TransferHandlers::OperationKey> TransferHandlers::Operation(
    const CallScope& call, const std::string& name) {
  OperationKey key;
  LUMBUNG_ASSIGN_OR_RETURN(key.organization, parts_.directory->Organization(call));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(name, {"operations"}, "name"));
  key.id = ids[0];
  return key;
}

absl::StatusOr<v1::Operation> TransferHandlers::GetOperation(
    CallScope& call, const v1::GetOperationRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const OperationKey key, Operation(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const transfer::OperationState state,
                           parts_.operations->Get(key.organization, key.id));
  return OperationToProto(state);
}

absl::Status TransferHandlers::WatchOperation(CallScope& call,
                                              const v1::WatchOperationRequest& request,
                                              StreamWriter<v1::Operation>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const OperationKey key, Operation(call, request.name()));
  for (std::int64_t seen = -1;;) {
    LUMBUNG_ASSIGN_OR_RETURN(const transfer::OperationState state,
                             parts_.operations->AwaitChange(key.organization, key.id, seen,
                                                            absl::Now() + kWatchInterval));
    if (call.cancelled() || absl::Now() >= call.deadline) return ClientGone();
    if (state.version != seen && !writer.Write(OperationToProto(state))) return ClientGone();
    if (state.done) return absl::OkStatus();
    seen = state.version;
  }
}

absl::StatusOr<v1::ListOperationsResponse> TransferHandlers::ListOperations(
    CallScope& call, const v1::ListOperationsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, parts_.directory->Organization(call));
  LUMBUNG_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (!position.empty() && !absl::SimpleAtoi(position, &before)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  const std::vector<transfer::OperationState> states =
      parts_.operations->List(organization, before, static_cast<std::size_t>(page_size) + 1);
  v1::ListOperationsResponse response;
  for (const transfer::OperationState& state : states) {
    if (response.operations_size() == page_size) {
      response.set_next_page_token(MakePageToken(request, absl::StrCat(before)));
      break;
    }
    *response.add_operations() = OperationToProto(state);
    before = state.sequence;
  }
  return response;
}

absl::StatusOr<v1::Operation> TransferHandlers::CancelOperation(
    CallScope& call, const v1::CancelOperationRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const OperationKey key, Operation(call, request.name()));
  LUMBUNG_ASSIGN_OR_RETURN(const transfer::OperationState state,
                           parts_.operations->Cancel(key.organization, key.id));
  return OperationToProto(state);
}

absl::StatusOr<v1::CsvMapping> TransferHandlers::SaveCsvMapping(
    CallScope& call, const v1::SaveCsvMappingRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_RETURN_IF_ERROR(CsvMappingFromProto(request.mapping()).status());
  store::StoredCsvMapping stored;
  stored.key = request.mapping().mapping_id();
  LUMBUNG_ASSIGN_OR_RETURN(stored.definition, CsvMappingToJson(request.mapping()));
  const absl::Status saved = store::RunInTransaction(
      *parts_.pool, {book.organization, store::Access::kReadWrite, call.deadline},
      [&](store::TransactionScope& scope) { return store::SaveCsvMapping(scope, book, stored); });
  if (!saved.ok()) return PrefixField(saved, "mapping.");
  return CsvMappingFromJson(stored.key, stored.definition);
}

absl::StatusOr<v1::ListCsvMappingsResponse> TransferHandlers::ListCsvMappings(
    CallScope& call, const v1::ListCsvMappingsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->Book(call, request.parent(), "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<store::StoredCsvMapping> stored,
      store::InTransaction(*parts_.pool,
                           {book.organization, store::Access::kReadOnly, call.deadline},
                           [&](store::TransactionScope& scope)
                               -> absl::StatusOr<std::vector<store::StoredCsvMapping>> {
                             return store::ListCsvMappings(scope, book, "", kMaxMappings);
                           }));
  v1::ListCsvMappingsResponse response;
  for (const store::StoredCsvMapping& mapping : stored) {
    LUMBUNG_ASSIGN_OR_RETURN(*response.add_mappings(),
                             CsvMappingFromJson(mapping.key, mapping.definition));
  }
  return response;
}

}  // namespace lumbung::ledger::api
