#include "ledger/import/hledger_scanner.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/comment_tags.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

// Text in which white space stands alone: it ends before two blanks in a row.
std::string TakeSingleSpaced(absl::string_view* rest) {
  std::size_t n = 0;
  bool other_space = false;
  for (; n < rest->size(); ++n) {
    if (!IsSpace((*rest)[n])) continue;
    if (n + 1 == rest->size() || IsSpace((*rest)[n + 1])) break;
    other_space = other_space || (*rest)[n] != ' ';
  }
  std::string text(rest->substr(0, n));
  rest->remove_prefix(n);
  if (other_space) std::replace_if(text.begin(), text.end(), IsSpace, ' ');
  return text;
}

// Takes "*" or "!" after any white space.
char TakeStatus(absl::string_view* rest) {
  absl::string_view after = *rest;
  SkipSpaces(&after);
  if (after.empty() || (after.front() != '*' && after.front() != '!')) return ' ';
  const char status = after.front();
  *rest = after.substr(1);
  return status;
}

// Takes what stands before the comment, if there is one, and its ";".
absl::string_view TakeUntilComment(absl::string_view* rest, bool* has_comment) {
  const std::size_t semicolon = rest->find(';');
  *has_comment = semicolon != absl::string_view::npos;
  const absl::string_view before = rest->substr(0, semicolon);
  rest->remove_prefix(*has_comment ? semicolon + 1 : rest->size());
  return Trimmed(before);
}

// "payee | note", or a description without a payee.
void SplitDescription(absl::string_view text, ParsedTransaction* transaction) {
  const std::size_t bar = text.find('|');
  const absl::string_view payee = Trimmed(text.substr(0, bar));
  if (bar == absl::string_view::npos || payee.empty()) {
    transaction->description = std::string(text);
    return;
  }
  transaction->payee = std::string(payee);
  transaction->description = std::string(Trimmed(text.substr(bar + 1)));
}

}  // namespace

bool HledgerScanner::IsCommentLine(absl::string_view line) const {
  return line.front() == ';' || line.front() == '#' || line.front() == '*';
}

void HledgerScanner::EnterInclude() {
  Scope inner(scope_);
  outer_scopes_.push_back(std::exchange(scope_, std::move(inner)));
}

void HledgerScanner::LeaveInclude() {
  scope_ = std::move(outer_scopes_.back());
  outer_scopes_.pop_back();
}

absl::Status HledgerScanner::OnHeader(absl::string_view line, DraftTransaction* draft) {
  ParsedTransaction& transaction = draft->parsed;
  absl::string_view rest = line;
  LUMBUNG_ASSIGN_OR_RETURN(transaction.date,
                           TakeDate(&rest, {.default_year = scope_.default_year}));
  if (TakeChar(&rest, '=')) {
    LUMBUNG_ASSIGN_OR_RETURN(const Date secondary,
                             TakeDate(&rest, {.default_year = transaction.date.year()}));
    transaction.tags.emplace_back("date2", secondary.ToString());
    LUMBUNG_RETURN_IF_ERROR(Unsupported("secondary date"));
  }
  if (!rest.empty() && !IsSpace(rest.front())) {
    return ParseError(absl::StrCat("found ", Describe(rest), ", expected a blank after the date"));
  }
  transaction.status = TakeStatus(&rest);
  absl::string_view after = rest;
  SkipSpaces(&after);
  if (after.size() < rest.size() && TakeChar(&after, '(')) {
    const std::size_t close = after.find(')');
    if (close == absl::string_view::npos) {
      return ParseError(absl::StrCat("found ", Describe(rest), ", expected \")\" after the code"));
    }
    transaction.code = std::string(after.substr(0, close));
    rest = after.substr(close + 1);
  }
  bool has_comment = false;
  SplitDescription(TakeUntilComment(&rest, &has_comment), &transaction);
  return has_comment ? OnComment(rest, draft, nullptr) : absl::OkStatus();
}

absl::Status HledgerScanner::OnComment(absl::string_view text, DraftTransaction* draft,
                                       DraftPosting* posting) {
  if (posting == nullptr) {
    AppendCommentLine(text, &draft->parsed.comment);
    AppendHledgerTags(text, &draft->parsed.tags);
    return absl::OkStatus();
  }
  AppendCommentLine(text, &posting->parsed.comment);
  AppendHledgerTags(text, &posting->parsed.tags);
  PostingDates dates;
  LUMBUNG_RETURN_IF_ERROR(ReadHledgerPostingDates(text, draft->parsed.date.year(), &dates));
  if (dates.primary.has_value()) {
    if (!posting->date.has_value()) posting->date = dates.primary;
    if (posting->parsed.assertion.has_value()) posting->parsed.assertion->date = *posting->date;
    LUMBUNG_RETURN_IF_ERROR(Unsupported("posting date"));
  }
  return dates.secondary.has_value() ? Unsupported("secondary date") : absl::OkStatus();
}

absl::Status HledgerScanner::OnPosting(absl::string_view text, DraftTransaction* draft) {
  DraftPosting& posting = draft->postings.emplace_back();
  posting.parsed.place = Here();
  absl::string_view rest = text;
  posting.parsed.status = TakeStatus(&rest);
  LUMBUNG_RETURN_IF_ERROR(TakeAccount(&rest, &posting));
  SkipSpaces(&rest);
  if (!rest.empty() && rest.front() != ';' && rest.front() != '=') {
    LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount amount, TakeAmount(&rest));
    posting.parsed.amount = std::move(amount.amount);
    posting.has_amount = true;
    commodities_.See(posting.parsed.amount.commodity, amount.style.decimals);
    SkipSpaces(&rest);
    LUMBUNG_RETURN_IF_ERROR(TakePricesAndLot(&rest, &posting));
  }
  if (TakeChar(&rest, '=')) {
    LUMBUNG_RETURN_IF_ERROR(TakeAssertion(&rest, draft->parsed.date, &posting));
  }
  if (TakeChar(&rest, ';')) return OnComment(rest, draft, &posting);
  return ExpectEndOfLine(rest);
}

absl::Status HledgerScanner::TakeAccount(absl::string_view* rest, DraftPosting* posting) {
  SkipSpaces(rest);
  std::string name = TakeSingleSpaced(rest);
  if (name.empty()) return ParseError("found a posting without an account");
  const bool round = name.front() == '(' && name.back() == ')';
  const bool square = name.front() == '[' && name.back() == ']';
  if ((round || square) && name.size() > 2) {
    posting->kind = round ? PostingKind::kVirtual : PostingKind::kBalancedVirtual;
    name = name.substr(1, name.size() - 2);
    LUMBUNG_RETURN_IF_ERROR(Unsupported("virtual posting"));
  }
  LUMBUNG_ASSIGN_OR_RETURN(posting->parsed.account, scope_.accounts.Resolve(name));
  return absl::OkStatus();
}

absl::Status HledgerScanner::TakePricesAndLot(absl::string_view* rest, DraftPosting* posting) {
  bool lot_price = false;
  bool lot_date = false;
  while (true) {
    if (!posting->price.has_value() && StartsHledgerPrice(*rest)) {
      LUMBUNG_ASSIGN_OR_RETURN(posting->price,
                               TakeHledgerPrice(rest, scope_.numbers, commodities_));
    } else if (!lot_price && TakeChar(rest, '{')) {
      lot_price = true;
      const bool total = TakeChar(rest, '{');
      SkipSpaces(rest);
      TakeChar(rest, '=');
      SkipSpaces(rest);
      LUMBUNG_RETURN_IF_ERROR(TakeAmount(rest).status());
      SkipSpaces(rest);
      if (!TakeChar(rest, '}') || (total && !TakeChar(rest, '}'))) {
        return ParseError("found a lot price without its closing brace");
      }
      LUMBUNG_RETURN_IF_ERROR(Unsupported("lot price"));
    } else if (!lot_date && TakeChar(rest, '[')) {
      lot_date = true;
      SkipSpaces(rest);
      LUMBUNG_RETURN_IF_ERROR(TakeDate(rest, {.default_year = scope_.default_year}).status());
      SkipSpaces(rest);
      if (!TakeChar(rest, ']')) return ParseError("found a lot date without its closing bracket");
      LUMBUNG_RETURN_IF_ERROR(Unsupported("lot date"));
    } else {
      return absl::OkStatus();
    }
    SkipSpaces(rest);
  }
}

absl::Status HledgerScanner::TakeAssertion(absl::string_view* rest, Date date,
                                           DraftPosting* posting) {
  ParsedAssertion& assertion = posting->parsed.assertion.emplace();
  assertion.place = Here();
  assertion.account = posting->parsed.account;
  assertion.date = date;
  assertion.sole_commodity = TakeChar(rest, '=');
  assertion.include_descendants = TakeChar(rest, '*');
  SkipSpaces(rest);
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount amount, TakeAmount(rest));
  assertion.expected = std::move(amount.amount);
  SkipSpaces(rest);
  if (!StartsHledgerPrice(*rest)) return absl::OkStatus();
  if (!posting->has_amount) {
    return ParseError(absl::StrCat("found ", Describe(*rest),
                                   ": a price on a balance assignment is not supported; write the "
                                   "posting's amount"));
  }
  // hledger reads the price of an assertion and ignores it.
  LUMBUNG_RETURN_IF_ERROR(TakeHledgerPrice(rest, scope_.numbers, commodities_).status());
  SkipSpaces(rest);
  return absl::OkStatus();
}

}  // namespace lumbung::import
