// The directives of the hledger journal format.
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/comment_tags.h"
#include "ledger/import/hledger_scanner.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

struct AccountTypeName {
  absl::string_view name;
  char type;
};

constexpr AccountTypeName kAccountTypeNames[] = {
    {"asset", 'A'},   {"liability", 'L'}, {"equity", 'E'},     {"revenue", 'R'},
    {"expense", 'X'}, {"cash", 'C'},      {"conversion", 'V'},
};

absl::StatusOr<char> ParseAccountType(absl::string_view text) {
  for (const AccountTypeName& type : kAccountTypeNames) {
    const bool letter = text.size() == 1 && absl::ascii_toupper(text[0]) == type.type;
    if (letter || absl::EqualsIgnoreCase(text, type.name)) return type.type;
  }
  return InvalidArgument(
      "PARSE_ERROR", "",
      absl::StrCat("found the account type ", Describe(text), ", expected A, L, E, R, X, C or V"));
}

// Reads include paths that begin with a format, such as "timedot:". Empty when there is none.
absl::string_view ForeignFormat(absl::string_view path) {
  for (const absl::string_view format : {"timeclock", "timedot", "csv"}) {
    const bool by_prefix =
        absl::StartsWith(path, format) && path.substr(format.size()).substr(0, 1) == ":";
    if (by_prefix || absl::EndsWithIgnoreCase(path, absl::StrCat(".", format))) return format;
  }
  return "";
}

bool IsEndComment(absl::string_view line) {
  return absl::StartsWith(line, "end comment") && Trimmed(line) == "end comment";
}

}  // namespace

absl::Status HledgerScanner::OnDirective(absl::string_view line) {
  absl::string_view rest = line;
  TakeChar(&rest, '!');
  const absl::string_view directive = rest;
  const absl::string_view word = TakeWord(&rest);
  if (word.empty()) return UnknownLine(line);
  SkipSpaces(&rest);
  if (word == "comment" && rest.empty()) return SkipBlock(IsEndComment).status();
  if (word == "end") return OnEnd(Trimmed(rest));
  if (word == "pop") return LeaveOut("tag");
  if (word.size() < 2 || IsDigit(word[1])) return OnLetterDirective(directive);
  if (rest.empty()) return UnknownLine(directive);
  if (word == "account") return OnAccount(rest);
  if (word == "commodity") return OnCommodity(rest);
  if (word == "include") return OnInclude(Trimmed(rest));
  if (word == "alias") return scope_.accounts.AddAlias(rest);
  if (word == "payee") return LeaveOut("payee");
  if (word == "tag") return LeaveOut("tag");
  if (word == "decimal-mark") return OnDecimalMark(rest);
  if (word == "apply" && TakeWord(&rest) == "account" && !Trimmed(rest).empty()) {
    scope_.accounts.PushParent(Trimmed(rest));
    return absl::OkStatus();
  }
  return UnknownLine(directive);
}

absl::Status HledgerScanner::OnLetterDirective(absl::string_view line) {
  absl::string_view rest = line.substr(1);
  const bool separated = !rest.empty() && IsSpace(rest.front());
  SkipSpaces(&rest);
  switch (line.front()) {
    case 'Y': {
      const absl::string_view digits = TakeDigits(&rest);
      int year = 0;
      if (digits.size() < 4 || !absl::SimpleAtoi(digits, &year)) break;
      scope_.default_year = year;
      SkipSpaces(&rest);
      return TakeChar(&rest, ';') ? absl::OkStatus() : ExpectEndOfLine(rest);
    }
    case 'P':
      if (!rest.empty() && IsDigit(rest.front())) return OnMarketPrice(rest);
      break;
    case 'D':
      if (separated) return OnDefaultCommodity(rest);
      break;
    case 'N':
      if (separated) return LeaveOut("N");
      break;
    case 'C':
      if (separated) return LeaveOut("C");
      break;
    default:
      break;
  }
  return ParseError(
      absl::StrCat("found ", Describe(line), ", expected a transaction, a comment or a directive"));
}

absl::Status HledgerScanner::LeaveOut(absl::string_view directive) {
  LUMBUNG_RETURN_IF_ERROR(Unsupported(directive));
  return SkipIndented();
}

absl::Status HledgerScanner::OnEnd(absl::string_view line) {
  absl::string_view rest = line;
  const absl::string_view what = TakeWord(&rest);
  SkipSpaces(&rest);
  if (what == "aliases") {
    scope_.accounts.ClearAliases();
    return absl::OkStatus();
  }
  if (what == "tag") return absl::OkStatus();
  if (what == "apply" && TakeWord(&rest) == "account") {
    if (scope_.accounts.PopParent()) return absl::OkStatus();
    return ParseError("found \"end apply account\" without \"apply account\" before it");
  }
  return ParseError(absl::StrCat("found \"end\" of ", Describe(line),
                                 ", expected \"end aliases\" or \"end apply account\""));
}

absl::Status HledgerScanner::OnInclude(absl::string_view rest) {
  const absl::string_view format = ForeignFormat(rest);
  if (format.empty()) return Include(rest);
  return ParseError(
      absl::StrCat("cannot include ", Describe(rest), ": files of ", format, " are not supported"));
}

absl::Status HledgerScanner::OnDecimalMark(absl::string_view rest) {
  if (rest.front() != '.' && rest.front() != ',') {
    return ParseError(
        absl::StrCat("found the decimal mark ", Describe(rest), ", expected a period or a comma"));
  }
  scope_.numbers.decimal_mark = rest.front();
  return absl::OkStatus();
}

absl::Status HledgerScanner::OnAccount(absl::string_view rest) {
  DraftPosting name;
  ParsedAccount account;
  account.place = Here();
  LUMBUNG_RETURN_IF_ERROR(TakeAccount(&rest, &name));
  account.account = std::move(name.parsed.account);
  SkipSpaces(&rest);
  Tags tags;
  if (TakeChar(&rest, ';')) {
    AppendCommentLine(rest, &account.comment);
    AppendHledgerTags(rest, &tags);
  } else {
    LUMBUNG_RETURN_IF_ERROR(ExpectEndOfLine(rest));
  }
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) break;
    absl::string_view text = Text();
    if (!TakeChar(&text, ';')) {
      LUMBUNG_RETURN_IF_ERROR(Unsupported("account subdirective"));
      continue;
    }
    AppendCommentLine(text, &account.comment);
    AppendHledgerTags(text, &tags);
  }
  for (const auto& [tag, value] : tags) {
    if (tag != "type") continue;
    const absl::StatusOr<char> type = ParseAccountType(value);
    if (!type.ok()) return RefusalAt(account.place, "PARSE_ERROR", type.status().message());
    account.type = *type;
    break;
  }
  return Send(account);
}

absl::StatusOr<HledgerAmount> HledgerScanner::TakeFormat(absl::string_view* rest) {
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount format, TakeAmount(rest));
  if (format.style.decimal_mark.has_value()) return format;
  return ParseError(
      "the sample amount needs a decimal mark, as in $1000. or 1.000,00 EUR, so that numbers can "
      "be "
      "read without doubt");
}

absl::Status HledgerScanner::OnCommodity(absl::string_view rest) {
  absl::string_view sample = rest;
  if (!TakeAmount(&sample).ok()) return OnCommodityFormats(rest);
  ParsedCommodity commodity;
  commodity.place = Here();
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount format, TakeFormat(&rest));
  SkipSpaces(&rest);
  if (!TakeChar(&rest, ';')) LUMBUNG_RETURN_IF_ERROR(ExpectEndOfLine(rest));
  LUMBUNG_RETURN_IF_ERROR(SkipIndented());
  commodities_.Declare(format.amount.commodity, format.style);
  commodity.commodity = std::move(format.amount.commodity);
  commodity.scale = format.style.decimals;
  return Send(commodity);
}

absl::Status HledgerScanner::OnCommodityFormats(absl::string_view rest) {
  ParsedCommodity commodity;
  commodity.place = Here();
  LUMBUNG_ASSIGN_OR_RETURN(commodity.commodity, TakeHledgerSymbol(&rest));
  SkipSpaces(&rest);
  if (!TakeChar(&rest, ';')) LUMBUNG_RETURN_IF_ERROR(ExpectEndOfLine(rest));
  std::optional<HledgerStyle> style;
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) break;
    absl::string_view text = Text();
    if (text.front() == ';') continue;
    if (TakeWord(&text) != "format") {
      LUMBUNG_RETURN_IF_ERROR(Unsupported("commodity subdirective"));
      continue;
    }
    SkipSpaces(&text);
    LUMBUNG_ASSIGN_OR_RETURN(const HledgerAmount format, TakeFormat(&text));
    if (format.amount.commodity != commodity.commodity) {
      return ParseError(absl::StrCat("found a format of ", Describe(format.amount.commodity),
                                     " under the commodity ", Describe(commodity.commodity)));
    }
    style = format.style;
  }
  commodities_.Declare(commodity.commodity, style);
  if (style.has_value()) commodity.scale = style->decimals;
  return Send(commodity);
}

absl::Status HledgerScanner::OnDefaultCommodity(absl::string_view rest) {
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount format, TakeFormat(&rest));
  scope_.numbers.default_commodity =
      HledgerDefaultCommodity{std::move(format.amount.commodity), format.style};
  return absl::OkStatus();
}

absl::Status HledgerScanner::OnMarketPrice(absl::string_view rest) {
  ParsedPrice price;
  price.place = Here();
  LUMBUNG_ASSIGN_OR_RETURN(price.date, TakeDate(&rest, {.default_year = scope_.default_year}));
  SkipSpaces(&rest);
  if (rest.size() > 2 && IsDigit(rest[0]) && IsDigit(rest[1]) && rest[2] == ':') {
    TakeWord(&rest);  // The time of day, which hledger ignores.
    SkipSpaces(&rest);
  }
  LUMBUNG_ASSIGN_OR_RETURN(price.commodity, TakeHledgerSymbol(&rest));
  SkipSpaces(&rest);
  LUMBUNG_ASSIGN_OR_RETURN(HledgerAmount amount, TakeAmount(&rest));
  price.price = std::move(amount.amount);
  commodities_.See(price.price.commodity, amount.style.decimals);
  return Send(price);
}

}  // namespace lumbung::import
