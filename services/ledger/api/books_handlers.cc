#include "services/ledger/api/books_handlers.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ledger/core/currency.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/book_store.h"
#include "ledger/store/organization_store.h"
#include "services/common/page_token.h"
#include "services/common/resource_names.h"
#include "services/identity/store/grant_store.h"
#include "services/ledger/api/book_conversion.h"

namespace lumbung::ledger::api {
namespace {

constexpr char kDefaultCurrency[] = "IDR";

store::TransactionOptions ReadingRegistry(const CallScope& call) {
  return {OrganizationId{}, store::Access::kReadOnly, call.deadline};
}

// Those among the slugs, which are sorted, that come after `after`, at most `limit`.
absl::StatusOr<std::vector<store::Organization>> OrganizationsOf(
    store::TransactionScope& scope, const std::vector<std::string>& slugs, const std::string& after,
    int limit) {
  std::vector<store::Organization> organizations;
  for (auto slug = std::upper_bound(slugs.begin(), slugs.end(), after);
       slug != slugs.end() && static_cast<int>(organizations.size()) < limit; ++slug) {
    LUMBUNG_ASSIGN_OR_RETURN(store::Organization found, store::FindOrganization(scope, *slug));
    organizations.push_back(std::move(found));
  }
  return organizations;
}

// The book that the request describes, without a uid. UNKNOWN_CURRENCY, UNKNOWN_CHART_TEMPLATE.
absl::StatusOr<store::NewBook> NewBookFromProto(const v1::CreateBookRequest& request) {
  store::NewBook book;
  book.slug = request.book_id();
  book.display_name = request.display_name();
  book.functional_currency.code = request.functional_currency();
  book.fiscal_year_start_month = request.fiscal_year_start_month();
  const bool currency_known = book.functional_currency.code.empty() ||
                              FindIsoCurrency(book.functional_currency.code).has_value();
  if (!currency_known) {
    return InvalidArgument(
        "UNKNOWN_CURRENCY", "functional_currency",
        absl::StrCat("\"", book.functional_currency.code, "\" is not a code of ISO 4217"));
  }
  if (!request.chart_template().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const ChartTemplate* chart,
                             FindChartTemplate(request.chart_template()));
    AddTemplate(*chart, &book);
    if (book.functional_currency.code.empty()) {
      book.functional_currency.code = chart->functional_currency;
    }
    if (book.fiscal_year_start_month == 0) {
      book.fiscal_year_start_month = chart->fiscal_year_start_month;
    }
  }
  if (book.functional_currency.code.empty()) book.functional_currency.code = kDefaultCurrency;
  if (book.fiscal_year_start_month == 0) book.fiscal_year_start_month = 1;
  return book;
}

}  // namespace

std::string BooksHandlers::NewUid() const {
  char random[16];
  parts_.random_bytes(random, sizeof random);
  return RandomUid(random);
}

absl::StatusOr<v1::Organization> BooksHandlers::CreateOrganization(
    CallScope& call, const v1::CreateOrganizationRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::optional<store::RequestKey> key,
                           RequestKeyOf(request, request.request_id(), request.validate_only()));
  const store::NewOrganization organization{request.organization_id(), NewUid(),
                                            request.display_name()};
  const store::TransactionOptions options{
      OrganizationId{},
      request.validate_only() ? store::Access::kDryRun : store::Access::kReadWrite, call.deadline};
  const auto create = [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Organization> {
    LUMBUNG_ASSIGN_OR_RETURN(const store::Organization created,
                             store::CreateOrganization(scope, organization));
    // Whoever founds it administers it.
    LUMBUNG_RETURN_IF_ERROR(identity::FoundOrganization(
        scope, call.access.person, call.access.actor,
        {.small_organization = request.small_organization()}, absl::Now()));
    v1::Organization response = OrganizationToProto(created);
    audit::RecordChange(scope, call, request, response);
    return response;
  };
  // Answers are kept by organization, so that an earlier answer can only be that of the
  // organization with this id.
  const auto create_once = [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Organization> {
    if (!key.has_value()) return create(scope);
    const absl::StatusOr<store::Organization> earlier =
        store::FindOrganization(scope, organization.slug);
    if (earlier.ok()) {
      store::EnterOrganization(scope, earlier->id);
      return AnswerOnce<v1::Organization>(
          scope, key, [&](store::TransactionScope&) -> absl::StatusOr<v1::Organization> {
            return Refusal(absl::StatusCode::kAlreadyExists, "ALREADY_EXISTS", "organization_id",
                           absl::StrCat("organization \"", organization.slug, "\" exists already"));
          });
    }
    LUMBUNG_ASSIGN_OR_RETURN(v1::Organization response, create(scope));
    store::SaveAnswer(scope, *key, response.SerializeAsString());
    return response;
  };
  absl::StatusOr<v1::Organization> response =
      store::InTransaction(*parts_.pool, options, create_once);
  if (key.has_value() && absl::IsAlreadyExists(response.status())) {
    // The same request may have been answered a moment ago.
    response = store::InTransaction(*parts_.pool, options, create_once);
  }
  if (response.ok() && !request.validate_only()) parts_.on_access_changed();
  return response;
}

absl::StatusOr<v1::Organization> BooksHandlers::GetOrganization(
    CallScope& call, const v1::GetOrganizationRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"organizations"}, "name"));
  const absl::StatusOr<store::Organization> found = store::InTransaction(
      *parts_.pool, ReadingRegistry(call),
      [&](store::TransactionScope& scope) { return store::FindOrganization(scope, ids[0]); });
  if (!found.ok()) return PrefixField(found.status(), "name");
  return OrganizationToProto(*found);
}

absl::StatusOr<v1::ListOrganizationsResponse> BooksHandlers::ListOrganizations(
    CallScope& call, const v1::ListOrganizationsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<store::Organization> found,
      store::InTransaction(
          *parts_.pool, ReadingRegistry(call),
          [&](store::TransactionScope& scope) -> absl::StatusOr<std::vector<store::Organization>> {
            if (call.access.platform_operator) {
              return store::ListOrganizations(scope, after, size + 1);
            }
            return OrganizationsOf(scope, call.access.memberships, after, size + 1);
          }));
  v1::ListOrganizationsResponse response;
  for (const store::Organization& organization : found) {
    if (response.organizations_size() == size) {
      response.set_next_page_token(
          MakePageToken(request, found[static_cast<std::size_t>(size) - 1].slug));
      break;
    }
    *response.add_organizations() = OrganizationToProto(organization);
  }
  return response;
}

absl::StatusOr<v1::Book> BooksHandlers::CreateBook(CallScope& call,
                                                   const v1::CreateBookRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, parts_.directory->Organization(call));
  LUMBUNG_RETURN_IF_ERROR(ValidateSlug(request.book_id(), "book_id"));
  LUMBUNG_ASSIGN_OR_RETURN(store::NewBook book, NewBookFromProto(request));
  book.uid = NewUid();
  const auto create = [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Book> {
    LUMBUNG_ASSIGN_OR_RETURN(const store::BookRecord created, store::CreateBook(scope, book));
    return BookToProto(created);
  };
  return RunChange<v1::Book>(*parts_.pool, call, organization, request,
                             audit::Audited(call, request, create));
}

absl::StatusOr<v1::Book> BooksHandlers::GetBook(CallScope& call,
                                                const v1::GetBookRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.name(), {"books"}, "name"));
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, parts_.directory->Organization(call));
  const absl::StatusOr<store::BookRecord> found = store::InTransaction(
      *parts_.pool, {organization, store::Access::kReadOnly, call.deadline},
      [&](store::TransactionScope& scope) { return store::GetBook(scope, ids[0]); });
  if (!found.ok()) return PrefixField(found.status(), "name");
  return BookToProto(*found);
}

absl::StatusOr<v1::ListBooksResponse> BooksHandlers::ListBooks(
    CallScope& call, const v1::ListBooksRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const int size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string after, ReadPageToken(request, request.page_token()));
  LUMBUNG_ASSIGN_OR_RETURN(const OrganizationId organization, parts_.directory->Organization(call));
  LUMBUNG_ASSIGN_OR_RETURN(
      const std::vector<store::BookRecord> found,
      store::InTransaction(*parts_.pool, {organization, store::Access::kReadOnly, call.deadline},
                           [&](store::TransactionScope& scope) {
                             return store::ListBooks(scope, after, size + 1);
                           }));
  v1::ListBooksResponse response;
  for (const store::BookRecord& record : found) {
    if (response.books_size() == size) {
      response.set_next_page_token(
          MakePageToken(request, found[static_cast<std::size_t>(size) - 1].book.slug));
      break;
    }
    *response.add_books() = BookToProto(record);
  }
  return response;
}

absl::StatusOr<v1::Book> BooksHandlers::UpdateBook(CallScope& call,
                                                   const v1::UpdateBookRequest& request) {
  LUMBUNG_RETURN_IF_ERROR(
      CheckUpdatePaths(request.book(), request.update_paths(), {"display_name"}));
  LUMBUNG_ASSIGN_OR_RETURN(const std::vector<std::string> ids,
                           ParseResourceName(request.book().name(), {"books"}, "book.name"));
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey book,
                           parts_.directory->BookById(call, ids[0], "book.name"));
  return ChangeBook<v1::Book>(
      call, book, request, [&](store::TransactionScope& scope) -> absl::StatusOr<v1::Book> {
        const absl::StatusOr<store::BookRecord> renamed =
            store::RenameBook(scope, ids[0], request.book().etag(), request.book().display_name());
        if (!renamed.ok()) return PrefixField(renamed.status(), "book.");
        return BookToProto(*renamed);
      });
}

absl::StatusOr<v1::ListChartTemplatesResponse> BooksHandlers::ListChartTemplates(
    CallScope&, const v1::ListChartTemplatesRequest&) {
  v1::ListChartTemplatesResponse response;
  for (const ChartTemplate& chart : ChartTemplates()) {
    *response.add_chart_templates() = ChartTemplateToProto(chart);
  }
  return response;
}

}  // namespace lumbung::ledger::api
