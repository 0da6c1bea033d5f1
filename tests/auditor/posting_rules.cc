#include "tests/auditor/posting_rules.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace lumbung::auditor {
namespace {

constexpr std::size_t kMaxTextBytes = 4'096;
constexpr std::size_t kMaxRequestIdBytes = 128;

bool IsRequestId(const std::string& id) {
  return !id.empty() && id.size() <= kMaxRequestIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool HasLongText(const v1::JournalEntry& asked) {
  return asked.description().size() > kMaxTextBytes ||
         std::any_of(
             asked.postings().begin(), asked.postings().end(),
             [](const v1::Posting& posting) { return posting.memo().size() > kMaxTextBytes; });
}

// The rules for one posting.
class PostingJudge {
 public:
  PostingJudge(const Book& book, const v1::Posting& asked) : book_(book), asked_(asked) {}

  std::string Fault() {
    for (const auto rule :
         {&PostingJudge::AccountFault, &PostingJudge::AmountFault, &PostingJudge::FundFault,
          &PostingJudge::DimensionFault, &PostingJudge::FunctionalFault}) {
      std::string reason = (this->*rule)();
      if (!reason.empty()) return reason;
    }
    line_.memo = asked_.memo();
    return "";
  }

  const Line& line() const { return line_; }
  bool needs_rate() const { return needs_rate_; }

 private:
  std::string AccountFault() {
    account_ = book_.FindAccount(asked_.account());
    if (account_ == nullptr) return "UNKNOWN_ACCOUNT";
    if (!account_->postable) return "ACCOUNT_NOT_POSTABLE";
    line_.account = asked_.account();
    return account_->closed ? "ACCOUNT_CLOSED" : "";
  }

  std::string AmountFault() {
    line_.currency = asked_.amount().currency();
    const auto currency = book_.currencies.find(line_.currency);
    if (currency == book_.currencies.end()) return "UNKNOWN_CURRENCY";
    currency_ = &currency->second;
    const auto units = UnitsAt(*ReadAmount(asked_.amount().amount()), currency_->scale);
    if (!units.has_value()) return "SCALE_EXCEEDED";
    line_.amount = *units;
    return "";
  }

  std::string FundFault() {
    line_.fund = asked_.fund().empty() ? book_.default_fund : asked_.fund();
    const auto fund = book_.funds.find(line_.fund);
    if (fund == book_.funds.end()) return "UNKNOWN_FUND";
    return fund->second.closed ? "FUND_CLOSED" : "";
  }

  std::string DimensionFault() {
    line_.dimensions = Dimensions(asked_.dimensions().begin(), asked_.dimensions().end());
    for (const auto& [dimension, value] : line_.dimensions) {
      const auto known = book_.dimensions.find(dimension);
      if (known == book_.dimensions.end()) return "UNKNOWN_DIMENSION";
      if (known->second.count(value) == 0) return "UNKNOWN_DIMENSION_VALUE";
    }
    for (const auto& [dimension, requirement] : account_->rules) {
      const bool named = line_.dimensions.count(dimension) > 0;
      if (requirement == v1::DIMENSION_REQUIREMENT_REQUIRED && !named) return "DIMENSION_REQUIRED";
      if (requirement == v1::DIMENSION_REQUIREMENT_FORBIDDEN && named) return "DIMENSION_FORBIDDEN";
    }
    return "";
  }

  std::string FunctionalFault() {
    line_.functional_currency = book_.functional_currency;
    if (!asked_.has_functional_amount()) {
      needs_rate_ = line_.currency != book_.functional_currency && !currency_->commodity;
      if (needs_rate_) return "";
      line_.functional_currency = line_.currency;
      line_.functional_amount = line_.amount;
      return "";
    }
    const v1::Money& stated = asked_.functional_amount();
    const auto valued_in = book_.currencies.find(stated.currency());
    if (valued_in == book_.currencies.end()) return "UNKNOWN_CURRENCY";
    const bool both_commodities = currency_->commodity && valued_in->second.commodity;
    if (stated.currency() != book_.functional_currency && !both_commodities) {
      return "FUNCTIONAL_AMOUNT_INVALID";
    }
    const auto units = UnitsAt(*ReadAmount(stated.amount()), valued_in->second.scale);
    if (!units.has_value()) return "SCALE_EXCEEDED";
    line_.functional_currency = stated.currency();
    line_.functional_amount = *units;
    const bool against_itself = stated.currency() == line_.currency && *units != line_.amount;
    const bool opposite = *units * line_.amount < 0;
    return against_itself || opposite ? "FUNCTIONAL_AMOUNT_INVALID" : "";
  }

  const Book& book_;
  const v1::Posting& asked_;
  const Account* account_ = nullptr;
  const Currency* currency_ = nullptr;
  Line line_;
  bool needs_rate_ = false;
};

// Values lines of one sign, fund and currency: their total at the rate, half to even, spread over
// them.
void ValueTogether(const Book& book, const ExactNumber& rate, const std::vector<Line*>& lines) {
  ExactInteger total;
  std::vector<ExactInteger> weights;
  for (const Line* line : lines) {
    weights.push_back(boost::multiprecision::abs(line->amount));
    total += weights.back();
  }
  const ExactNumber in_currency(total, testing::PowerOfTen(book.ScaleOf(lines[0]->currency)));
  const ExactNumber in_units =
      in_currency * rate * testing::PowerOfTen(book.ScaleOf(book.functional_currency));
  const ExactInteger converted = testing::RoundedInteger(in_units, Rounding::kHalfEven);
  const std::vector<ExactInteger> parts = SplitByLargestRemainder(converted, weights);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lines[i]->functional_amount = lines[i]->amount < 0 ? ExactInteger(-parts[i]) : parts[i];
  }
}

std::string ValueByRates(const Book& book, const std::string& date,
                         const std::vector<Line*>& unvalued) {
  std::map<std::pair<std::string, std::string>, std::vector<Line*>> debits;
  std::map<std::pair<std::string, std::string>, std::vector<Line*>> credits;
  for (Line* line : unvalued) {
    if (book.FindRate(line->currency, date) == nullptr) return "RATE_MISSING";
    // A line of nothing is worth nothing.
    if (line->amount > 0) debits[{line->currency, line->fund}].push_back(line);
    if (line->amount < 0) credits[{line->currency, line->fund}].push_back(line);
  }
  for (const auto* side : {&debits, &credits}) {
    for (const auto& [key, lines] : *side) {
      ValueTogether(book, book.FindRate(key.first, date)->rate, lines);
    }
  }
  return "";
}

std::string FaultOfBalance(const std::vector<Line>& lines) {
  std::map<std::string, ExactInteger> totals;
  std::map<std::pair<std::string, std::string>, ExactInteger> fund_totals;
  for (const Line& line : lines) {
    totals[line.functional_currency] += line.functional_amount;
    fund_totals[{line.functional_currency, line.fund}] += line.functional_amount;
  }
  const auto is_off = [](const auto& total) { return total.second != 0; };
  if (std::any_of(totals.begin(), totals.end(), is_off)) return "UNBALANCED";
  return std::any_of(fund_totals.begin(), fund_totals.end(), is_off) ? "FUND_UNBALANCED" : "";
}

std::string FaultOfPeriod(const Book& book, const std::string& date, bool adjuster) {
  const v1::PeriodState state = book.StateOf(MonthOf(date));
  if (state == v1::PERIOD_STATE_HARD_CLOSED) return "PERIOD_HARD_CLOSED";
  return state == v1::PERIOD_STATE_SOFT_CLOSED && !adjuster ? "PERIOD_SOFT_CLOSED" : "";
}

}  // namespace

std::string FaultOfForm(const v1::JournalEntry& asked) {
  if (!IsDate(asked.effective_date())) return "INVALID_DATE";
  if (asked.kind() < v1::ENTRY_KIND_UNSPECIFIED || asked.kind() > v1::ENTRY_KIND_ADJUSTING) {
    return "INVALID_KIND";
  }
  for (const v1::Posting& posting : asked.postings()) {
    const bool functional_ok = !posting.has_functional_amount() ||
                               ReadAmount(posting.functional_amount().amount()).has_value();
    if (!ReadAmount(posting.amount().amount()).has_value() || !functional_ok) {
      return "INVALID_AMOUNT";
    }
  }
  return "";
}

Ruling Judge(const Book& book, const v1::JournalEntry& asked, const std::string& request_id,
             bool adjuster) {
  Ruling ruling;
  const auto refuse = [&ruling](std::string reason) {
    ruling.reason = std::move(reason);
    return ruling;
  };
  if (!IsRequestId(request_id)) return refuse("INVALID_REQUEST_ID");
  if (!asked.series().empty() && book.series.count(asked.series()) == 0) {
    return refuse("UNKNOWN_SERIES");
  }
  if (asked.postings_size() < 2) return refuse("TOO_FEW_POSTINGS");
  if (HasLongText(asked)) return refuse("TEXT_TOO_LONG");

  std::vector<std::size_t> by_rate;
  for (const v1::Posting& posting : asked.postings()) {
    PostingJudge judge(book, posting);
    const std::string reason = judge.Fault();
    if (!reason.empty()) return refuse(reason);
    if (judge.needs_rate()) by_rate.push_back(ruling.lines.size());
    ruling.lines.push_back(judge.line());
  }
  std::vector<Line*> unvalued;
  for (const std::size_t i : by_rate) unvalued.push_back(&ruling.lines[i]);
  ruling.reason = ValueByRates(book, asked.effective_date(), unvalued);
  if (ruling.reason.empty()) ruling.reason = FaultOfBalance(ruling.lines);
  if (ruling.reason.empty()) {
    ruling.reason = FaultOfPeriod(book, asked.effective_date(), adjuster);
  }
  return ruling;
}

std::vector<Line> LinesOf(const Book& book, const v1::JournalEntry& shown) {
  std::vector<Line> lines;
  for (const v1::Posting& posting : shown.postings()) {
    PostingJudge judge(book, posting);
    judge.Fault();
    lines.push_back(judge.line());
  }
  return lines;
}

v1::JournalEntry SameRequest(const v1::JournalEntry& asked) {
  v1::JournalEntry same = asked;
  if (same.kind() == v1::ENTRY_KIND_UNSPECIFIED) same.set_kind(v1::ENTRY_KIND_STANDARD);
  for (v1::Posting& posting : *same.mutable_postings()) {
    v1::Money* amount = posting.mutable_amount();
    amount->set_amount(TrimmedAmount(amount->amount()));
    if (!posting.has_functional_amount()) continue;
    v1::Money* functional = posting.mutable_functional_amount();
    functional->set_amount(TrimmedAmount(functional->amount()));
  }
  return same;
}

}  // namespace lumbung::auditor
