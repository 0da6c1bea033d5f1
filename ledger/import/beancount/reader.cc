// ReadBeancount: the journal in order, booked, checked and handed to the sink.
#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ledger/core/status.h"
#include "ledger/import/beancount/booking.h"
#include "ledger/import/beancount/checks.h"
#include "ledger/import/beancount/expression.h"
#include "ledger/import/beancount/journal.h"
#include "ledger/import/beancount/pad.h"
#include "ledger/import/beancount/tolerance.h"
#include "ledger/import/readers.h"

namespace lumbung::import {
namespace beancount {
namespace {

Booker BookerFor(const Journal& journal) {
  Booker booker(journal.options());
  for (const auto& [account, booking] : journal.bookings()) booker.SetBooking(account, booking);
  return booker;
}

absl::StatusOr<BookedTransaction> Book(Booker& booker, const Transaction& transaction,
                                       const Place& place, Day date) {
  absl::StatusOr<BookedTransaction> booked = booker.Book(transaction, place, date);
  if (!booked.ok()) return At(place, booked.status());
  return booked;
}

// An accounting date. INVALID_DATE for one before 1900.
absl::StatusOr<Date> DateOf(Day day, const Place& place) {
  static const Date kFirst = *Date::FromCivil(1900, 1, 1);
  const Date date = Date::FromDays(day);
  if (date >= kFirst) return date;
  return RefusalAt(
      place, "INVALID_DATE",
      absl::StrCat("found ", date.ToString(), ", expected a date from ", kFirst.ToString(), " on"));
}

absl::StatusOr<Paddings> PlanPads(Journal& journal) {
  PadPlanner planner(journal.padded_accounts());
  Booker booker = BookerFor(journal);
  const auto plan = [&](Directive& directive, const Place& place,
                        std::size_t position) -> absl::Status {
    if (const auto* transaction = std::get_if<Transaction>(&directive.body)) {
      LUMBUNG_ASSIGN_OR_RETURN(const BookedTransaction booked,
                               Book(booker, *transaction, place, *directive.date));
      for (const BookedPosting& posting : booked.postings) {
        LUMBUNG_RETURN_IF_ERROR(planner.OnPosting(posting));
      }
    } else if (const auto* pad = std::get_if<Pad>(&directive.body)) {
      planner.OnPad(*pad, position);
    } else if (const auto* balance = std::get_if<Balance>(&directive.body)) {
      LUMBUNG_ASSIGN_OR_RETURN(const Decimal tolerance,
                               BalanceTolerance(*balance, journal.options()));
      return planner.OnBalance(*balance, tolerance, place);
    }
    return absl::OkStatus();
  };
  LUMBUNG_RETURN_IF_ERROR(journal.Visit(plan));
  return std::move(planner).Result();
}

std::string FlagText(char flag) {
  return std::string(1, flag);
}

ParsedPosting ToParsed(const BookedPosting& booked, const Place& place) {
  ParsedPosting posting;
  posting.place = Place{place.file, booked.source->line};
  posting.account = booked.source->account;
  posting.amount = ParsedAmount{booked.units, booked.currency};
  posting.amount_inferred = booked.units_inferred;
  posting.weight = ParsedAmount{booked.weight, booked.weight_currency};
  posting.tags = booked.source->metadata;
  if (booked.source->flag == '*' || booked.source->flag == '!') {
    posting.status = booked.source->flag;
  } else if (booked.source->flag != '\0') {
    posting.tags.emplace_back("flag", FlagText(booked.source->flag));
  }
  // The weight tells what a posting at cost counts for; which lot it was, and its price beside the
  // cost, would be lost otherwise.
  if (booked.cost.has_value()) {
    posting.tags.emplace_back("lot", booked.cost->ToString());
    if (booked.price.has_value()) {
      posting.tags.emplace_back(
          "price", absl::StrCat(booked.price->number.ToString(), " ", booked.price->currency));
    }
  }
  return posting;
}

// Hands the directives to the sink.
class Emitter {
 public:
  Emitter(const Journal& journal, const Paddings& paddings, JournalSink& sink)
      : journal_(journal), paddings_(paddings), booker_(BookerFor(journal)), sink_(sink) {}

  absl::Status Emit(Directive& directive, const Place& place, std::size_t position) {
    place_ = &place;
    position_ = position;
    day_ = directive.date.value_or(0);
    return std::visit([this](auto& body) { return On(body); }, directive.body);
  }

 private:
  absl::Status On(const Transaction& transaction);
  absl::Status On(const Open& open);
  absl::Status On(const Close& close) { return checks_.OnClose(close, day_, *place_); }
  absl::Status On(const Commodity& commodity);
  absl::Status On(const Balance& balance);
  absl::Status On(const Pad& pad);
  absl::Status On(const Price& price);
  absl::Status On(const Other& other);
  absl::Status On(const SetOption& option) {
    return sink_.OnUnsupported(*place_, absl::StrCat("option ", option.name));
  }
  // These have done their work when the journal was scanned.
  absl::Status On(const Include& /*include*/) { return absl::OkStatus(); }
  absl::Status On(const PushTag& /*push*/) { return absl::OkStatus(); }
  absl::Status On(const PopTag& /*pop*/) { return absl::OkStatus(); }
  absl::Status On(const PushMeta& /*push*/) { return absl::OkStatus(); }
  absl::Status On(const PopMeta& /*pop*/) { return absl::OkStatus(); }

  const Journal& journal_;
  const Paddings& paddings_;
  Booker booker_;
  Checks checks_;
  JournalSink& sink_;
  // Of the directive at hand.
  const Place* place_ = nullptr;
  std::size_t position_ = 0;
  Day day_ = 0;
};

absl::Status Emitter::On(const Transaction& transaction) {
  ParsedTransaction parsed;
  parsed.place = *place_;
  LUMBUNG_ASSIGN_OR_RETURN(parsed.date, DateOf(day_, *place_));
  parsed.payee = transaction.payee;
  parsed.description = transaction.narration;
  for (const std::string& tag : transaction.tags) parsed.tags.emplace_back(tag, "");
  for (const std::string& link : transaction.links) parsed.tags.emplace_back("link", link);
  parsed.tags.insert(parsed.tags.end(), transaction.metadata.begin(), transaction.metadata.end());
  if (transaction.flag == '*' || transaction.flag == '!') {
    parsed.status = transaction.flag;
  } else {
    parsed.tags.emplace_back("flag", FlagText(transaction.flag));
  }
  for (const Posting& posting : transaction.postings) {
    LUMBUNG_RETURN_IF_ERROR(
        checks_.OnReference(posting.account, Place{place_->file, posting.line}, false));
  }
  LUMBUNG_ASSIGN_OR_RETURN(BookedTransaction booked, Book(booker_, transaction, *place_, day_));
  for (const BookedPosting& posting : booked.postings) {
    LUMBUNG_RETURN_IF_ERROR(checks_.OnAmount(posting.source->account, posting.currency,
                                             Place{place_->file, posting.source->line}));
    parsed.postings.push_back(ToParsed(posting, *place_));
  }
  if (parsed.postings.empty()) {
    return sink_.OnUnsupported(*place_, "transaction without postings");
  }
  parsed.residue = std::move(booked.residue);
  return sink_.OnTransaction(std::move(parsed));
}

absl::Status Emitter::On(const Open& open) {
  LUMBUNG_RETURN_IF_ERROR(checks_.OnOpen(open, day_, *place_));
  ParsedAccount account;
  account.place = *place_;
  account.account = open.account;
  account.type = journal_.options().TypeOf(open.account);
  account.comment = absl::StrJoin(open.metadata, ", ", absl::PairFormatter(": "));
  const auto closing = journal_.closings().find(open.account);
  if (closing != journal_.closings().end()) {
    LUMBUNG_ASSIGN_OR_RETURN(account.closed_on, DateOf(closing->second, *place_));
  }
  return sink_.OnAccount(account);
}

absl::Status Emitter::On(const Commodity& commodity) {
  LUMBUNG_RETURN_IF_ERROR(checks_.OnCommodity(commodity, *place_));
  ParsedCommodity parsed;
  parsed.place = *place_;
  parsed.commodity = commodity.currency;
  for (const auto& [key, value] : commodity.metadata) {
    if (key == "name") parsed.name = value;
  }
  return sink_.OnCommodity(parsed);
}

absl::Status Emitter::On(const Balance& balance) {
  LUMBUNG_RETURN_IF_ERROR(checks_.OnBalance(balance, day_, *place_));
  ParsedAssertion assertion;
  assertion.place = *place_;
  assertion.account = balance.account;
  assertion.expected = ParsedAmount{balance.number, balance.currency};
  LUMBUNG_ASSIGN_OR_RETURN(assertion.date, DateOf(day_, *place_));
  assertion.at_start_of_day = true;
  assertion.include_descendants = true;
  const absl::StatusOr<Decimal> tolerance = BalanceTolerance(balance, journal_.options());
  if (!tolerance.ok()) return At(*place_, tolerance.status());
  assertion.tolerance = *tolerance;
  return sink_.OnAssertion(assertion);
}

absl::Status Emitter::On(const Pad& pad) {
  LUMBUNG_RETURN_IF_ERROR(checks_.OnReference(pad.account, *place_, false));
  LUMBUNG_RETURN_IF_ERROR(checks_.OnReference(pad.source_account, *place_, false));
  const auto paddings = paddings_.find(position_);
  if (paddings == paddings_.end()) return sink_.OnUnsupported(*place_, "pad without effect");
  for (const Padding& padding : paddings->second) {
    LUMBUNG_RETURN_IF_ERROR(checks_.OnAmount(pad.account, padding.currency, *place_));
    LUMBUNG_RETURN_IF_ERROR(checks_.OnAmount(pad.source_account, padding.currency, *place_));
    ParsedTransaction parsed;
    parsed.place = *place_;
    LUMBUNG_ASSIGN_OR_RETURN(parsed.date, DateOf(day_, *place_));
    parsed.description = absl::StrCat(
        "(Padding inserted for Balance of ", padding.expected.ToString(), " ", padding.currency,
        " for difference ", padding.units.ToString(), " ", padding.currency, ")");
    parsed.tags.emplace_back("flag", "P");
    for (const bool source : {false, true}) {
      ParsedPosting& posting = parsed.postings.emplace_back();
      posting.place = *place_;
      posting.account = source ? pad.source_account : pad.account;
      posting.amount =
          ParsedAmount{source ? padding.units.Negated() : padding.units, padding.currency};
      posting.amount_inferred = true;
      posting.weight = posting.amount;
    }
    LUMBUNG_RETURN_IF_ERROR(sink_.OnTransaction(std::move(parsed)));
  }
  return absl::OkStatus();
}

absl::Status Emitter::On(const Price& price) {
  ParsedPrice parsed;
  parsed.place = *place_;
  LUMBUNG_ASSIGN_OR_RETURN(parsed.date, DateOf(day_, *place_));
  parsed.commodity = price.currency;
  parsed.price = ParsedAmount{price.number, price.price_currency};
  return sink_.OnPrice(parsed);
}

absl::Status Emitter::On(const Other& other) {
  if (!other.account.empty()) {
    LUMBUNG_RETURN_IF_ERROR(checks_.OnReference(other.account, *place_, true));
  }
  return sink_.OnUnsupported(*place_, other.keyword);
}

}  // namespace
}  // namespace beancount

absl::Status ReadBeancount(const FileSource& files, absl::string_view main_file,
                           JournalSink& sink) {
  beancount::Journal journal(files);
  LUMBUNG_RETURN_IF_ERROR(journal.Scan(main_file));
  beancount::Paddings paddings;
  if (!journal.padded_accounts().empty()) {
    LUMBUNG_ASSIGN_OR_RETURN(paddings, beancount::PlanPads(journal));
  }
  beancount::Emitter emitter(journal, paddings, sink);
  return journal.Visit(
      [&emitter](beancount::Directive& directive, const Place& place, std::size_t position) {
        return emitter.Emit(directive, place, position);
      });
}

}  // namespace lumbung::import
