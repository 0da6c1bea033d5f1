#include "services/ledger/api/books_service.h"

#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "services/common/unary_method.h"

#define LUMBUNG_METHOD(method, response_type) \
  LUMBUNG_UNARY_METHOD("lumbung.ledger.v1.BooksService", method, response_type, handlers_)

namespace lumbung::ledger::api {
namespace {

class BooksServiceImpl final : public v1::BooksService::CallbackService {
 public:
  BooksServiceImpl(GrpcAdapter* adapter, BooksHandlers* handlers)
      : adapter_(adapter), handlers_(handlers) {}

  LUMBUNG_METHOD(CreateOrganization, Organization)
  LUMBUNG_METHOD(GetOrganization, Organization)
  LUMBUNG_METHOD(ListOrganizations, ListOrganizationsResponse)
  LUMBUNG_METHOD(CreateBook, Book)
  LUMBUNG_METHOD(GetBook, Book)
  LUMBUNG_METHOD(ListBooks, ListBooksResponse)
  LUMBUNG_METHOD(UpdateBook, Book)
  LUMBUNG_METHOD(ListChartTemplates, ListChartTemplatesResponse)
  LUMBUNG_METHOD(CreateAccount, Account)
  LUMBUNG_METHOD(GetAccount, Account)
  LUMBUNG_METHOD(ListAccounts, ListAccountsResponse)
  LUMBUNG_METHOD(UpdateAccount, Account)
  LUMBUNG_METHOD(CreateDimension, Dimension)
  LUMBUNG_METHOD(GetDimension, Dimension)
  LUMBUNG_METHOD(ListDimensions, ListDimensionsResponse)
  LUMBUNG_METHOD(UpdateDimension, Dimension)
  LUMBUNG_METHOD(CreateDimensionValue, DimensionValue)
  LUMBUNG_METHOD(GetDimensionValue, DimensionValue)
  LUMBUNG_METHOD(ListDimensionValues, ListDimensionValuesResponse)
  LUMBUNG_METHOD(UpdateDimensionValue, DimensionValue)
  LUMBUNG_METHOD(CreateFund, Fund)
  LUMBUNG_METHOD(GetFund, Fund)
  LUMBUNG_METHOD(ListFunds, ListFundsResponse)
  LUMBUNG_METHOD(UpdateFund, Fund)
  LUMBUNG_METHOD(CreateCurrency, Currency)
  LUMBUNG_METHOD(GetCurrency, Currency)
  LUMBUNG_METHOD(ListCurrencies, ListCurrenciesResponse)
  LUMBUNG_METHOD(UpdateCurrency, Currency)
  LUMBUNG_METHOD(CreateExchangeRate, ExchangeRate)
  LUMBUNG_METHOD(GetExchangeRate, ExchangeRate)
  LUMBUNG_METHOD(ListExchangeRates, ListExchangeRatesResponse)

 private:
  GrpcAdapter* const adapter_;
  BooksHandlers* const handlers_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeBooksService(GrpcAdapter* adapter, BooksHandlers* handlers) {
  return std::make_unique<BooksServiceImpl>(adapter, handlers);
}

}  // namespace lumbung::ledger::api
