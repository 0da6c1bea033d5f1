#include "services/host/cli/record_writer.h"

#include <cstddef>

namespace lumbung::cli {

RecordWriter::RecordWriter(Invocation& call, absl::string_view json_key,
                           std::vector<Column> columns)
    : call_(call) {
  if (call.json()) {
    json_.emplace(call.console().out, json_key);
  } else {
    table_.emplace(call.console().out, call.NewTableStyle(), std::move(columns));
  }
}

void RecordWriter::Add(const google::protobuf::Message& message, std::vector<Cell> cells) {
  empty_ = false;
  if (json_) {
    json_->Add(message);
  } else {
    table_->Add(std::move(cells));
  }
}

void RecordWriter::Finish() {
  if (json_) json_->Finish();
  if (table_) table_->Finish();
  if (empty_) call_.WriteNote(call_.Text(Label::kNothingToShow));
}

void WriteRecord(Invocation& call, const google::protobuf::Message& message,
                 const std::vector<Column>& columns, const std::vector<Cell>& cells) {
  if (call.json()) {
    call.console().out << ToIndentedJson(message);
    return;
  }
  if (call.csv()) {
    TableWriter table(call.console().out, call.NewTableStyle(), columns);
    table.Add(cells);
    table.Finish();
    return;
  }
  std::vector<Field> fields;
  for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
    const bool amount = columns[i].kind == ColumnKind::kAmount;
    fields.push_back({columns[i].title, amount
                                            ? ShowNumber(cells[i].text, call.output().numbers).text
                                            : cells[i].text});
  }
  call.WriteFields(fields);
}

}  // namespace lumbung::cli
