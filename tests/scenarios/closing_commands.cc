// Commands that close months and years, and those that hold the book to a balance.
#include "absl/strings/str_cat.h"
#include "tests/scenarios/commands.h"

namespace lumbung::scenarios {
namespace {

absl::StatusOr<Numbers> Close(Session& session, const Step& step, bool hard) {
  v1::ClosePeriodRequest request;
  request.set_name(session.PartOf(step.words, "periods", step.words["month"]));
  request.set_hard(hard);
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Ledger::ClosePeriod, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> SoftClose(Session& session, const Step& step) {
  return Close(session, step, /*hard=*/false);
}

absl::StatusOr<Numbers> HardClose(Session& session, const Step& step) {
  return Close(session, step, /*hard=*/true);
}

absl::StatusOr<Numbers> Reopen(Session& session, const Step& step) {
  v1::ReopenPeriodRequest request;
  request.set_name(session.PartOf(step.words, "periods", step.words["month"]));
  LUMBUNG_RETURN_IF_ERROR(session.Change(&Ledger::ReopenPeriod, step.words, request).status());
  return Numbers{};
}

absl::StatusOr<Numbers> CloseYear(Session& session, const Step& step) {
  v1::CloseFiscalYearRequest request;
  request.set_parent(session.BookOf(step.words));
  LUMBUNG_ASSIGN_OR_RETURN(const int year, NumberOf(step.words, "year", 0));
  request.set_fiscal_year(year);
  request.set_unrestricted_account(step.words["unrestricted"]);
  request.set_restricted_account(step.words["restricted"]);
  LUMBUNG_ASSIGN_OR_RETURN(const v1::CloseFiscalYearResponse closed,
                           session.Change(&Ledger::CloseFiscalYear, step.words, request));
  Numbers numbers;
  if (!closed.posted()) return numbers;
  if (closed.has_reversal()) numbers.push_back(closed.reversal().number());
  if (closed.has_closing_entry()) numbers.push_back(closed.closing_entry().number());
  return numbers;
}

absl::StatusOr<Numbers> AssertBalance(Session& session, const Step& step) {
  v1::CreateBalanceAssertionRequest request;
  request.set_parent(session.BookOf(step.words));
  v1::BalanceAssertion* assertion = request.mutable_assertion();
  assertion->set_account(step.words["account"]);
  LUMBUNG_ASSIGN_OR_RETURN(const bool below, YesOf(step.words, "below"));
  assertion->set_include_descendants(below);
  assertion->set_date(step.words["date"]);
  assertion->mutable_expected()->set_amount(step.words["balance"]);
  assertion->mutable_expected()->set_currency(step.words.Has("currency") ? step.words["currency"]
                                                                         : "IDR");
  assertion->set_fund(step.words["fund"]);
  assertion->set_source(step.words["source"]);
  LUMBUNG_RETURN_IF_ERROR(
      session.Change(&Ledger::CreateBalanceAssertion, step.words, request).status());
  return Numbers{};
}

constexpr Command kCommands[] = {
    {"soft close", SoftClose}, {"hard close", HardClose},         {"reopen", Reopen},
    {"close year", CloseYear}, {"assert balance", AssertBalance},
};

}  // namespace

absl::Span<const Command> ClosingCommands() {
  return kCommands;
}

}  // namespace lumbung::scenarios
