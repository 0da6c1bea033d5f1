// Organizations, books and their parts between protobuf and the library. Pure functions.
#ifndef LUMBUNG_SERVICES_LEDGER_API_BOOK_CONVERSION_H_
#define LUMBUNG_SERVICES_LEDGER_API_BOOK_CONVERSION_H_

#include <initializer_list>
#include <string>

#include <google/protobuf/message.h>
#include <google/protobuf/repeated_field.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ledger/charts/chart_template.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/store/account_store.h"
#include "ledger/store/book_store.h"
#include "ledger/store/organization_store.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "lumbung/ledger/v1/resources.pb.h"

namespace lumbung::ledger::api {

v1::Organization OrganizationToProto(const store::Organization& organization);
v1::Book BookToProto(const store::BookRecord& record);
v1::Account AccountToProto(const BookSnapshot& book, const Account& account);
// An account just created as `asked`: parent and rules are those that were asked for.
v1::Account NewAccountToProto(absl::string_view book_id, const Account& account,
                              const v1::Account& asked);
v1::Fund FundToProto(absl::string_view book_id, const Fund& fund);
v1::Currency CurrencyToProto(absl::string_view book_id, const Currency& currency);
v1::Dimension DimensionToProto(absl::string_view book_id, const Dimension& dimension);
v1::DimensionValue DimensionValueToProto(absl::string_view book_id, absl::string_view dimension_id,
                                         const DimensionValue& value);
// `base` and `quote` are the codes of the rate's currencies.
v1::ExchangeRate RateToProto(absl::string_view book_id, const ExchangeRate& rate,
                             absl::string_view base, absl::string_view quote);
v1::ListChartTemplatesResponse::ChartTemplate ChartTemplateToProto(const ChartTemplate& chart);

// INVALID_TYPE, INVALID_REQUIREMENT; paths relative to the account.
absl::StatusOr<store::NewAccount> NewAccountFromProto(const v1::Account& account);
// The fields that `paths` names, which CheckUpdatePaths has let pass. INVALID_TYPE,
// INVALID_REQUIREMENT; paths relative to the account.
absl::StatusOr<store::AccountChanges> AccountChangesFromProto(
    const v1::Account& account, const google::protobuf::RepeatedPtrField<std::string>& paths);
// INVALID_RESTRICTION.
absl::StatusOr<store::NewFund> NewFundFromProto(const v1::Fund& fund);
// INVALID_DATE, INVALID_RATE.
absl::StatusOr<store::NewExchangeRate> NewRateFromProto(const v1::ExchangeRate& rate);

// What a chart template gives to a book that starts with it.
void AddTemplate(const ChartTemplate& chart, store::NewBook* book);

// EMPTY_UPDATE when there are none, UNKNOWN_FIELD for a path that is no field of the resource,
// IMMUTABLE_FIELD for one that is not in `mutable_fields`.
absl::Status CheckUpdatePaths(const google::protobuf::Message& resource,
                              const google::protobuf::RepeatedPtrField<std::string>& paths,
                              std::initializer_list<absl::string_view> mutable_fields);

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_BOOK_CONVERSION_H_
