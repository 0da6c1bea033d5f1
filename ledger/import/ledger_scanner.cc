#include "ledger/import/ledger_scanner.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/comment_tags.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

// Takes text that ends at a tab or at two blanks.
absl::string_view TakeElement(absl::string_view* rest) {
  std::size_t n = 0;
  for (; n < rest->size(); ++n) {
    if ((*rest)[n] == '\t' || rest->substr(n, 2) == "  ") break;
  }
  const absl::string_view element = Trimmed(rest->substr(0, n));
  rest->remove_prefix(n);
  SkipSpaces(rest);
  return element;
}

// Where the note of a header starts: at a ";" after a tab or two blanks.
std::size_t FindNote(absl::string_view text) {
  for (std::size_t n = text.find(';', 1); n != absl::string_view::npos; n = text.find(';', n + 1)) {
    if (text[n - 1] == '\t' || absl::EndsWith(text.substr(0, n), "  ") ||
        absl::EndsWith(text.substr(0, n), "\t ")) {
      return n;
    }
  }
  return absl::string_view::npos;
}

char TakeStatus(absl::string_view* rest) {
  if (rest->empty() || (rest->front() != '*' && rest->front() != '!')) return ' ';
  const char status = rest->front();
  rest->remove_prefix(1);
  SkipSpaces(rest);
  return status;
}

bool IsEnclosed(absl::string_view name, char open, char close) {
  return name.size() > 2 && name.front() == open && name.back() == close;
}

}  // namespace

bool LedgerScanner::IsCommentLine(absl::string_view line) const {
  return absl::string_view(";#*|%").find(line.front()) != absl::string_view::npos;
}

void LedgerScanner::LeaveInclude() {
  applications_.resize(includes_.back().applications);
  year_ = includes_.back().year;
  includes_.pop_back();
}

absl::Status LedgerScanner::OnHeader(absl::string_view line, DraftTransaction* draft) {
  const DateRules dates{.default_year = year_, .lenient = true};
  ParsedTransaction& transaction = draft->parsed;
  absl::string_view rest = line;
  absl::string_view date = TakeWord(&rest);
  LUMBUNG_ASSIGN_OR_RETURN(transaction.date, TakeDate(&date, dates));
  if (TakeChar(&date, '=')) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date secondary, TakeDate(&date, dates));
    transaction.tags.emplace_back("date2", secondary.ToString());
    LUMBUNG_RETURN_IF_ERROR(Unsupported("secondary date"));
  }
  if (!date.empty()) {
    return ParseError(absl::StrCat("found ", Describe(date), ", expected a blank after the date"));
  }
  SkipSpaces(&rest);
  transaction.status = TakeStatus(&rest);
  const std::size_t close = absl::StartsWith(rest, "(") ? rest.find(')') : absl::string_view::npos;
  if (close != absl::string_view::npos) {
    transaction.code = std::string(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
    SkipSpaces(&rest);
  }
  for (const Application& application : applications_) {
    if (application.kind == Application::kTag) {
      AppendLedgerTags(application.value, &transaction.tags);
    }
  }
  const std::size_t note = FindNote(rest);
  transaction.description = std::string(Trimmed(rest.substr(0, note)));
  if (note == absl::string_view::npos) return absl::OkStatus();
  return OnComment(rest.substr(note + 1), draft, nullptr);
}

absl::Status LedgerScanner::OnComment(absl::string_view text, DraftTransaction* draft,
                                      DraftPosting* posting) {
  PostingDates dates;
  LUMBUNG_RETURN_IF_ERROR(ReadLedgerPostingDates(text, year_, &dates));
  AppendCommentLine(text, posting == nullptr ? &draft->parsed.comment : &posting->parsed.comment);
  AppendLedgerTags(text, posting == nullptr ? &draft->parsed.tags : &posting->parsed.tags);
  if (dates.primary.has_value()) {
    if (posting == nullptr) {
      draft->parsed.date = *dates.primary;
    } else {
      LUMBUNG_RETURN_IF_ERROR(Unsupported("posting date"));
    }
  }
  return dates.secondary.has_value() ? Unsupported("secondary date") : absl::OkStatus();
}

absl::Status LedgerScanner::OnPosting(absl::string_view text, DraftTransaction* draft) {
  absl::string_view rest = text;
  const absl::string_view word = TakeWord(&rest);
  if (!rest.empty() && (word == "assert" || word == "check" || word == "expr")) {
    return Unsupported(absl::StrCat(word, " in a transaction"));
  }
  DraftPosting& posting = draft->postings.emplace_back();
  posting.parsed.place = Here();
  rest = text;
  posting.parsed.status = TakeStatus(&rest);
  LUMBUNG_RETURN_IF_ERROR(TakeAccount(&rest, &posting));
  if (!rest.empty() && rest.front() != ';' && rest.front() != '=') {
    LUMBUNG_RETURN_IF_ERROR(TakeAmount(&rest, &posting));
    if (absl::StartsWith(rest, "@") || absl::StartsWith(rest, "(@")) {
      LUMBUNG_RETURN_IF_ERROR(TakeCost(&rest, &posting));
    }
  }
  if (TakeChar(&rest, '=')) {
    LUMBUNG_RETURN_IF_ERROR(TakeAssertion(&rest, draft->parsed.date, &posting));
  }
  if (TakeChar(&rest, ';')) return OnComment(rest, draft, &posting);
  return ExpectEndOfLine(rest);
}

absl::Status LedgerScanner::TakeAccount(absl::string_view* rest, DraftPosting* posting) {
  absl::string_view name = absl::StartsWith(*rest, ";") ? "" : TakeElement(rest);
  if (name.empty()) return ParseError("found a posting without an account");
  const bool round = IsEnclosed(name, '(', ')');
  const bool square = IsEnclosed(name, '[', ']');
  const bool angle = IsEnclosed(name, '<', '>');
  if (round || square || angle) name = name.substr(1, name.size() - 2);
  if (round) posting->kind = PostingKind::kVirtual;
  if (square) posting->kind = PostingKind::kBalancedVirtual;
  if (round || square) LUMBUNG_RETURN_IF_ERROR(Unsupported("virtual posting"));
  if (angle) LUMBUNG_RETURN_IF_ERROR(Unsupported("deferred posting"));
  posting->parsed.account = Resolve(name);
  return absl::OkStatus();
}

absl::Status LedgerScanner::TakeAmount(absl::string_view* rest, DraftPosting* posting) {
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeLedgerAmount(rest, commodities_));
  commodities_.See(amount.amount.commodity, amount.decimals, amount.decimal_comma);
  if (amount.lot_price.has_value()) LUMBUNG_RETURN_IF_ERROR(Unsupported("lot price"));
  if (amount.has_lot_date) LUMBUNG_RETURN_IF_ERROR(Unsupported("lot date"));
  if (amount.has_lot_note) LUMBUNG_RETURN_IF_ERROR(Unsupported("lot note"));
  posting->parsed.amount = std::move(amount.amount);
  posting->lot_price = std::move(amount.lot_price);
  posting->lot = std::move(amount.lot);
  posting->has_amount = true;
  SkipSpaces(rest);
  return absl::OkStatus();
}

absl::Status LedgerScanner::TakeCost(absl::string_view* rest, DraftPosting* posting) {
  DraftPrice price;
  const bool parenthesised = TakeChar(rest, '(');
  TakeChar(rest, '@');
  price.is_total = TakeChar(rest, '@');
  if (parenthesised) TakeChar(rest, ')');
  SkipSpaces(rest);
  TakeChar(rest, '=');  // A fixed price, which matters to later valuation only.
  SkipSpaces(rest);
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeLedgerAmount(rest, commodities_));
  price.amount = std::move(amount.amount);
  if (price.amount.quantity.IsNegative()) return ParseError("found a negative price");
  if (price.amount.commodity == posting->parsed.amount.commodity) {
    return ParseError(absl::StrCat("found a price in the commodity ",
                                   Describe(price.amount.commodity), " that is priced"));
  }
  posting->price = std::move(price);
  SkipSpaces(rest);
  return absl::OkStatus();
}

absl::Status LedgerScanner::TakeAssertion(absl::string_view* rest, Date date,
                                          DraftPosting* posting) {
  ParsedAssertion& assertion = posting->parsed.assertion.emplace();
  assertion.place = Here();
  assertion.account = posting->parsed.account;
  assertion.date = date;
  SkipSpaces(rest);
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeLedgerAmount(rest, commodities_));
  assertion.expected = std::move(amount.amount);
  // "= 0" speaks of all commodities.
  assertion.sole_commodity = assertion.expected.commodity.empty();
  SkipSpaces(rest);
  return absl::OkStatus();
}

std::string LedgerScanner::UnderParent(absl::string_view name) const {
  for (auto it = applications_.rbegin(); it != applications_.rend(); ++it) {
    if (it->kind == Application::kAccount) return absl::StrCat(it->value, ":", name);
  }
  return std::string(name);
}

std::string LedgerScanner::Resolve(absl::string_view name) const {
  if (!aliases_.empty()) {
    const auto whole = aliases_.find(name);
    if (whole != aliases_.end()) return whole->second;
    const std::size_t colon = name.find(':');
    const auto first =
        colon == absl::string_view::npos ? aliases_.end() : aliases_.find(name.substr(0, colon));
    if (first != aliases_.end()) return absl::StrCat(first->second, name.substr(colon));
  }
  return applications_.empty() ? std::string(name) : UnderParent(name);
}

}  // namespace lumbung::import
