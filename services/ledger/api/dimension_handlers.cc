// The calls of BooksHandlers on dimensions and their values.
#include <vector>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/store/book_parts_store.h"
#include "services/common/paging.h"
#include "services/common/resource_names.h"
#include "services/ledger/api/book_conversion.h"
#include "services/ledger/api/books_handlers.h"
#include "services/ledger/api/part_refusals.h"

namespace lumbung::ledger::api {

absl::StatusOr<v1::Dimension> BooksHandlers::CreateDimension(
    CallScope& call, const v1::CreateDimensionRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const NamedBook book, BookOf(call, request.parent()));
  const store::NewDimension dimension{request.dimension().dimension_id(),
                                      request.dimension().display_name()};
  return ChangeBook<v1::Dimension>(
      call, book.key, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Dimension> {
        const auto created = store::CreateDimensions(scope, book.key, {dimension});
        if (!created.ok()) return AtPart(created.status(), "dimension", "dimension_id");
        return DimensionToProto(book.id, created->front());
      });
}

absl::StatusOr<v1::Dimension> BooksHandlers::GetDimension(CallScope& call,
                                                          const v1::GetDimensionRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto part, FindPart(call, request.name(), "dimensions"));
  const auto& [book, id] = part;
  const Dimension* dimension = book->FindDimension(id);
  if (dimension == nullptr) return NoSuchPart("dimension", id);
  return DimensionToProto(book->book().slug, *dimension);
}

absl::StatusOr<v1::ListDimensionsResponse> BooksHandlers::ListDimensions(
    CallScope& call, const v1::ListDimensionsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, SnapshotOf(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const Page<Dimension> page,
                           PageOf(PointersTo(book->dimensions()), request,
                                  [](const Dimension& dimension) { return dimension.key; }));
  v1::ListDimensionsResponse response;
  for (const Dimension* dimension : page.items) {
    *response.add_dimensions() = DimensionToProto(book->book().slug, *dimension);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::Dimension> BooksHandlers::UpdateDimension(
    CallScope& call, const v1::UpdateDimensionRequest& request) {
  const v1::Dimension& wanted = request.dimension();
  LUMBUNG_RETURN_IF_ERROR(CheckUpdatePaths(wanted, request.update_paths(), {"display_name"}));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<std::string> ids,
      ParseResourceName(wanted.name(), {"books", "dimensions"}, "dimension.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "dimension.name"));
  return ChangeBook<v1::Dimension>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Dimension> {
        const absl::StatusOr<Dimension> updated =
            store::RenameDimension(scope, book, ids[1], wanted.etag(), wanted.display_name());
        if (!updated.ok()) return PrefixField(updated.status(), "dimension.");
        return DimensionToProto(ids[0], *updated);
      });
}

absl::StatusOr<v1::DimensionValue> BooksHandlers::CreateDimensionValue(
    CallScope& call, const v1::CreateDimensionValueRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.parent(), {"books", "dimensions"}, "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book, parts_.directory->BookById(call, ids[0], "parent"));
  const store::NewDimensionValue value{ids[1], request.value().value_id(),
                                       request.value().display_name(), request.value().closed()};
  return ChangeBook<v1::DimensionValue>(
      call, book, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::DimensionValue> {
        const auto created = store::CreateDimensionValues(scope, book, {value});
        if (ReasonOf(created.status()) == "UNKNOWN_DIMENSION") {
          return NotFound("UNKNOWN_DIMENSION", "parent", created.status().message());
        }
        if (!created.ok()) return AtPart(created.status(), "value", "value_id");
        return DimensionValueToProto(ids[0], ids[1], created->front());
      });
}

absl::StatusOr<v1::DimensionValue> BooksHandlers::GetDimensionValue(
    CallScope& call, const v1::GetDimensionValueRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<std::string> ids,
      ParseResourceName(request.name(), {"books", "dimensions", "values"}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, parts_.directory->BookById(call, ids[0], "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, parts_.snapshot(key, call.deadline));
  const Dimension* dimension = book->FindDimension(ids[1]);
  if (dimension == nullptr) return NoSuchPart("dimension", ids[1]);
  for (const DimensionValue& value : dimension->values) {
    if (value.key == ids[2]) return DimensionValueToProto(ids[0], ids[1], value);
  }
  return NoSuchPart("dimension value", absl::StrCat(ids[1], "/", ids[2]));
}

absl::StatusOr<v1::ListDimensionValuesResponse> BooksHandlers::ListDimensionValues(
    CallScope& call, const v1::ListDimensionValuesRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.parent(), {"books", "dimensions"}, "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, parts_.directory->BookById(call, ids[0], "parent"));
  LUMBUNG_ASSIGN_OR_RETURN(const Snapshot book, parts_.snapshot(key, call.deadline));
  const Dimension* dimension = book->FindDimension(ids[1]);
  if (dimension == nullptr) {
    return NotFound("UNKNOWN_DIMENSION", "parent",
                    absl::StrCat("the book has no dimension \"", ids[1], "\""));
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Page<DimensionValue> page,
                           PageOf(PointersTo(dimension->values), request,
                                  [](const DimensionValue& value) { return value.key; }));
  v1::ListDimensionValuesResponse response;
  for (const DimensionValue* value : page.items) {
    *response.add_values() = DimensionValueToProto(ids[0], ids[1], *value);
  }
  response.set_next_page_token(page.next_page_token);
  return response;
}

absl::StatusOr<v1::DimensionValue> BooksHandlers::UpdateDimensionValue(
    CallScope& call, const v1::UpdateDimensionValueRequest& request) {
  const v1::DimensionValue& wanted = request.value();
  LUMBUNG_RETURN_IF_ERROR(
      CheckUpdatePaths(wanted, request.update_paths(), {"display_name", "closed"}));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<std::string> ids,
      ParseResourceName(wanted.name(), {"books", "dimensions", "values"}, "value.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "value.name"));
  store::DimensionValueChanges changes;
  for (const std::string& path : request.update_paths()) {
    if (path == "display_name") changes.display_name = wanted.display_name();
    if (path == "closed") changes.closed = wanted.closed();
  }
  return ChangeBook<v1::DimensionValue>(
      call, book, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::DimensionValue> {
        const absl::StatusOr<DimensionValue> updated =
            store::UpdateDimensionValue(scope, book, ids[1], ids[2], wanted.etag(), changes);
        if (!updated.ok()) return PrefixField(updated.status(), "value.");
        return DimensionValueToProto(ids[0], ids[1], *updated);
      });
}

}  // namespace lumbung::ledger::api
