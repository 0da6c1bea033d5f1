#include "services/ledger/api/assertion_handlers.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"
#include "ledger/store/assertion_store.h"
#include "services/common/entry_conversion.h"
#include "services/common/page_token.h"
#include "services/ledger/api/filters.h"

namespace lumbung::ledger::api {
namespace {

v1::BalanceAssertion AssertionToProto(const BookSnapshot& book,
                                      const store::BalanceAssertion& assertion) {
  v1::BalanceAssertion out;
  out.set_name(absl::StrCat("books/", book.book().slug, "/assertions/", assertion.id));
  out.set_account(book.FindAccount(assertion.account)->key);
  out.set_include_descendants(assertion.include_descendants);
  out.set_date(assertion.date.ToString());
  out.mutable_expected()->set_amount(assertion.expected.ToString());
  out.mutable_expected()->set_currency(book.FindCurrency(assertion.currency)->code);
  if (assertion.fund.has_value()) out.set_fund(book.FindFund(*assertion.fund)->key);
  out.set_source(assertion.source);
  *out.mutable_record_time() = TimestampOf(assertion.recorded_at);
  return out;
}

absl::StatusOr<store::BalanceAssertion> AssertionFromProto(const BookSnapshot& book,
                                                           const v1::BalanceAssertion& proto) {
  store::BalanceAssertion assertion;
  LUMBUNG_ASSIGN_OR_RETURN(const Account* account,
                           AccountFromKey(book, proto.account(), "account"));
  assertion.account = account->id;
  assertion.include_descendants = proto.include_descendants();
  LUMBUNG_ASSIGN_OR_RETURN(assertion.date, DateFromText(proto.date(), "date"));
  LUMBUNG_ASSIGN_OR_RETURN(const Decimal expected,
                           AmountFromText(proto.expected().amount(), "expected.amount"));
  LUMBUNG_ASSIGN_OR_RETURN(
      const Currency* currency,
      CurrencyFromCode(book, proto.expected().currency(), "expected.currency"));
  assertion.currency = currency->id;
  const absl::StatusOr<Decimal> scaled = expected.WithScale(currency->scale);
  if (!scaled.ok()) {
    return InvalidArgument("SCALE_EXCEEDED", "expected.amount",
                           absl::StrCat("found ", expected.ToString(), "; ", currency->code,
                                        " has at most ", currency->scale, " decimals"));
  }
  assertion.expected = *scaled;
  if (!proto.fund().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Fund* fund, FundFromKey(book, proto.fund(), "fund"));
    assertion.fund = fund->id;
  }
  LUMBUNG_RETURN_IF_ERROR(ValidateName(proto.source(), "source"));
  assertion.source = proto.source();
  return assertion;
}

// A refusal of the assertion itself; those of the call as a whole say so by their field.
absl::Status OfAssertion(const absl::Status& status) {
  return FieldOf(status).empty() ? status : PrefixField(status, "assertion.");
}

}  // namespace

absl::StatusOr<v1::BalanceAssertion> AssertionHandlers::CreateBalanceAssertion(
    CallScope& call, const v1::CreateBalanceAssertionRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const BookAccess::Snapshot book, books_->Current(call, key));
  const absl::StatusOr<store::BalanceAssertion> assertion =
      AssertionFromProto(*book, request.assertion());
  if (!assertion.ok()) return OfAssertion(assertion.status());
  return books_->Change<v1::BalanceAssertion>(
      call, key, request,
      [&](store::TransactionScope& scope) -> absl::StatusOr<v1::BalanceAssertion> {
        const absl::StatusOr<store::BalanceAssertion> stored =
            store::CreateAssertion(scope, key, *assertion);
        if (!stored.ok()) return OfAssertion(stored.status());
        return AssertionToProto(*book, *stored);
      });
}

absl::StatusOr<v1::ListBalanceAssertionsResponse> AssertionHandlers::ListBalanceAssertions(
    CallScope& call, const v1::ListBalanceAssertionsRequest& request) {
  LUMBUNG_ASSIGN_OR_RETURN(const BookKey key, books_->Parent(call, request.parent()));
  LUMBUNG_ASSIGN_OR_RETURN(const int page_size, PageSize(request.page_size()));
  LUMBUNG_ASSIGN_OR_RETURN(const std::string position,
                           ReadPageToken(request, request.page_token()));
  std::int32_t after = 0;
  if (!position.empty() && !absl::SimpleAtoi(position, &after)) {
    return InvalidArgument("INVALID_PAGE_TOKEN", "page_token", "the page token is damaged");
  }
  return books_->Read(
      call, key,
      [&](store::TransactionScope& scope,
          const BookSnapshot& book) -> absl::StatusOr<v1::ListBalanceAssertionsResponse> {
        std::optional<AccountId> account;
        if (!request.account().empty()) {
          LUMBUNG_ASSIGN_OR_RETURN(const Account* found,
                                   AccountFromKey(book, request.account(), "account"));
          account = found->id;
        }
        // One more than the page holds tells whether there is another page.
        LUMBUNG_ASSIGN_OR_RETURN(std::vector<store::BalanceAssertion> assertions,
                                 store::ListAssertions(scope, key, account, after, page_size + 1));
        v1::ListBalanceAssertionsResponse response;
        if (assertions.size() > static_cast<std::size_t>(page_size)) {
          assertions.pop_back();
          response.set_next_page_token(MakePageToken(request, absl::StrCat(assertions.back().id)));
        }
        for (const store::BalanceAssertion& assertion : assertions) {
          *response.add_assertions() = AssertionToProto(book, assertion);
        }
        return response;
      });
}

}  // namespace lumbung::ledger::api
