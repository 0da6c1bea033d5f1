#include "tests/auditor/auditor.h"

#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "tests/auditor/chart.h"
#include "tests/auditor/compare.h"
#include "tests/auditor/invariants.h"

namespace lumbung::auditor {
namespace {

constexpr int kStepsBetweenComparisons = 50;

std::string NameOf(const StreamCall& /*call*/) {
  return "StreamJournalEntriesRequest";
}
std::string NameOf(const google::protobuf::Message& request) {
  return request.GetDescriptor()->name();
}

template <typename Request>
constexpr bool kHasBookAnswer = std::is_same_v<Request, v1::CreateJournalEntryRequest> ||
                                std::is_same_v<Request, v1::BatchCreateJournalEntriesRequest> ||
                                std::is_same_v<Request, v1::ReverseJournalEntryRequest> ||
                                std::is_same_v<Request, v1::CloseFiscalYearRequest> ||
                                std::is_same_v<Request, v1::ClosePeriodRequest> ||
                                std::is_same_v<Request, v1::ReopenPeriodRequest> ||
                                std::is_same_v<Request, v1::CreateBalanceAssertionRequest>;

// Whether the answer to a request id is kept apart from the entries.
template <typename Request>
constexpr bool kIsRemembered = std::is_same_v<Request, v1::CloseFiscalYearRequest> ||
                               std::is_same_v<Request, v1::ClosePeriodRequest> ||
                               std::is_same_v<Request, v1::ReopenPeriodRequest> ||
                               std::is_same_v<Request, v1::CreateBalanceAssertionRequest> ||
                               std::is_same_v<Request, v1::CreateExchangeRateRequest> ||
                               std::is_same_v<Request, v1::UpdateAccountRequest> ||
                               std::is_same_v<Request, v1::UpdateFundRequest>;

}  // namespace

absl::StatusOr<std::unique_ptr<Auditor>> Auditor::Begin(Stack* stack,
                                                        const std::string& organization,
                                                        const std::string& book,
                                                        std::uint32_t seed) {
  auto auditor =
      std::unique_ptr<Auditor>(new Auditor(stack, organization, AuditedBook(book), seed));
  const std::string failure = CreateOnServer(*auditor->client_, auditor->model_.book());
  if (!failure.empty()) return absl::InternalError(absl::StrCat("no book: ", failure));
  return auditor;
}

Auditor::Auditor(Stack* stack, std::string organization, Book book, std::uint32_t seed)
    : stack_(stack),
      organization_(std::move(organization)),
      seed_(seed),
      model_(std::move(book)),
      generator_(seed, &model_.book()) {
  Connect();
}

void Auditor::Connect() {
  client_ = std::make_unique<Client>(stack_->Connect(), organization_);
}

absl::Status Auditor::Run(int steps) {
  for (int i = 0; i < steps; ++i) LUMBUNG_RETURN_IF_ERROR(Step());
  return absl::OkStatus();
}

absl::Status Auditor::Step() {
  ++steps_;
  const Command command = generator_.Next();
  absl::Status status = std::visit(
      [&](const auto& request) { return Put(request, command.adjuster); }, command.request);
  if (status.ok()) status = CompareTrialBalances();
  if (status.ok() && steps_ % kStepsBetweenComparisons == 0) status = CompareBooks();
  if (status.ok()) return status;
  return absl::InternalError(absl::StrCat("LUMBUNG_SEED=", seed_, ", step ", steps_, ", ",
                                          Describe(command), "\n", status.message()));
}

template <typename Request>
absl::Status Auditor::Put(const Request& request, bool adjuster) {
  const auto expected = model_.Expect(request, adjuster);
  const auto actual = client_->Call(request, adjuster);
  ++outcomes_[absl::StrCat(NameOf(request), " ", actual.refused() ? actual.reason : "ok")];
  LUMBUNG_RETURN_IF_ERROR(Compare("the answer", expected, actual));
  return actual.refused() ? absl::OkStatus() : Learn(request, actual.message);
}

absl::Status Auditor::Put(Housekeeping kind, bool /*adjuster*/) {
  if (kind == Housekeeping::kFoldTurnover) {
    return stack_->Fold(organization_, model_.book().name.substr(sizeof("books/") - 1));
  }
  LUMBUNG_RETURN_IF_ERROR(stack_->Restart());
  Connect();
  return absl::OkStatus();
}

template <typename Request, typename Response>
absl::Status Auditor::Learn(const Request& request, const Response& response) {
  if constexpr (std::is_same_v<Request, StreamCall>) {
    // The results say too little of the entries: ask for them.
    for (const auto& result : response.results()) {
      if (!result.reason().empty()) continue;
      v1::GetJournalEntryRequest get;
      get.set_name(result.name());
      const auto actual = client_->Call(get, false);
      LUMBUNG_RETURN_IF_ERROR(Compare("a streamed entry", model_.Expect(get, false), actual));
      model_.Witness(actual.message);
    }
  }
  if constexpr (kHasBookAnswer<Request>) model_.Witness(response);
  if constexpr (kIsRemembered<Request>) model_.Remember(request, response);
  return absl::OkStatus();
}

template <typename Response>
absl::Status Auditor::Compare(const std::string& of, Answer<Response> expected,
                              const Answer<Response>& actual) {
  const auto outcome = [](const std::string& reason) { return reason.empty() ? "ok" : reason; };
  if (expected.reason != actual.reason) {
    return absl::InternalError(absl::StrCat(of, ": expected ", outcome(expected.reason), ", got ",
                                            outcome(actual.reason), "\n",
                                            actual.message.ShortDebugString()));
  }
  if (actual.refused()) return absl::OkStatus();
  FillIn(actual.message, &expected.message);
  const std::string difference = Difference(expected.message, actual.message);
  if (difference.empty()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(of, " (expected -> got):\n", difference));
}

absl::Status Auditor::CompareTrialBalances() {
  v1::ListBalancesRequest request;
  request.set_parent(model_.book().name);
  return Compare("the trial balance", model_.Expect(request, false), client_->Call(request, false));
}

absl::Status Auditor::CompareHeads() {
  const Book& book = model_.book();
  v1::GetBookRequest request;
  request.set_name(book.name);
  const Answer<v1::Book> actual = client_->Call(request);
  Answer<v1::Book> expected = {"", actual.message};
  expected.message.set_last_sequence(static_cast<std::int64_t>(book.entries.size()));
  expected.message.set_hard_closed_through(
      book.hard_closed_through.empty() ? "" : LastDayOf(book.hard_closed_through));
  return Compare("the book", expected, actual);
}

absl::Status Auditor::CompareBooks() {
  LUMBUNG_RETURN_IF_ERROR(CompareHeads());
  v1::ListBalancesRequest balances;
  balances.set_parent(model_.book().name);
  balances.set_group_by_fund(true);
  for (const auto& [dimension, values] : model_.book().dimensions) {
    balances.add_group_by_dimensions(dimension);
  }
  LUMBUNG_RETURN_IF_ERROR(Compare("the balances by fund and dimension",
                                  model_.Expect(balances, false), client_->Call(balances, false)));
  v1::ListBalanceAssertionsRequest assertions;
  assertions.set_parent(model_.book().name);
  LUMBUNG_RETURN_IF_ERROR(Compare("the assertions", model_.Expect(assertions, false),
                                  client_->Call(assertions, false)));
  v1::ListPeriodsRequest periods;
  periods.set_parent(model_.book().name);
  const auto actual_periods = client_->Call(periods, false);
  LUMBUNG_RETURN_IF_ERROR(Compare("the periods", model_.Expect(periods, false), actual_periods));
  v1::ListJournalEntriesRequest entries;
  entries.set_parent(model_.book().name);
  entries.set_page_size(1'000);
  const auto actual_entries = client_->Call(entries, false);
  LUMBUNG_RETURN_IF_ERROR(Compare("the journal", model_.Expect(entries, false), actual_entries));
  const std::string broken = FindBrokenInvariant(actual_entries.message.journal_entries(),
                                                 actual_periods.message.periods());
  return broken.empty() ? absl::OkStatus() : absl::InternalError(broken);
}

}  // namespace lumbung::auditor
