#include "services/identity/api/audit_handlers.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ledger/core/status.h"
#include "services/common/page_token.h"
#include "services/identity/api/conversion.h"

namespace lumbung::identity {
namespace {

constexpr char kHeader[] =
    "event_id,record_time,user_name,display_name,from_address,method,action,resource,before,after,"
    "request_id,reason\r\n";
constexpr int kExportPage = 500;

std::string CsvCell(absl::string_view text) {
  std::string cell(text);
  if (!cell.empty() && absl::string_view("=+-@\t\r").find(cell[0]) != absl::string_view::npos) {
    cell.insert(0, 1, '\'');
  }
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  return absl::StrCat("\"", absl::StrReplaceAll(cell, {{"\"", "\"\""}}), "\"");
}

using Events = std::vector<audit::StoredEvent>;

}  // namespace

std::string CsvLine(const audit::StoredEvent& stored) {
  const audit::Event& event = stored.event;
  std::string line = absl::StrCat(
      stored.event_id, ",",
      absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", stored.recorded_at, absl::UTCTimeZone()));
  for (const std::string* text :
       {&event.user_name, &event.display_name, &event.from_address, &event.method, &event.action,
        &event.resource, &event.before, &event.after, &event.request_id, &event.reason}) {
    absl::StrAppend(&line, ",", CsvCell(*text));
  }
  return absl::StrCat(line, "\r\n");
}

absl::StatusOr<v1::ListAuditEventsResponse> AuditHandlers::ListAuditEvents(
    CallScope& call, const v1::ListAuditEventsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const audit::Filter filter, AuditFilterFromProto(request.filter()));
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  std::int64_t before = 0;
  if (!position.empty() && !absl::SimpleAtoi(position, &before)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  LUMBUNG_ASSIGN_OR_RETURN(
      const Events found, WithPeople(parts_, call, store::Access::kReadOnly,
                                     [&](store::TransactionScope& scope) -> absl::StatusOr<Events> {
                                       return audit::List(scope, filter, before, size + 1);
                                     }));
  v1::ListAuditEventsResponse response;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (response.events_size() == size) {
      response.set_next_page_token(MakePageToken(request, absl::StrCat(found[i - 1].event_id)));
      break;
    }
    *response.add_events() = AuditEventToProto(found[i]);
  }
  return response;
}

absl::Status AuditHandlers::ExportAuditEvents(CallScope& call,
                                              const v1::ExportAuditEventsRequest& request,
                                              StreamWriter<v1::ExportAuditEventsResponse>& writer) {
  LUMBUNG_ASSIGN_OR_RETURN(const audit::Filter filter, AuditFilterFromProto(request.filter()));
  LUMBUNG_RETURN_IF_ERROR(WithPeople(parts_, call, store::Access::kReadWrite,
                                     [&](store::TransactionScope& scope) -> absl::StatusOr<bool> {
                                       audit::Event event = audit::EventOf(call, "");
                                       event.after = JsonOf(request.filter());
                                       audit::Record(scope, event);
                                       return true;
                                     })
                              .status());
  std::int64_t before = 0;
  std::string data = kHeader;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(
        const Events page,
        WithPeople(parts_, call, store::Access::kReadOnly,
                   [&](store::TransactionScope& scope) -> absl::StatusOr<Events> {
                     return audit::List(scope, filter, before, kExportPage);
                   }));
    for (const audit::StoredEvent& event : page) data += CsvLine(event);
    v1::ExportAuditEventsResponse response;
    response.set_data(std::move(data));
    if (!writer.Write(std::move(response))) return absl::CancelledError("the client has gone");
    if (page.size() < kExportPage) return absl::OkStatus();
    before = page.back().event_id;
    data.clear();
  }
}

}  // namespace lumbung::identity
