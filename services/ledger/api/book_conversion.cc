#include "services/ledger/api/book_conversion.h"

#include <algorithm>
#include <utility>

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/store/etag.h"
#include "services/common/entry_conversion.h"
#include "services/common/resource_names.h"

namespace lumbung::ledger::api {
namespace {

using Paths = google::protobuf::RepeatedPtrField<std::string>;

bool Names(const Paths& paths, absl::string_view field) {
  return std::find(paths.begin(), paths.end(), field) != paths.end();
}

absl::StatusOr<AccountType> TypeFromProto(v1::AccountType type) {
  if (type < v1::ACCOUNT_TYPE_ASSET || type > v1::ACCOUNT_TYPE_EXPENSE) {
    return InvalidArgument("INVALID_TYPE", "type",
                           absl::StrCat("found ", static_cast<int>(type),
                                        "; an account is an asset, a liability, a net asset, an "
                                        "income or an expense"));
  }
  return static_cast<AccountType>(type);
}

absl::StatusOr<std::vector<store::NewDimensionRule>> RulesFromProto(const v1::Account& account) {
  std::vector<store::NewDimensionRule> rules;
  for (const v1::DimensionRule& rule : account.dimension_rules()) {
    if (rule.requirement() != v1::DIMENSION_REQUIREMENT_REQUIRED &&
        rule.requirement() != v1::DIMENSION_REQUIREMENT_FORBIDDEN) {
      return InvalidArgument("INVALID_REQUIREMENT",
                             absl::StrCat("dimension_rules[", rules.size(), "].requirement"),
                             "a dimension is required or forbidden; without a rule it is optional");
    }
    rules.push_back({rule.dimension(), static_cast<DimensionRequirement>(rule.requirement())});
  }
  return rules;
}

// Both languages, where a thing has but one name.
std::string InBothLanguages(absl::string_view indonesian, absl::string_view english) {
  if (indonesian.empty() || indonesian == english) return std::string(english);
  return absl::StrCat(indonesian, " / ", english);
}

}  // namespace

v1::Organization OrganizationToProto(const store::Organization& organization) {
  v1::Organization proto;
  proto.set_name(ResourceName({{"organizations", organization.slug}}));
  proto.set_display_name(organization.display_name);
  proto.set_uid(organization.uid);
  *proto.mutable_create_time() = TimestampOf(organization.created_at);
  return proto;
}

v1::Book BookToProto(const store::BookRecord& record) {
  v1::Book proto;
  proto.set_name(ResourceName({{"books", record.book.slug}}));
  proto.set_display_name(record.book.display_name);
  proto.set_uid(record.book.uid);
  proto.set_functional_currency(record.functional_currency);
  proto.set_fiscal_year_start_month(record.book.fiscal_year_start_month);
  proto.set_chart_template(record.book.chart_template);
  proto.set_default_fund(record.default_fund);
  proto.set_last_sequence(record.last_entry_id);
  if (record.hard_closed_through.has_value()) {
    proto.set_hard_closed_through(record.hard_closed_through->ToString());
  }
  *proto.mutable_create_time() = TimestampOf(record.created_at);
  proto.set_etag(store::EtagOf(record.book));
  return proto;
}

v1::Account AccountToProto(const BookSnapshot& book, const Account& account) {
  v1::Account proto;
  proto.set_name(ResourceName({{"books", book.book().slug}, {"accounts", account.key}}));
  proto.set_account_id(account.key);
  proto.set_code(account.code);
  proto.set_display_name(account.display_name);
  proto.set_display_name_id(account.display_name_id);
  if (account.parent.has_value()) proto.set_parent(book.FindAccount(*account.parent)->key);
  proto.set_type(static_cast<v1::AccountType>(account.type));
  proto.set_postable(account.postable);
  proto.set_contra(account.contra);
  proto.set_closed(account.closed);
  for (const AccountDimensionRule& rule : account.rules) {
    v1::DimensionRule* added = proto.add_dimension_rules();
    added->set_dimension(book.FindDimension(rule.dimension)->key);
    added->set_requirement(static_cast<v1::DimensionRequirement>(rule.requirement));
  }
  proto.set_note(account.note);
  proto.set_etag(store::EtagOf(account));
  return proto;
}

v1::Account NewAccountToProto(absl::string_view book_id, const Account& account,
                              const v1::Account& asked) {
  v1::Account proto = asked;
  proto.set_name(ResourceName({{"books", book_id}, {"accounts", account.key}}));
  proto.set_code(account.code);
  proto.set_etag(store::EtagOf(account));
  return proto;
}

v1::Fund FundToProto(absl::string_view book_id, const Fund& fund) {
  v1::Fund proto;
  proto.set_name(ResourceName({{"books", book_id}, {"funds", fund.key}}));
  proto.set_fund_id(fund.key);
  proto.set_display_name(fund.display_name);
  proto.set_restriction(static_cast<v1::FundRestriction>(fund.restriction));
  proto.set_closed(fund.closed);
  proto.set_etag(store::EtagOf(fund));
  return proto;
}

v1::Currency CurrencyToProto(absl::string_view book_id, const Currency& currency) {
  v1::Currency proto;
  proto.set_name(ResourceName({{"books", book_id}, {"currencies", currency.code}}));
  proto.set_code(currency.code);
  proto.set_scale(currency.scale);
  proto.set_commodity(currency.commodity);
  proto.set_display_name(currency.display_name);
  proto.set_etag(store::EtagOf(currency));
  return proto;
}

v1::Dimension DimensionToProto(absl::string_view book_id, const Dimension& dimension) {
  v1::Dimension proto;
  proto.set_name(ResourceName({{"books", book_id}, {"dimensions", dimension.key}}));
  proto.set_dimension_id(dimension.key);
  proto.set_display_name(dimension.display_name);
  proto.set_etag(store::EtagOf(dimension));
  return proto;
}

v1::DimensionValue DimensionValueToProto(absl::string_view book_id, absl::string_view dimension_id,
                                         const DimensionValue& value) {
  v1::DimensionValue proto;
  proto.set_name(
      ResourceName({{"books", book_id}, {"dimensions", dimension_id}, {"values", value.key}}));
  proto.set_value_id(value.key);
  proto.set_display_name(value.display_name);
  proto.set_closed(value.closed);
  proto.set_etag(store::EtagOf(value));
  return proto;
}

v1::ExchangeRate RateToProto(absl::string_view book_id, const ExchangeRate& rate,
                             absl::string_view base, absl::string_view quote) {
  v1::ExchangeRate proto;
  const std::string id = absl::StrCat(rate.id);
  proto.set_name(ResourceName({{"books", book_id}, {"rates", id}}));
  proto.set_base(std::string(base));
  proto.set_quote(std::string(quote));
  proto.set_date(rate.date.ToString());
  proto.set_rate(rate.rate.ToString());
  proto.set_source(rate.source);
  *proto.mutable_record_time() = TimestampOf(rate.recorded_at);
  return proto;
}

v1::ListChartTemplatesResponse::ChartTemplate ChartTemplateToProto(const ChartTemplate& chart) {
  v1::ListChartTemplatesResponse::ChartTemplate proto;
  proto.set_name(chart.Name());
  proto.set_display_name(chart.display_name);
  proto.set_display_name_id(chart.display_name_id);
  proto.set_legal_basis(chart.legal_basis);
  proto.set_account_count(static_cast<int>(chart.accounts.size()));
  return proto;
}

absl::StatusOr<store::NewAccount> NewAccountFromProto(const v1::Account& account) {
  store::NewAccount created;
  created.key = account.account_id();
  created.code = account.code();
  created.display_name = account.display_name();
  created.display_name_id = account.display_name_id();
  created.parent = account.parent();
  LUMBUNG_ASSIGN_OR_RETURN(created.type, TypeFromProto(account.type()));
  created.postable = account.postable();
  created.contra = account.contra();
  created.closed = account.closed();
  created.note = account.note();
  LUMBUNG_ASSIGN_OR_RETURN(created.rules, RulesFromProto(account));
  return created;
}

absl::StatusOr<store::AccountChanges> AccountChangesFromProto(const v1::Account& account,
                                                              const Paths& paths) {
  store::AccountChanges changes;
  if (Names(paths, "code")) changes.code = account.code();
  if (Names(paths, "display_name")) changes.display_name = account.display_name();
  if (Names(paths, "display_name_id")) changes.display_name_id = account.display_name_id();
  if (Names(paths, "note")) changes.note = account.note();
  if (Names(paths, "closed")) changes.closed = account.closed();
  if (Names(paths, "parent")) changes.parent = account.parent();
  if (Names(paths, "postable")) changes.postable = account.postable();
  if (Names(paths, "contra")) changes.contra = account.contra();
  if (Names(paths, "type")) {
    LUMBUNG_ASSIGN_OR_RETURN(changes.type, TypeFromProto(account.type()));
  }
  if (Names(paths, "dimension_rules")) {
    LUMBUNG_ASSIGN_OR_RETURN(changes.rules, RulesFromProto(account));
  }
  return changes;
}

absl::StatusOr<store::NewFund> NewFundFromProto(const v1::Fund& fund) {
  if (fund.restriction() < v1::FUND_RESTRICTION_WITHOUT ||
      fund.restriction() > v1::FUND_RESTRICTION_AGENCY) {
    return InvalidArgument("INVALID_RESTRICTION", "restriction",
                           absl::StrCat("found ", static_cast<int>(fund.restriction()),
                                        "; a fund is without restriction, restricted by purpose, "
                                        "time or endowment, or held for others"));
  }
  return store::NewFund{fund.fund_id(), fund.display_name(),
                        static_cast<FundRestriction>(fund.restriction()), fund.closed()};
}

absl::StatusOr<store::NewExchangeRate> NewRateFromProto(const v1::ExchangeRate& rate) {
  const absl::StatusOr<Date> date = Date::Parse(rate.date());
  if (!date.ok()) return PrefixField(date.status(), "date");
  const absl::StatusOr<Decimal> number = Decimal::Parse(rate.rate());
  if (!number.ok()) return InvalidArgument("INVALID_RATE", "rate", number.status().message());
  return store::NewExchangeRate{rate.base(), rate.quote(), *date, *number, rate.source()};
}

void AddTemplate(const ChartTemplate& chart, store::NewBook* book) {
  book->chart_template = chart.Name();
  for (const TemplateFund& fund : chart.funds) {
    book->funds.push_back(
        {fund.id, InBothLanguages(fund.display_name_id, fund.display_name), fund.restriction});
  }
  // The first fund of a chart is its default one.
  book->default_fund = std::move(book->funds.front());
  book->funds.erase(book->funds.begin());
  for (const TemplateDimension& dimension : chart.dimensions) {
    book->dimensions.push_back(
        {dimension.id, InBothLanguages(dimension.display_name_id, dimension.display_name)});
  }
  for (const TemplateAccount& account : chart.accounts) {
    store::NewAccount added;
    added.key = account.id;
    added.code = account.code;
    added.display_name = account.display_name;
    added.display_name_id = account.display_name_id;
    added.parent = account.parent;
    added.type = account.type;
    added.postable = account.postable;
    added.contra = account.contra;
    added.note = account.note;
    for (const TemplateDimensionRule& rule : account.rules) {
      added.rules.push_back({rule.dimension, rule.requirement});
    }
    book->accounts.push_back(std::move(added));
  }
}

absl::Status CheckUpdatePaths(const google::protobuf::Message& resource, const Paths& paths,
                              std::initializer_list<absl::string_view> mutable_fields) {
  if (paths.empty()) {
    return InvalidArgument(
        "EMPTY_UPDATE", "update_paths",
        absl::StrCat("name the fields to change: ", absl::StrJoin(mutable_fields, ", ")));
  }
  for (int i = 0; i < paths.size(); ++i) {
    const std::string field = absl::StrCat("update_paths[", i, "]");
    if (resource.GetDescriptor()->FindFieldByName(paths[i]) == nullptr) {
      return InvalidArgument("UNKNOWN_FIELD", field,
                             absl::StrCat("there is no field \"", paths[i], "\""));
    }
    if (std::find(mutable_fields.begin(), mutable_fields.end(), paths[i]) == mutable_fields.end()) {
      return InvalidArgument("IMMUTABLE_FIELD", field,
                             absl::StrCat("\"", paths[i], "\" never changes; these fields may: ",
                                          absl::StrJoin(mutable_fields, ", ")));
    }
  }
  return absl::OkStatus();
}

}  // namespace lumbung::ledger::api
