// Puts a query together from constant pieces: text comes from literals alone, values travel only as
// parameters. For reads whose conditions vary so much that each deserves a plan of its own. Only
// the store's own .cc files include this header.
#ifndef LUMBUNG_LEDGER_STORE_QUERY_BUILDER_H_
#define LUMBUNG_LEDGER_STORE_QUERY_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "ledger/core/date.h"
#include "ledger/core/decimal.h"
#include "ledger/core/ids.h"
#include "ledger/store/array_text.h"
#include "ledger/store/run_in_transaction.h"

namespace lumbung::store {

class QueryBuilder {
 public:
  // The array takes literals and keeps strings out.
  template <std::size_t kSize>
  QueryBuilder& Sql(const char (&text)[kSize]) {
    sql_.append(text, kSize - 1);
    return *this;
  }
  QueryBuilder& Text(absl::string_view value) { return Parameter(std::string(value), "text"); }
  QueryBuilder& Integer(std::int64_t value) { return Parameter(absl::StrCat(value), "bigint"); }
  QueryBuilder& Day(Date value) { return Parameter(value.ToString(), "date"); }
  QueryBuilder& Amount(const Decimal& value) { return Parameter(value.ToString(), "numeric"); }
  QueryBuilder& Instant(std::string value) { return Parameter(std::move(value), "timestamptz"); }
  template <typename Id>
  QueryBuilder& Ids(const std::vector<Id>& ids) {
    ArrayText array;
    for (const Id id : ids) array.Integer(ToInteger(id));
    return Parameter(array.Take(), sizeof(Id) == 4 ? "integer[]" : "bigint[]");
  }
  // "<alias>.organization_id = ... and <alias>.book_id = ..."
  template <std::size_t kSize>
  QueryBuilder& InBook(const char (&alias)[kSize], BookKey book) {
    Sql(" ").Sql(alias).Sql(".organization_id = ").Integer(ToInteger(book.organization));
    return Sql(" and ").Sql(alias).Sql(".book_id = ").Integer(ToInteger(book.book)).Sql(" ");
  }

  pqxx::result Run(TransactionScope& scope) const {
    return scope.transaction().exec_params(sql_, pqxx::prepare::make_dynamic_params(values_));
  }

 private:
  QueryBuilder& Parameter(std::string value, const char* type) {
    values_.push_back(std::move(value));
    absl::StrAppend(&sql_, "$", values_.size(), "::", type);
    return *this;
  }

  std::string sql_;
  std::vector<std::string> values_;
};

}  // namespace lumbung::store

#endif  // LUMBUNG_LEDGER_STORE_QUERY_BUILDER_H_
