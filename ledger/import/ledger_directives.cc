// The directives of the ledger journal format.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "ledger/import/ledger_scanner.h"
#include "ledger/import/text_lexer.h"

namespace lumbung::import {
namespace {

// Directives that are understood well enough to be left out.
constexpr absl::string_view kLeftOut[] = {
    "assert", "check", "def", "define", "eval", "expr", "import", "payee", "tag", "value",
};

constexpr absl::string_view kLeftOutUnderAccount[] = {
    "assert", "check", "eval", "expr", "payee", "value",
};

template <typename List>
bool Contains(const List& list, absl::string_view word) {
  for (const absl::string_view item : list) {
    if (item == word) return true;
  }
  return false;
}

bool EndsCommentBlock(absl::string_view line) {
  return absl::StartsWith(line, "end comment") || absl::StartsWith(line, "end test");
}

bool EndsPythonBlock(absl::string_view line) {
  return !line.empty() && !IsSpace(line.front());
}

}  // namespace

absl::Status LedgerScanner::OnDirective(absl::string_view line) {
  absl::string_view rest = line;
  if (TakeChar(&rest, '-')) return LeaveOut("option");
  if (!TakeChar(&rest, '!')) TakeChar(&rest, '@');
  const absl::string_view directive = rest;
  const absl::string_view word = TakeWord(&rest);
  if (word.empty()) return UnknownLine(line);
  rest = Trimmed(rest);
  if (word == "comment" || word == "test") return SkipBlock(EndsCommentBlock).status();
  if (word == "end") return OnEnd(rest);
  if (word == "python") {
    LUMBUNG_RETURN_IF_ERROR(Unsupported("python"));
    LUMBUNG_ASSIGN_OR_RETURN(const bool ended, SkipBlock(EndsPythonBlock));
    if (ended) Unread();
    return absl::OkStatus();
  }
  if (word.size() < 2 || IsDigit(word[1])) return OnLetterDirective(directive);
  if (rest.empty()) return UnknownLine(directive);
  if (word == "account") return OnAccount(rest);
  if (word == "alias") return OnAlias(rest);
  if (word == "apply") return OnApply(rest);
  if (word == "commodity") return OnCommodity(rest);
  if (word == "include") return Include(rest);
  if (word == "year") return OnYear(rest);
  if (word == "bucket") {
    bucket_ = UnderParent(rest);
    return absl::OkStatus();
  }
  if (Contains(kLeftOut, word)) return LeaveOut(word);
  return UnknownLine(directive);
}

absl::Status LedgerScanner::OnLetterDirective(absl::string_view line) {
  const absl::string_view rest = Trimmed(line.substr(1));
  const bool separated = line.size() > 1 && IsSpace(line[1]);
  switch (line.front()) {
    case 'Y':
      return OnYear(rest);
    case 'P':
      if (!rest.empty()) return OnMarketPrice(rest);
      break;
    case 'A':
      if (!separated || rest.empty()) break;
      bucket_ = UnderParent(rest);
      return absl::OkStatus();
    case 'D':
      if (separated) return OnDefaultCommodity(rest);
      break;
    case 'N':
    case 'C':
      if (separated) return LeaveOut(line.substr(0, 1));
      break;
    case 'i':
    case 'I':
    case 'o':
    case 'O':
    case 'h':
    case 'b':
      if (separated) return Unsupported("timeclock entry");
      break;
    default:
      break;
  }
  return ParseError(
      absl::StrCat("found ", Describe(line), ", expected a transaction, a comment or a directive"));
}

absl::Status LedgerScanner::LeaveOut(absl::string_view directive) {
  LUMBUNG_RETURN_IF_ERROR(Unsupported(directive));
  return SkipIndented();
}

absl::Status LedgerScanner::OnApply(absl::string_view rest) {
  const absl::string_view what = TakeWord(&rest);
  rest = Trimmed(rest);
  if (what == "year") return OnYear(rest);
  if (rest.empty()) {
    return ParseError(absl::StrCat("found \"apply ", what, "\", expected what to apply"));
  }
  if (what == "account") {
    applications_.push_back({Application::kAccount, UnderParent(rest), std::nullopt});
  } else if (what == "tag") {
    const bool has_value = absl::StrContains(rest, ':');
    applications_.push_back({Application::kTag,
                             has_value ? std::string(rest) : absl::StrCat(":", rest, ":"),
                             std::nullopt});
  } else if (what == "fixed" || what == "rate") {
    LUMBUNG_RETURN_IF_ERROR(Unsupported("fixed rate"));
    applications_.push_back({Application::kRate, "", std::nullopt});
  } else {
    return ParseError(absl::StrCat("found \"apply ", what, "\", expected account, tag or year"));
  }
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnEnd(absl::string_view rest) {
  TakeWord(&rest);  // "apply"; alone, or without a word, it ends whatever was applied last.
  rest = Trimmed(rest);
  const std::size_t outer = includes_.empty() ? 0 : includes_.back().applications;
  if (applications_.size() <= outer) {
    return ParseError("found \"end\" without \"apply\" before it in this file");
  }
  constexpr absl::string_view kNames[] = {"account", "tag", "year", "fixed"};
  const Application& last = applications_.back();
  if (!rest.empty() && rest != kNames[last.kind]) {
    return ParseError(absl::StrCat("found the end of \"apply ", rest,
                                   "\", expected that of \"apply ", kNames[last.kind], "\""));
  }
  if (last.kind == Application::kYear) year_ = last.outer_year;
  applications_.pop_back();
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnYear(absl::string_view rest) {
  int year = 0;
  if (!absl::SimpleAtoi(rest, &year) || year < 1400 || year > 9999) {
    return ParseError(absl::StrCat("found ", Describe(rest), ", expected a year such as 2023"));
  }
  applications_.push_back({Application::kYear, "", year_});
  year_ = year;
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnAlias(absl::string_view rest) {
  const std::size_t equals = rest.find('=');
  const absl::string_view alias = Trimmed(rest.substr(0, equals));
  if (equals == absl::string_view::npos || alias.empty() || equals + 1 == rest.size()) {
    return ParseError(absl::StrCat("found the alias ", Describe(rest), ", expected ALIAS=ACCOUNT"));
  }
  return AddAlias(alias, UnderParent(Trimmed(rest.substr(equals + 1))));
}

absl::Status LedgerScanner::AddAlias(absl::string_view alias, std::string account) {
  if (alias == account) {
    return ParseError(absl::StrCat("found an alias of ", Describe(alias), " for itself"));
  }
  aliases_[std::string(alias)] = std::move(account);
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnAccount(absl::string_view rest) {
  DraftPosting name;
  ParsedAccount account;
  account.place = Here();
  LUMBUNG_RETURN_IF_ERROR(TakeAccount(&rest, &name));
  account.account = std::move(name.parsed.account);
  if (TakeChar(&rest, ';')) {
    AppendCommentLine(rest, &account.comment);
  } else {
    LUMBUNG_RETURN_IF_ERROR(ExpectEndOfLine(rest));
  }
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) break;
    absl::string_view text = Text();
    if (TakeChar(&text, ';')) {
      AppendCommentLine(text, &account.comment);
      continue;
    }
    const absl::string_view word = TakeWord(&text);
    text = Trimmed(text);
    if (word == "note") {
      AppendCommentLine(text, &account.comment);
    } else if (word == "alias" && !text.empty()) {
      LUMBUNG_RETURN_IF_ERROR(AddAlias(text, account.account));
    } else if (word == "default") {
      bucket_ = account.account;
    } else if (Contains(kLeftOutUnderAccount, word)) {
      LUMBUNG_RETURN_IF_ERROR(Unsupported(absl::StrCat(word, " of an account")));
    } else {
      return ParseError(absl::StrCat("found ", Describe(Text()),
                                     " under an account, expected note, alias or default"));
    }
  }
  return Send(account);
}

absl::Status LedgerScanner::OnCommodity(absl::string_view rest) {
  ParsedCommodity commodity;
  commodity.place = Here();
  if (absl::StartsWith(rest, "\"")) {
    LUMBUNG_ASSIGN_OR_RETURN(commodity.commodity, TakeLedgerSymbol(&rest));
  } else {
    commodity.commodity = std::string(TakeWord(&rest));
  }
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndented());
    if (!more) break;
    absl::string_view text = Text();
    if (text.front() == ';') continue;
    const absl::string_view word = TakeWord(&text);
    text = Trimmed(text);
    if (word == "format") {
      LUMBUNG_RETURN_IF_ERROR(OnCommodityFormat(text, &commodity));
    } else if (word == "note") {
      commodity.name = std::string(text);
    } else if (word == "alias" && !text.empty()) {
      commodities_.AddAlias(text, commodity.commodity);
    } else if (word == "value") {
      LUMBUNG_RETURN_IF_ERROR(Unsupported("value of a commodity"));
    } else if (word != "default" &&
               word != "nomarket") {  // These matter to ledger's commands only.
      return ParseError(absl::StrCat("found ", Describe(Text()),
                                     " under a commodity, expected format, note or alias"));
    }
  }
  return Send(commodity);
}

absl::Status LedgerScanner::OnCommodityFormat(absl::string_view rest, ParsedCommodity* commodity) {
  LUMBUNG_ASSIGN_OR_RETURN(const LedgerAmount format, TakeLedgerAmount(&rest, commodities_));
  if (format.amount.commodity != commodity->commodity) {
    return ParseError(absl::StrCat("found a format of ", Describe(format.amount.commodity),
                                   " under the commodity ", Describe(commodity->commodity)));
  }
  commodities_.See(commodity->commodity, format.decimals, format.decimal_comma);
  commodities_.Fix(commodity->commodity);
  commodity->scale = format.decimals;
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnDefaultCommodity(absl::string_view rest) {
  LUMBUNG_ASSIGN_OR_RETURN(const LedgerAmount format, TakeLedgerAmount(&rest, commodities_));
  commodities_.See(format.amount.commodity, format.decimals, format.decimal_comma);
  return absl::OkStatus();
}

absl::Status LedgerScanner::OnMarketPrice(absl::string_view rest) {
  ParsedPrice price;
  price.place = Here();
  LUMBUNG_ASSIGN_OR_RETURN(price.date, TakeDate(&rest, {.default_year = year_, .lenient = true}));
  SkipSpaces(&rest);
  if (!rest.empty() && IsDigit(rest.front())) {
    TakeWord(&rest);  // The time of day.
    SkipSpaces(&rest);
  }
  if (absl::StartsWith(rest, "\"")) {
    LUMBUNG_ASSIGN_OR_RETURN(price.commodity, TakeLedgerSymbol(&rest));
  } else {
    price.commodity = std::string(TakeWord(&rest));
  }
  SkipSpaces(&rest);
  LUMBUNG_ASSIGN_OR_RETURN(LedgerAmount amount, TakeLedgerAmount(&rest, commodities_));
  price.price = std::move(amount.amount);
  return Send(price);
}

}  // namespace lumbung::import
