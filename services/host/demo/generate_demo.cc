#include "services/host/demo/generate_demo.h"

#include <utility>
#include <vector>

#include <grpcpp/client_context.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "ledger/core/status.h"
#include "lumbung/identity/v1/identity_service.grpc.pb.h"
#include "lumbung/ledger/v1/books_service.grpc.pb.h"
#include "lumbung/ledger/v1/ledger_service.grpc.pb.h"
#include "services/common/access.h"
#include "services/common/error_mapping.h"
#include "services/host/demo/chart_codes.h"
#include "services/host/demo/demo_plan.h"
#include "services/host/demo/foundation.h"

namespace lumbung::demo {
namespace {

constexpr absl::Duration kCallTimeout = absl::Seconds(60);

std::string BookName() {
  return absl::StrCat("books/", kBook);
}

// "demo-rate-2025-01-31": the same for the same thing, for ever.
constexpr absl::Duration kSealPause = absl::Milliseconds(200);

template <typename... Parts>
std::string RequestId(const Parts&... parts) {
  return absl::StrCat("demo-", parts...);
}

class Generator {
 public:
  Generator(const std::shared_ptr<grpc::ChannelInterface>& channel, OpenSession open_session)
      : open_session_(std::move(open_session)),
        books_(v1::BooksService::NewStub(channel)),
        ledger_(v1::LedgerService::NewStub(channel)),
        identity_(identity::v1::IdentityService::NewStub(channel)) {}

  absl::StatusOr<DemoResult> Generate(absl::string_view founder, const DemoProgress& progress);

 private:
  using Books = v1::BooksService::StubInterface;
  using Ledger = v1::LedgerService::StubInterface;
  using Identity = identity::v1::IdentityService::StubInterface;

  template <typename Api, typename Request, typename Response>
  absl::StatusOr<Response> Call(grpc::Status (Api::*method)(grpc::ClientContext*, const Request&,
                                                            Response*),
                                const Request& request) {
    grpc::ClientContext context;
    if (!for_platform_) context.AddMetadata(kOrganizationMetadata, std::string(kOrganization));
    context.AddMetadata(kAuthorizationMetadata, absl::StrCat("Bearer ", token_));
    context.set_deadline(absl::ToChronoTime(absl::Now() + kCallTimeout));
    Response response;
    const grpc::Status status =
        (StubOf(static_cast<Api*>(nullptr)).*method)(&context, request, &response);
    if (!status.ok()) return FromGrpcStatus(status);
    return response;
  }
  // Again and again while the sealer has not come to the newest entries.
  template <typename Method, typename Request>
  auto CallWhenSealed(Method method, const Request& request) {
    const absl::Time give_up = absl::Now() + kCallTimeout;
    while (true) {
      auto response = Call(method, request);
      if (ReasonOf(response.status()) != "NOT_SEALED" || absl::Now() > give_up) return response;
      absl::SleepFor(kSealPause);
    }
  }
  // Creates what may be there already, from the chart template or from a call before this one.
  template <typename Api, typename Request, typename Response>
  absl::Status Ensure(grpc::Status (Api::*method)(grpc::ClientContext*, const Request&, Response*),
                      const Request& request) {
    const absl::Status status = Call(method, request).status();
    return absl::IsAlreadyExists(status) && ReasonOf(status) == "ALREADY_EXISTS" ? absl::OkStatus()
                                                                                 : status;
  }

  // The calls that follow are made by this person.
  absl::Status ActAs(absl::string_view user_name) {
    LUMBUNG_ASSIGN_OR_RETURN(token_, open_session_(user_name));
    return absl::OkStatus();
  }
  absl::Status Found();
  absl::Status CreatePeople();
  absl::Status SetUp();
  absl::Status CreateFunds();
  absl::Status CreateDimensionValues();
  absl::Status CreateRates();
  absl::Status Post(const DemoMonth& month);
  absl::Status CloseYearAndPeriods();
  absl::StatusOr<std::int64_t> CountEntries();

  Books& StubOf(Books*) { return *books_; }
  Ledger& StubOf(Ledger*) { return *ledger_; }
  Identity& StubOf(Identity*) { return *identity_; }

  const OpenSession open_session_;
  std::string token_;
  // Founding an organization is a matter of the platform.
  bool for_platform_ = false;
  std::vector<DemoResult::Person> people_;

  std::unique_ptr<Books> books_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Identity> identity_;
};

absl::StatusOr<DemoResult> Generator::Generate(absl::string_view founder,
                                               const DemoProgress& progress) {
  const std::vector<DemoMonth> months = PlanDemo();
  const int total = static_cast<int>(months.size()) + 2;
  int done = 0;
  progress(kOrganizationName, done++, total);
  LUMBUNG_RETURN_IF_ERROR(ActAs(founder));
  LUMBUNG_RETURN_IF_ERROR(Found());
  LUMBUNG_RETURN_IF_ERROR(CreatePeople());
  LUMBUNG_RETURN_IF_ERROR(ActAs(kFinanceOfficer));
  LUMBUNG_RETURN_IF_ERROR(SetUp());
  LUMBUNG_ASSIGN_OR_RETURN(const std::int64_t entries_before, CountEntries());
  for (const DemoMonth& month : months) {
    progress(MonthName(month.first), done++, total);
    LUMBUNG_RETURN_IF_ERROR(Post(month));
  }
  progress("Tutup buku", done++, total);
  LUMBUNG_RETURN_IF_ERROR(ActAs(kManager));
  LUMBUNG_RETURN_IF_ERROR(CloseYearAndPeriods());
  DemoResult result{std::string(kOrganization), std::string(kBook), 0, 0, std::move(people_)};
  LUMBUNG_ASSIGN_OR_RETURN(result.entries, CountEntries());
  result.posted = result.entries - entries_before;
  return result;
}

absl::Status Generator::Found() {
  v1::CreateOrganizationRequest organization;
  organization.set_organization_id(std::string(kOrganization));
  organization.set_display_name(std::string(kOrganizationName));
  organization.set_request_id(RequestId("organization"));
  for_platform_ = true;
  const absl::Status founded = Ensure(&Books::CreateOrganization, organization);
  for_platform_ = false;
  return founded;
}

absl::Status Generator::CreatePeople() {
  for (const DemoPerson& person : People()) {
    identity::v1::CreatePersonRequest request;
    request.set_user_name(std::string(person.user_name));
    request.set_display_name(std::string(person.name));
    const absl::StatusOr<identity::v1::CreatePersonResponse> created =
        Call(&Identity::CreatePerson, request);
    if (!created.ok() && ReasonOf(created.status()) != "ALREADY_EXISTS") return created.status();
    std::vector<absl::string_view> roles(person.roles.begin(), person.roles.end());
    if (roles.back().empty()) roles.pop_back();
    for (const absl::string_view role : roles) {
      identity::v1::GrantRoleRequest grant;
      grant.set_user_name(std::string(person.user_name));
      grant.set_role(std::string(role));
      LUMBUNG_RETURN_IF_ERROR(Ensure(&Identity::GrantRole, grant));
    }
    if (!created.ok()) continue;
    people_.push_back({std::string(person.user_name), std::string(person.name),
                       absl::StrJoin(roles, ", "), created->one_time_password()});
  }
  return absl::OkStatus();
}

absl::Status Generator::SetUp() {
  v1::CreateBookRequest book;
  book.set_book_id(std::string(kBook));
  book.set_display_name(std::string(kBookName));
  book.set_functional_currency("IDR");
  book.set_fiscal_year_start_month(1);
  book.set_chart_template(std::string(kChart));
  book.set_request_id(RequestId("book"));
  LUMBUNG_RETURN_IF_ERROR(Ensure(&Books::CreateBook, book));

  v1::CreateCurrencyRequest dollar;
  dollar.set_parent(BookName());
  dollar.mutable_currency()->set_code("USD");
  dollar.set_request_id(RequestId("currency"));
  LUMBUNG_RETURN_IF_ERROR(Ensure(&Books::CreateCurrency, dollar));

  LUMBUNG_RETURN_IF_ERROR(CreateFunds());
  LUMBUNG_RETURN_IF_ERROR(CreateDimensionValues());
  return CreateRates();
}

absl::Status Generator::CreateFunds() {
  for (const DemoFund& fund : Funds()) {
    v1::CreateFundRequest request;
    request.set_parent(BookName());
    request.mutable_fund()->set_fund_id(std::string(fund.id));
    request.mutable_fund()->set_display_name(std::string(fund.name));
    // The numbers are the same on the wire as in the library.
    request.mutable_fund()->set_restriction(
        static_cast<v1::FundRestriction>(static_cast<int>(fund.restriction)));
    request.set_request_id(RequestId("fund-", fund.id));
    LUMBUNG_RETURN_IF_ERROR(Ensure(&Books::CreateFund, request));
  }
  return absl::OkStatus();
}

absl::Status Generator::CreateDimensionValues() {
  for (const DemoValue& value : DimensionValues()) {
    v1::CreateDimensionValueRequest request;
    request.set_parent(absl::StrCat(BookName(), "/dimensions/", value.dimension));
    request.mutable_value()->set_value_id(std::string(value.id));
    request.mutable_value()->set_display_name(std::string(value.name));
    request.set_request_id(RequestId("value-", value.dimension, "-", value.id));
    LUMBUNG_RETURN_IF_ERROR(Ensure(&Books::CreateDimensionValue, request));
  }
  return absl::OkStatus();
}

absl::Status Generator::CreateRates() {
  for (const DemoRate& rate : DollarRates()) {
    v1::CreateExchangeRateRequest request;
    request.set_parent(BookName());
    request.mutable_rate()->set_base("USD");
    request.mutable_rate()->set_quote("IDR");
    request.mutable_rate()->set_date(rate.date.ToString());
    request.mutable_rate()->set_rate(absl::StrCat(rate.rupiah));
    request.mutable_rate()->set_source("demo");
    request.set_request_id(RequestId("rate-", rate.date.ToString()));
    LUMBUNG_RETURN_IF_ERROR(Call(&Books::CreateExchangeRate, request).status());
  }
  return absl::OkStatus();
}

absl::Status Generator::Post(const DemoMonth& month) {
  const std::string id = month.first.ToString().substr(0, 7);
  v1::BatchCreateJournalEntriesRequest batch;
  batch.set_parent(BookName());
  batch.mutable_journal_entries()->Add(month.entries.begin(), month.entries.end());
  batch.set_request_id(RequestId(id));
  LUMBUNG_ASSIGN_OR_RETURN(const v1::BatchCreateJournalEntriesResponse posted,
                           Call(&Ledger::BatchCreateJournalEntries, batch));
  for (const DemoReversal& reversal : month.reversals) {
    v1::ReverseJournalEntryRequest request;
    request.set_name(posted.journal_entries(static_cast<int>(reversal.entry)).name());
    request.set_effective_date(reversal.date.ToString());
    request.set_description(reversal.description);
    request.set_request_id(RequestId(id, "-reversal-", reversal.entry));
    LUMBUNG_RETURN_IF_ERROR(Call(&Ledger::ReverseJournalEntry, request).status());
  }
  for (const v1::BalanceAssertion& assertion : month.assertions) {
    v1::CreateBalanceAssertionRequest request;
    request.set_parent(BookName());
    *request.mutable_assertion() = assertion;
    request.set_request_id(RequestId(id, "-assertion-", assertion.account()));
    LUMBUNG_RETURN_IF_ERROR(Call(&Ledger::CreateBalanceAssertion, request).status());
  }
  return absl::OkStatus();
}

// The first year is closed: its first quarter for good, the rest for everyone but adjusters. What
// follows is open.
absl::Status Generator::CloseYearAndPeriods() {
  v1::CloseFiscalYearRequest year;
  year.set_parent(BookName());
  year.set_fiscal_year(kFirstYear);
  year.set_unrestricted_account(std::string(kAccumulatedSurplus));
  year.set_restricted_account(std::string(kRestrictedNetAssets));
  year.set_request_id(RequestId("close-", kFirstYear));
  LUMBUNG_RETURN_IF_ERROR(Call(&Ledger::CloseFiscalYear, year).status());

  const Date january = Date::FromCivil(kFirstYear, 1, 1).value();
  for (int month = 0; month < 12; ++month) {
    const std::string id = january.AddMonths(month).ToString().substr(0, 7);
    v1::ClosePeriodRequest request;
    request.set_name(absl::StrCat(BookName(), "/periods/", id));
    request.set_hard(month < 3);
    request.set_request_id(RequestId("close-", id));
    LUMBUNG_RETURN_IF_ERROR(CallWhenSealed(&Ledger::ClosePeriod, request).status());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::int64_t> Generator::CountEntries() {
  v1::GetBookRequest request;
  request.set_name(BookName());
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, Call(&Books::GetBook, request));
  return book.last_sequence();
}

}  // namespace

absl::StatusOr<DemoResult> GenerateDemo(const std::shared_ptr<grpc::ChannelInterface>& channel,
                                        absl::string_view founder, const OpenSession& open_session,
                                        const DemoProgress& progress) {
  return Generator(channel, open_session).Generate(founder, progress);
}

}  // namespace lumbung::demo
