// Commands that set up organizations, books and what a book is made of.
#include <initializer_list>

#include "absl/strings/str_split.h"
#include "tests/scenarios/commands.h"

namespace lumbung::scenarios {
namespace {

constexpr Named<v1::AccountType> kTypes[] = {{"asset", v1::ACCOUNT_TYPE_ASSET},
                                             {"liability", v1::ACCOUNT_TYPE_LIABILITY},
                                             {"net-asset", v1::ACCOUNT_TYPE_NET_ASSET},
                                             {"income", v1::ACCOUNT_TYPE_INCOME},
                                             {"expense", v1::ACCOUNT_TYPE_EXPENSE}};

constexpr Named<v1::FundRestriction> kRestrictions[] = {
    {"without", v1::FUND_RESTRICTION_WITHOUT},
    {"purpose", v1::FUND_RESTRICTION_PURPOSE},
    {"time", v1::FUND_RESTRICTION_TIME},
    {"endowment", v1::FUND_RESTRICTION_ENDOWMENT},
    {"agency", v1::FUND_RESTRICTION_AGENCY}};

v1::DimensionRequirement RequirementNamed(absl::string_view name) {
  if (name == "required") return v1::DIMENSION_REQUIREMENT_REQUIRED;
  if (name == "forbidden") return v1::DIMENSION_REQUIREMENT_FORBIDDEN;
  return v1::DIMENSION_REQUIREMENT_UNSPECIFIED;
}

// Calls `change` for each row of the step, and stops at the first refusal.
template <typename Change>
absl::StatusOr<Numbers> ForEachRow(const Step& step, const Change& change) {
  for (const Row& row : step.Rows()) LUMBUNG_RETURN_IF_ERROR(change(row));
  return Numbers{};
}

// What a word of a scenario is called in the API.
struct FieldName {
  absl::string_view word;
  absl::string_view field;
};

// The fields that a change names: those with a word in the row, and whatever `field` says.
template <typename Request>
void SetUpdatePaths(const Row& row, std::initializer_list<FieldName> names, Request* request) {
  for (const FieldName& name : names) {
    if (row.Has(name.word)) request->add_update_paths(std::string(name.field));
  }
  if (row.Has("field")) request->add_update_paths(row["field"]);
}

absl::StatusOr<Numbers> CreateOrganization(Session& session, const Step& step) {
  v1::CreateOrganizationRequest request;
  request.set_organization_id(step.words["id"]);
  request.set_display_name(step.words["name"]);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Books::CreateOrganization, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> CreateBook(Session& session, const Step& step) {
  v1::CreateBookRequest request;
  request.set_book_id(step.words["id"]);
  request.set_display_name(step.words["name"]);
  request.set_functional_currency(step.words["currency"]);
  LUMBUNG_ASSIGN_OR_RETURN(const int first_month, NumberOf(step.words, "first-month", 0));
  request.set_fiscal_year_start_month(first_month);
  request.set_chart_template(step.words["chart"]);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Books::CreateBook, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> UpdateBook(Session& session, const Step& step) {
  v1::UpdateBookRequest request;
  request.mutable_book()->set_name(session.BookOf(step.words));
  request.mutable_book()->set_display_name(step.words["name"]);
  request.mutable_book()->set_etag(step.words["etag"]);
  SetUpdatePaths(step.words, {{"name", "display_name"}}, &request);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Books::UpdateBook, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<v1::Account> AccountOf(const Row& row) {
  v1::Account account;
  account.set_account_id(row["account"]);
  account.set_code(row["code"]);
  account.set_display_name(row["name"]);
  account.set_parent(row["parent"]);
  account.set_note(row["note"]);
  account.set_etag(row["etag"]);
  LUMBUNG_ASSIGN_OR_RETURN(
      const v1::AccountType type,
      ChoiceOf<v1::AccountType>(row, "type", kTypes, v1::ACCOUNT_TYPE_UNSPECIFIED));
  account.set_type(type);
  LUMBUNG_ASSIGN_OR_RETURN(const bool header, YesOf(row, "header"));
  account.set_postable(!header);
  LUMBUNG_ASSIGN_OR_RETURN(const bool contra, YesOf(row, "contra"));
  account.set_contra(contra);
  LUMBUNG_ASSIGN_OR_RETURN(const bool closed, YesOf(row, "closed"));
  account.set_closed(closed);
  LUMBUNG_ASSIGN_OR_RETURN(const auto rules, PairsOf(row, "rules"));
  for (const auto& [dimension, requirement] : rules) {
    v1::DimensionRule* rule = account.add_dimension_rules();
    rule->set_dimension(dimension);
    rule->set_requirement(RequirementNamed(requirement));
  }
  return account;
}

absl::StatusOr<Numbers> CreateAccount(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateAccountRequest request;
    request.set_parent(session.BookOf(row));
    LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_account(), AccountOf(row));
    return session.Change(&Books::CreateAccount, row, request).status();
  });
}

absl::StatusOr<Numbers> UpdateAccount(Session& session, const Step& step) {
  v1::UpdateAccountRequest request;
  LUMBUNG_ASSIGN_OR_RETURN(*request.mutable_account(), AccountOf(step.words));
  request.mutable_account()->set_name(
      session.PartOf(step.words, "accounts", step.words["account"]));
  SetUpdatePaths(step.words,
                 {{"code", "code"},
                  {"name", "display_name"},
                  {"type", "type"},
                  {"parent", "parent"},
                  {"header", "postable"},
                  {"contra", "contra"},
                  {"closed", "closed"},
                  {"rules", "dimension_rules"},
                  {"note", "note"}},
                 &request);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Books::UpdateAccount, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> CreateFund(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateFundRequest request;
    request.set_parent(session.BookOf(row));
    request.mutable_fund()->set_fund_id(row["fund"]);
    request.mutable_fund()->set_display_name(row["name"]);
    LUMBUNG_ASSIGN_OR_RETURN(const v1::FundRestriction restriction,
                             ChoiceOf<v1::FundRestriction>(row, "restriction", kRestrictions,
                                                           v1::FUND_RESTRICTION_UNSPECIFIED));
    request.mutable_fund()->set_restriction(restriction);
    LUMBUNG_ASSIGN_OR_RETURN(const bool closed, YesOf(row, "closed"));
    request.mutable_fund()->set_closed(closed);
    return session.Change(&Books::CreateFund, row, request).status();
  });
}

absl::StatusOr<Numbers> UpdateFund(Session& session, const Step& step) {
  v1::UpdateFundRequest request;
  request.mutable_fund()->set_name(session.PartOf(step.words, "funds", step.words["fund"]));
  request.mutable_fund()->set_display_name(step.words["name"]);
  LUMBUNG_ASSIGN_OR_RETURN(const bool closed, YesOf(step.words, "closed"));
  request.mutable_fund()->set_closed(closed);
  request.mutable_fund()->set_etag(step.words["etag"]);
  SetUpdatePaths(step.words, {{"name", "display_name"}, {"closed", "closed"}}, &request);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Books::UpdateFund, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> CreateCurrency(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateCurrencyRequest request;
    request.set_parent(session.BookOf(row));
    request.mutable_currency()->set_code(row["code"]);
    request.mutable_currency()->set_display_name(row["name"]);
    LUMBUNG_ASSIGN_OR_RETURN(const int scale, NumberOf(row, "scale", 0));
    request.mutable_currency()->set_scale(scale);
    request.set_scale_given(row.Has("scale"));
    LUMBUNG_ASSIGN_OR_RETURN(const bool commodity, YesOf(row, "commodity"));
    request.mutable_currency()->set_commodity(commodity);
    return session.Change(&Books::CreateCurrency, row, request).status();
  });
}

absl::StatusOr<Numbers> CreateDimension(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateDimensionRequest request;
    request.set_parent(session.BookOf(row));
    request.mutable_dimension()->set_dimension_id(row["dimension"]);
    request.mutable_dimension()->set_display_name(row["name"]);
    return session.Change(&Books::CreateDimension, row, request).status();
  });
}

absl::StatusOr<Numbers> CreateValue(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateDimensionValueRequest request;
    request.set_parent(session.PartOf(row, "dimensions", row["dimension"]));
    request.mutable_value()->set_value_id(row["value"]);
    request.mutable_value()->set_display_name(row["name"]);
    LUMBUNG_ASSIGN_OR_RETURN(const bool closed, YesOf(row, "closed"));
    request.mutable_value()->set_closed(closed);
    return session.Change(&Books::CreateDimensionValue, row, request).status();
  });
}

absl::StatusOr<Numbers> UpdateValue(Session& session, const Step& step) {
  v1::UpdateDimensionValueRequest request;
  v1::DimensionValue& value = *request.mutable_value();
  value.set_name(absl::StrCat(session.PartOf(step.words, "dimensions", step.words["dimension"]),
                              "/values/", step.words["value"]));
  value.set_display_name(step.words["name"]);
  LUMBUNG_ASSIGN_OR_RETURN(const bool closed, YesOf(step.words, "closed"));
  value.set_closed(closed);
  value.set_etag(step.words["etag"]);
  SetUpdatePaths(step.words, {{"name", "display_name"}, {"closed", "closed"}}, &request);
  LUMBUNG_RETURN_IF_ERROR(
      session.Change(&Books::UpdateDimensionValue, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> CreateRate(Session& session, const Step& step) {
  return ForEachRow(step, [&](const Row& row) -> absl::Status {
    v1::CreateExchangeRateRequest request;
    request.set_parent(session.BookOf(row));
    request.mutable_rate()->set_base(row["base"]);
    request.mutable_rate()->set_quote(row["quote"]);
    request.mutable_rate()->set_date(row["date"]);
    request.mutable_rate()->set_rate(row["rate"]);
    request.mutable_rate()->set_source(row["source"]);
    return session.Change(&Books::CreateExchangeRate, row, request).status();
  });
}

constexpr Command kCommands[] = {
    {"create organization", CreateOrganization},
    {"create book", CreateBook},
    {"update book", UpdateBook},
    {"create account", CreateAccount},
    {"update account", UpdateAccount},
    {"create fund", CreateFund},
    {"update fund", UpdateFund},
    {"create currency", CreateCurrency},
    {"create dimension", CreateDimension},
    {"create value", CreateValue},
    {"update value", UpdateValue},
    {"create rate", CreateRate},
};

}  // namespace

absl::Span<const Command> BookCommands() {
  return kCommands;
}

}  // namespace lumbung::scenarios
