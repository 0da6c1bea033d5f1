// The calls of BooksService: organizations, books, and what a book is made of. Each is a
// straight-line function that blocks on the database; the adapter runs it on a worker.
#ifndef LUMBUNG_SERVICES_LEDGER_API_BOOKS_HANDLERS_H_
#define LUMBUNG_SERVICES_LEDGER_API_BOOKS_HANDLERS_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "ledger/core/book_snapshot.h"
#include "ledger/store/connection_pool.h"
#include "ledger/store/transaction.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "services/common/book_directory.h"
#include "services/common/call_scope.h"
#include "services/common/change.h"
#include "services/identity/store/audited.h"

namespace lumbung::ledger::api {

class BooksHandlers {
 public:
  // All outlive the handlers.
  struct Parts {
    store::ConnectionPool* pool = nullptr;
    BookDirectory* directory = nullptr;
    // The book as it is now.
    std::function<absl::StatusOr<std::shared_ptr<const BookSnapshot>>(BookKey, absl::Time deadline)>
        snapshot;
    // Told after a change of the book is committed.
    std::function<void(BookKey)> on_book_changed;
    std::function<void(char* bytes, std::size_t count)> random_bytes;
    // Told after somebody was given a role.
    std::function<void()> on_access_changed = [] {};
  };

  explicit BooksHandlers(Parts parts) : parts_(std::move(parts)) {}

  // Named like the calls; their reasons stand in books_service.proto.
  absl::StatusOr<v1::Organization> CreateOrganization(CallScope& call,
                                                      const v1::CreateOrganizationRequest& request);
  absl::StatusOr<v1::Organization> GetOrganization(CallScope& call,
                                                   const v1::GetOrganizationRequest& request);
  absl::StatusOr<v1::ListOrganizationsResponse> ListOrganizations(
      CallScope& call, const v1::ListOrganizationsRequest& request);

  absl::StatusOr<v1::Book> CreateBook(CallScope& call, const v1::CreateBookRequest& request);
  absl::StatusOr<v1::Book> GetBook(CallScope& call, const v1::GetBookRequest& request);
  absl::StatusOr<v1::ListBooksResponse> ListBooks(CallScope& call,
                                                  const v1::ListBooksRequest& request);
  absl::StatusOr<v1::Book> UpdateBook(CallScope& call, const v1::UpdateBookRequest& request);
  absl::StatusOr<v1::ListChartTemplatesResponse> ListChartTemplates(
      CallScope& call, const v1::ListChartTemplatesRequest& request);

  absl::StatusOr<v1::Account> CreateAccount(CallScope& call,
                                            const v1::CreateAccountRequest& request);
  absl::StatusOr<v1::Account> GetAccount(CallScope& call, const v1::GetAccountRequest& request);
  absl::StatusOr<v1::ListAccountsResponse> ListAccounts(CallScope& call,
                                                        const v1::ListAccountsRequest& request);
  absl::StatusOr<v1::Account> UpdateAccount(CallScope& call,
                                            const v1::UpdateAccountRequest& request);

  absl::StatusOr<v1::Dimension> CreateDimension(CallScope& call,
                                                const v1::CreateDimensionRequest& request);
  absl::StatusOr<v1::Dimension> GetDimension(CallScope& call,
                                             const v1::GetDimensionRequest& request);
  absl::StatusOr<v1::ListDimensionsResponse> ListDimensions(
      CallScope& call, const v1::ListDimensionsRequest& request);
  absl::StatusOr<v1::Dimension> UpdateDimension(CallScope& call,
                                                const v1::UpdateDimensionRequest& request);
  absl::StatusOr<v1::DimensionValue> CreateDimensionValue(
      CallScope& call, const v1::CreateDimensionValueRequest& request);
  absl::StatusOr<v1::DimensionValue> GetDimensionValue(CallScope& call,
                                                       const v1::GetDimensionValueRequest& request);
  absl::StatusOr<v1::ListDimensionValuesResponse> ListDimensionValues(
      CallScope& call, const v1::ListDimensionValuesRequest& request);
  absl::StatusOr<v1::DimensionValue> UpdateDimensionValue(
      CallScope& call, const v1::UpdateDimensionValueRequest& request);

  absl::StatusOr<v1::Fund> CreateFund(CallScope& call, const v1::CreateFundRequest& request);
  absl::StatusOr<v1::Fund> GetFund(CallScope& call, const v1::GetFundRequest& request);
  absl::StatusOr<v1::ListFundsResponse> ListFunds(CallScope& call,
                                                  const v1::ListFundsRequest& request);
  absl::StatusOr<v1::Fund> UpdateFund(CallScope& call, const v1::UpdateFundRequest& request);

  absl::StatusOr<v1::Currency> CreateCurrency(CallScope& call,
                                              const v1::CreateCurrencyRequest& request);
  absl::StatusOr<v1::Currency> GetCurrency(CallScope& call, const v1::GetCurrencyRequest& request);
  absl::StatusOr<v1::ListCurrenciesResponse> ListCurrencies(
      CallScope& call, const v1::ListCurrenciesRequest& request);
  absl::StatusOr<v1::Currency> UpdateCurrency(CallScope& call,
                                              const v1::UpdateCurrencyRequest& request);

  absl::StatusOr<v1::ExchangeRate> CreateExchangeRate(CallScope& call,
                                                      const v1::CreateExchangeRateRequest& request);
  absl::StatusOr<v1::ExchangeRate> GetExchangeRate(CallScope& call,
                                                   const v1::GetExchangeRateRequest& request);
  absl::StatusOr<v1::ListExchangeRatesResponse> ListExchangeRates(
      CallScope& call, const v1::ListExchangeRatesRequest& request);

 private:
  using Snapshot = std::shared_ptr<const BookSnapshot>;

  struct NamedBook {
    BookKey key;
    std::string id;
  };

  // The book that a request names as the parent of a part.
  absl::StatusOr<NamedBook> BookOf(const CallScope& call, const std::string& parent);
  // The same as it is now.
  absl::StatusOr<Snapshot> SnapshotOf(const CallScope& call, const std::string& parent);
  // The book that a part's name such as `books/main/funds/umum` begins with, as it is now, and the
  // part's id.
  absl::StatusOr<std::pair<Snapshot, std::string>> FindPart(const CallScope& call,
                                                            const std::string& name,
                                                            absl::string_view collection);
  std::string NewUid() const;

  // RunChange on a part of the book; the posting side is told when it is committed.
  template <typename Response, typename Request, typename Body>
  absl::StatusOr<Response> ChangeBook(const CallScope& call, BookKey book, const Request& request,
                                      const Body& body) {
    absl::StatusOr<Response> response = RunChange<Response>(
        *parts_.pool, call, book.organization, request, audit::Audited(call, request, body));
    // Told even when the outcome is unknown: forgetting a book costs one read.
    if (!request.validate_only()) parts_.on_book_changed(book);
    return response;
  }

  const Parts parts_;
};

}  // namespace lumbung::ledger::api

#endif  // LUMBUNG_SERVICES_LEDGER_API_BOOKS_HANDLERS_H_
