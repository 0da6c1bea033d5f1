#include "ledger/import/beancount/parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::import::beancount {
namespace {

absl::StatusOr<std::string> TakeAccount(TokenCursor& cursor) {
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view account,
                           cursor.Expect(TokenKind::kAccount, "an account"));
  return std::string(account);
}

absl::StatusOr<std::string> TakeCurrency(TokenCursor& cursor) {
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view currency,
                           cursor.Expect(TokenKind::kCurrency, "a currency"));
  return std::string(currency);
}

absl::StatusOr<std::string> TakeString(TokenCursor& cursor) {
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view text,
                           cursor.Expect(TokenKind::kString, "text in double quotes"));
  return Unescape(text);
}

absl::StatusOr<std::string> TakeTag(TokenCursor& cursor) {
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view tag,
                           cursor.Expect(TokenKind::kTag, "a tag such as #trip"));
  return std::string(tag);
}

void AddOnce(std::string text, std::vector<std::string>* to) {
  if (std::find(to->begin(), to->end(), text) == to->end()) to->push_back(std::move(text));
}

// Any number of `#tag` and `^link`.
void TakeTagsAndLinks(TokenCursor& cursor, Transaction* transaction) {
  while (true) {
    if (cursor.NextIs(TokenKind::kTag)) {
      AddOnce(std::string(cursor.Take().text), &transaction->tags);
    } else if (cursor.NextIs(TokenKind::kLink)) {
      AddOnce(std::string(cursor.Take().text), &transaction->links);
    } else {
      return;
    }
  }
}

absl::StatusOr<std::pair<std::string, std::string>> TakeKeyValue(TokenCursor& cursor) {
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view key,
                           cursor.Expect(TokenKind::kKey, "a key such as invoice:"));
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectSymbol(":"));
  LUMBUNG_ASSIGN_OR_RETURN(std::string value, ParseMetadataValue(cursor));
  return std::make_pair(std::string(key), std::move(value));
}

absl::Status TakeMetadata(TokenCursor& cursor, Metadata* metadata) {
  LUMBUNG_ASSIGN_OR_RETURN(auto entry, TakeKeyValue(cursor));
  for (const auto& [key, value] : *metadata) {
    if (key == entry.first) {
      return RefusalAt(cursor.place(), "PARSE_ERROR",
                       absl::StrCat("the key \"", key, "\" stands twice in one place"));
    }
  }
  metadata->push_back(std::move(entry));
  return cursor.ExpectEnd();
}

bool AtTransaction(const TokenCursor& cursor) {
  return cursor.NextIs("txn") || cursor.NextIs("*") || cursor.NextIs("#") ||
         cursor.NextIs(TokenKind::kFlag);
}

}  // namespace

absl::StatusOr<bool> Parser::Next(Directive* directive) {
  do {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, lexer_.Next());
    if (!more) return false;
  } while (lexer_.tokens().empty());
  place_.line = lexer_.line();
  directive->line = lexer_.line();
  directive->offset = lexer_.offset();
  directive->date.reset();
  TokenCursor cursor(lexer_.tokens(), place_);
  if (lexer_.indented()) {
    return cursor.Unexpected(
        "a directive at the start of the line (a blank line or a comment that "
        "is not indented ends a transaction)");
  }
  if (cursor.NextIs(TokenKind::kDate)) {
    LUMBUNG_RETURN_IF_ERROR(ParseDated(cursor, directive));
  } else {
    LUMBUNG_RETURN_IF_ERROR(ParseUndated(cursor, directive));
  }
  return true;
}

absl::Status Parser::ParseDated(TokenCursor& cursor, Directive* directive) {
  LUMBUNG_ASSIGN_OR_RETURN(directive->date, ParseDay(cursor.Take().text, place_));
  if (AtTransaction(cursor)) {
    return ParseTransaction(cursor, &directive->body.emplace<Transaction>());
  }
  if (cursor.TakeIf("open")) return ParseOpen(cursor, &directive->body.emplace<Open>());
  if (cursor.TakeIf("balance")) return ParseBalance(cursor, &directive->body.emplace<Balance>());
  if (cursor.TakeIf("price")) return ParsePrice(cursor, &directive->body.emplace<Price>());
  Metadata unused;
  if (cursor.TakeIf("close")) {
    LUMBUNG_ASSIGN_OR_RETURN(directive->body.emplace<Close>().account, TakeAccount(cursor));
  } else if (cursor.TakeIf("commodity")) {
    Commodity& commodity = directive->body.emplace<Commodity>();
    LUMBUNG_ASSIGN_OR_RETURN(commodity.currency, TakeCurrency(cursor));
    LUMBUNG_RETURN_IF_ERROR(cursor.ExpectEnd());
    return ParseMetadataLines(&commodity.metadata);
  } else if (cursor.TakeIf("pad")) {
    Pad& pad = directive->body.emplace<Pad>();
    LUMBUNG_ASSIGN_OR_RETURN(pad.account, TakeAccount(cursor));
    LUMBUNG_ASSIGN_OR_RETURN(pad.source_account, TakeAccount(cursor));
  } else {
    LUMBUNG_RETURN_IF_ERROR(ParseOther(cursor, &directive->body.emplace<Other>()));
  }
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectEnd());
  return ParseMetadataLines(&unused);
}

absl::Status Parser::ParseUndated(TokenCursor& cursor, Directive* directive) {
  if (cursor.TakeIf("option")) {
    SetOption& option = directive->body.emplace<SetOption>();
    LUMBUNG_ASSIGN_OR_RETURN(option.name, TakeString(cursor));
    LUMBUNG_ASSIGN_OR_RETURN(option.value, TakeString(cursor));
  } else if (cursor.TakeIf("include")) {
    LUMBUNG_ASSIGN_OR_RETURN(directive->body.emplace<Include>().pattern, TakeString(cursor));
  } else if (cursor.TakeIf("pushtag")) {
    LUMBUNG_ASSIGN_OR_RETURN(directive->body.emplace<PushTag>().tag, TakeTag(cursor));
  } else if (cursor.TakeIf("poptag")) {
    LUMBUNG_ASSIGN_OR_RETURN(directive->body.emplace<PopTag>().tag, TakeTag(cursor));
  } else if (cursor.TakeIf("pushmeta")) {
    PushMeta& push = directive->body.emplace<PushMeta>();
    LUMBUNG_ASSIGN_OR_RETURN(std::tie(push.key, push.value), TakeKeyValue(cursor));
  } else if (cursor.TakeIf("popmeta")) {
    LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view key, cursor.Expect(TokenKind::kKey, "a key"));
    directive->body.emplace<PopMeta>().key = std::string(key);
    LUMBUNG_RETURN_IF_ERROR(cursor.ExpectSymbol(":"));
  } else if (cursor.TakeIf("plugin")) {
    directive->body.emplace<Other>().keyword = "plugin";
    LUMBUNG_RETURN_IF_ERROR(TakeString(cursor).status());
    if (!cursor.AtEnd()) LUMBUNG_RETURN_IF_ERROR(TakeString(cursor).status());
  } else {
    return cursor.Unexpected("a date or a directive such as option or include");
  }
  return cursor.ExpectEnd();
}

absl::Status Parser::ParseTransaction(TokenCursor& cursor, Transaction* transaction) {
  constexpr std::size_t kUsualPostings = 4;
  transaction->postings.reserve(kUsualPostings);
  LUMBUNG_RETURN_IF_ERROR(ParseTransactionHead(cursor, transaction));
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndentedLine());
    if (!more) return absl::OkStatus();
    TokenCursor line(lexer_.tokens(), place_);
    LUMBUNG_RETURN_IF_ERROR(ParseTransactionLine(line, transaction));
  }
}

absl::Status Parser::ParseTransactionHead(TokenCursor& cursor, Transaction* transaction) {
  const Token flag = cursor.Take();
  transaction->flag = flag.Is("txn") ? '*' : flag.text[0];
  std::vector<std::string> texts;
  while (cursor.NextIs(TokenKind::kString)) texts.push_back(Unescape(cursor.Take().text));
  if (texts.size() > 2) {
    return RefusalAt(
        place_, "PARSE_ERROR",
        absl::StrCat("found ", texts.size(), " texts, expected at most a payee and a narration"));
  }
  if (texts.size() == 2) transaction->payee = std::move(texts.front());
  if (!texts.empty()) transaction->narration = std::move(texts.back());
  TakeTagsAndLinks(cursor, transaction);
  return cursor.ExpectEnd();
}

absl::Status Parser::ParseTransactionLine(TokenCursor& cursor, Transaction* transaction) {
  std::vector<Posting>& postings = transaction->postings;
  if (cursor.NextIs(TokenKind::kKey)) {
    return TakeMetadata(cursor,
                        postings.empty() ? &transaction->metadata : &postings.back().metadata);
  }
  if (cursor.NextIs(TokenKind::kTag) || cursor.NextIs(TokenKind::kLink)) {
    if (!postings.empty()) {
      return cursor.Unexpected("a posting (tags and links stand before the first posting)");
    }
    TakeTagsAndLinks(cursor, transaction);
    return cursor.ExpectEnd();
  }
  if (postings.size() == kMaxPostings) {
    return RefusalAt(place_, "TOO_MANY_POSTINGS",
                     absl::StrCat("a transaction may have at most ", kMaxPostings, " postings"));
  }
  return ParsePosting(cursor, &postings.emplace_back());
}

absl::Status Parser::ParsePosting(TokenCursor& cursor, Posting* posting) {
  posting->line = place_.line;
  if (cursor.NextIs("*") || cursor.NextIs("#") || cursor.NextIs(TokenKind::kFlag)) {
    posting->flag = cursor.Take().text[0];
  }
  LUMBUNG_ASSIGN_OR_RETURN(const absl::string_view account,
                           cursor.Expect(TokenKind::kAccount, "an account or a key"));
  posting->account = std::string(account);
  if (cursor.AtEnd()) return absl::OkStatus();

  LUMBUNG_ASSIGN_OR_RETURN(posting->units, ParseIncompleteAmount(cursor));
  if (cursor.NextIs("{") || cursor.NextIs("{{")) {
    LUMBUNG_ASSIGN_OR_RETURN(posting->cost, ParseCostSpec(cursor));
  }
  if (cursor.NextIs("@") || cursor.NextIs("@@")) {
    posting->price_is_total = cursor.Take().Is("@@");
    LUMBUNG_ASSIGN_OR_RETURN(posting->price, ParseIncompleteAmount(cursor));
    if (posting->price->number.has_value() && posting->price->number->IsNegative()) {
      return RefusalAt(place_, "INVALID_AMOUNT", "a price may not be negative");
    }
    if (posting->price_is_total && !posting->units->number.has_value()) {
      return RefusalAt(place_, "INVALID_AMOUNT", "a total price needs an amount before it");
    }
  }
  if (posting->cost && posting->price && !posting->cost->currency.empty() &&
      !posting->price->currency.empty() && posting->cost->currency != posting->price->currency) {
    return RefusalAt(place_, "PARSE_ERROR",
                     absl::StrCat("the cost is in ", posting->cost->currency, ", the price in ",
                                  posting->price->currency, "; expected the same currency"));
  }
  return cursor.ExpectEnd();
}

absl::Status Parser::ParseOpen(TokenCursor& cursor, Open* open) {
  LUMBUNG_ASSIGN_OR_RETURN(open->account, TakeAccount(cursor));
  if (cursor.NextIs(TokenKind::kCurrency)) {
    do {
      LUMBUNG_ASSIGN_OR_RETURN(std::string currency, TakeCurrency(cursor));
      open->currencies.push_back(std::move(currency));
    } while (cursor.TakeIf(","));
  }
  if (cursor.NextIs(TokenKind::kString)) {
    LUMBUNG_ASSIGN_OR_RETURN(open->booking, TakeString(cursor));
  }
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectEnd());
  return ParseMetadataLines(&open->metadata);
}

absl::Status Parser::ParseBalance(TokenCursor& cursor, Balance* balance) {
  LUMBUNG_ASSIGN_OR_RETURN(balance->account, TakeAccount(cursor));
  LUMBUNG_ASSIGN_OR_RETURN(balance->number, ParseNumber(cursor));
  if (cursor.TakeIf("~")) {
    LUMBUNG_ASSIGN_OR_RETURN(balance->tolerance, ParseNumber(cursor));
  }
  LUMBUNG_ASSIGN_OR_RETURN(balance->currency, TakeCurrency(cursor));
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectEnd());
  Metadata unused;
  return ParseMetadataLines(&unused);
}

absl::Status Parser::ParsePrice(TokenCursor& cursor, Price* price) {
  LUMBUNG_ASSIGN_OR_RETURN(price->currency, TakeCurrency(cursor));
  LUMBUNG_ASSIGN_OR_RETURN(price->number, ParseNumber(cursor));
  LUMBUNG_ASSIGN_OR_RETURN(price->price_currency, TakeCurrency(cursor));
  LUMBUNG_RETURN_IF_ERROR(cursor.ExpectEnd());
  Metadata unused;
  return ParseMetadataLines(&unused);
}

absl::Status Parser::ParseOther(TokenCursor& cursor, Other* other) {
  const bool note = cursor.NextIs("note") || cursor.NextIs("document");
  const bool texts = cursor.NextIs("event") || cursor.NextIs("query");
  if (!note && !texts && !cursor.NextIs("custom")) {
    return cursor.Unexpected("a directive such as open, txn or balance");
  }
  other->keyword = std::string(cursor.Take().text);
  if (note) {
    LUMBUNG_ASSIGN_OR_RETURN(other->account, TakeAccount(cursor));
  }
  LUMBUNG_RETURN_IF_ERROR(TakeString(cursor).status());
  if (texts) return TakeString(cursor).status();
  // The values of a custom directive and the tags of a document are passed over.
  while (!note && !cursor.AtEnd()) cursor.Take();
  while (cursor.NextIs(TokenKind::kTag) || cursor.NextIs(TokenKind::kLink)) cursor.Take();
  return absl::OkStatus();
}

absl::Status Parser::ParseMetadataLines(Metadata* metadata) {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, NextIndentedLine());
    if (!more) return absl::OkStatus();
    TokenCursor cursor(lexer_.tokens(), place_);
    LUMBUNG_RETURN_IF_ERROR(TakeMetadata(cursor, metadata));
  }
}

absl::StatusOr<bool> Parser::NextIndentedLine() {
  while (true) {
    LUMBUNG_ASSIGN_OR_RETURN(const bool more, lexer_.Next());
    if (!more) return false;
    if (!lexer_.indented()) {
      lexer_.Unread();
      return false;
    }
    place_.line = lexer_.line();
    if (!lexer_.tokens().empty()) return true;
  }
}

}  // namespace lumbung::import::beancount
