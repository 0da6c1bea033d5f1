#include <memory>
#include <string>
#include <vector>

#include "services/host/cli/commands.h"
#include "services/host/cli/record_writer.h"
#include "services/host/cli/request_id.h"
#include "services/host/cli/resource_names.h"
#include "services/host/cli/values.h"

namespace lumbung::cli {
namespace {

std::vector<Column> DimensionColumns(const Invocation& call) {
  return {call.NewColumn("dimension", Label::kDimension),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible)};
}

std::vector<Cell> DimensionCells(const Invocation&, const v1::Dimension& dimension) {
  return {dimension.dimension_id(), dimension.display_name()};
}

constexpr RecordLayout<v1::Dimension> kDimensions{DimensionColumns, DimensionCells};

std::vector<Column> DimensionValueColumns(const Invocation& call) {
  return {call.NewColumn("value", Label::kValue),
          call.NewColumn("display_name", Label::kName, ColumnKind::kFlexible),
          call.NewColumn("closed", Label::kClosed)};
}

std::vector<Cell> DimensionValueCells(const Invocation& call, const v1::DimensionValue& value) {
  return {value.value_id(), value.display_name(), ShowFlag(call, value.closed())};
}

constexpr RecordLayout<v1::DimensionValue> kDimensionValues{DimensionValueColumns,
                                                            DimensionValueCells};

void AddDimensionList(CLI::App& group, Client& client) {
  AddCommand(group, client, {"list", "List the book's dimensions", "lumbung dimension list"},
             Scope::kBook, [](Invocation& call) -> absl::Status {
               v1::ListDimensionsRequest request;
               LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), call.session().BookName());
               return WriteList(call, &BooksApi::ListDimensions, request, "dimensions",
                                &v1::ListDimensionsResponse::dimensions, kDimensions);
             });
}

void AddDimensionCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateDimensionRequest>();
  CLI::App* const command = AddCommand(
      group, client, {"create", "Add a dimension", "lumbung dimension create grant \"Grant\""},
      Scope::kBook, [request](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), call.session().BookName());
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::Dimension dimension,
                                 call.session().Call(&BooksApi::CreateDimension, *request));
        WriteRecord(call, dimension, kDimensions);
        return absl::OkStatus();
      });
  v1::Dimension& dimension = *request->mutable_dimension();
  command->add_option("ID", *dimension.mutable_dimension_id(), "What people type")->required();
  command->add_option("NAME", *dimension.mutable_display_name(), "What people read")->required();
  AddWriteOptions(command, *request);
}

absl::StatusOr<std::string> DimensionName(Invocation& call, absl::string_view dimension) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::string book, call.session().BookName());
  return ChildName(book, "dimensions", dimension);
}

void AddDimensionValueList(CLI::App& group, Client& client) {
  const auto dimension = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"list", "List the values of a dimension", "lumbung dimension value list grant"},
      Scope::kBook, [dimension](Invocation& call) -> absl::Status {
        v1::ListDimensionValuesRequest request;
        LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_parent(), DimensionName(call, *dimension));
        return WriteList(call, &BooksApi::ListDimensionValues, request, "values",
                         &v1::ListDimensionValuesResponse::values, kDimensionValues);
      });
  command->add_option("DIMENSION", *dimension, "The dimension's id")->required();
}

void AddDimensionValueCreate(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::CreateDimensionValueRequest>();
  const auto dimension = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"create", "Add a value to a dimension",
       "lumbung dimension value create grant G1 \"USAID WASH\""},
      Scope::kBook, [request, dimension](Invocation& call) -> absl::Status {
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_parent(), DimensionName(call, *dimension));
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::DimensionValue value,
                                 call.session().Call(&BooksApi::CreateDimensionValue, *request));
        WriteRecord(call, value, kDimensionValues);
        return absl::OkStatus();
      });
  command->add_option("DIMENSION", *dimension, "The dimension's id")->required();
  command->add_option("ID", *request->mutable_value()->mutable_value_id(), "What people type")
      ->required();
  command->add_option("NAME", *request->mutable_value()->mutable_display_name(), "What people read")
      ->required();
  AddWriteOptions(command, *request);
}

void AddDimensionValueClose(CLI::App& group, Client& client) {
  const auto request = std::make_shared<v1::UpdateDimensionValueRequest>();
  const auto dimension = std::make_shared<std::string>();
  const auto id = std::make_shared<std::string>();
  CLI::App* const command = AddCommand(
      group, client,
      {"close", "Close a value of a dimension: it takes no more postings",
       "lumbung dimension value close grant G1"},
      Scope::kBook, [request, dimension, id](Invocation& call) -> absl::Status {
        v1::GetDimensionValueRequest get;
        LUMBUNG_ASSIGN_OR_RETURN(const std::string parent, DimensionName(call, *dimension));
        get.set_name(ChildName(parent, "values", *id));
        LUMBUNG_ASSIGN_OR_RETURN(*request->mutable_value(),
                                 call.session().Call(&BooksApi::GetDimensionValue, get));
        request->mutable_value()->set_closed(true);
        request->add_update_paths("closed");
        EnsureRequestId(*request);
        LUMBUNG_ASSIGN_OR_RETURN(const v1::DimensionValue value,
                                 call.session().Call(&BooksApi::UpdateDimensionValue, *request));
        WriteRecord(call, value, kDimensionValues);
        return absl::OkStatus();
      });
  command->add_option("DIMENSION", *dimension, "The dimension's id")->required();
  command->add_option("VALUE", *id, "The value's id")->required();
  AddWriteOptions(command, *request);
}

}  // namespace

void AddDimensionCommands(CLI::App& app, Client& client) {
  CLI::App* const group =
      AddGroup(app, "dimension", "Dimensions: grant, activity, unit, place and the like");
  AddDimensionList(*group, client);
  AddDimensionCreate(*group, client);
  CLI::App* const values = AddGroup(*group, "value", "The values of a dimension");
  AddDimensionValueList(*values, client);
  AddDimensionValueCreate(*values, client);
  AddDimensionValueClose(*values, client);
}

}  // namespace lumbung::cli
