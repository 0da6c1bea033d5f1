// Writing resources of the API: one of them or a list, as a table, as CSV or as JSON. How a kind of
// resource looks is said once, in its RecordLayout.
#ifndef LUMBUNG_SERVICES_HOST_CLI_RECORD_WRITER_H_
#define LUMBUNG_SERVICES_HOST_CLI_RECORD_WRITER_H_

#include <optional>
#include <utility>
#include <vector>

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_field.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/host/cli/invocation.h"
#include "services/host/cli/message_json.h"
#include "services/host/cli/table.h"

namespace lumbung::cli {

// The columns of a kind of resource, and one cell for each.
template <typename Record>
struct RecordLayout {
  std::vector<Column> (*columns)(const Invocation& call);
  std::vector<Cell> (*cells)(const Invocation& call, const Record& record);
};

// Writes records as they come.
class RecordWriter {
 public:
  // `json_key` names the list in JSON.
  RecordWriter(Invocation& call, absl::string_view json_key, std::vector<Column> columns);

  void Add(const google::protobuf::Message& message, std::vector<Cell> cells);
  void Finish();

 private:
  Invocation& call_;
  bool empty_ = true;
  std::optional<TableWriter> table_;
  std::optional<JsonListWriter> json_;
};

// Writes one record: as fields, as one CSV row under its header, or as JSON.
void WriteRecord(Invocation& call, const google::protobuf::Message& message,
                 const std::vector<Column>& columns, const std::vector<Cell>& cells);

template <typename Record>
void WriteRecord(Invocation& call, const Record& record, const RecordLayout<Record>& layout) {
  WriteRecord(call, record, layout.columns(call), layout.cells(call, record));
}

// Asks for all pages of a list and writes its records:
// `WriteList(call, &BooksApi::ListFunds, request, "funds", &v1::ListFundsResponse::funds, kFunds)`.
template <typename Api, typename Request, typename Response, typename Record>
absl::Status WriteList(Invocation& call,
                       grpc::Status (Api::*method)(grpc::ClientContext*, const Request&, Response*),
                       const Request& request, absl::string_view json_key,
                       const google::protobuf::RepeatedPtrField<Record>& (Response::*records)()
                           const,
                       const RecordLayout<Record>& layout) {
  RecordWriter writer(call, json_key, layout.columns(call));
  LUMBUNG_RETURN_IF_ERROR(call.session().ForEachPage(method, request, [&](const Response& page) {
    for (const Record& record : (page.*records)()) {
      writer.Add(record, layout.cells(call, record));
    }
    return absl::OkStatus();
  }));
  writer.Finish();
  return absl::OkStatus();
}

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_RECORD_WRITER_H_
