#include "services/vouchers/domain/number_pattern.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "ledger/core/key.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

constexpr int kMaxSequenceWidth = 12;

absl::Status InvalidPattern(absl::string_view message) {
  return InvalidArgument("INVALID_PATTERN", "pattern", message);
}

// The one value that all postings have which have any. Nothing when they have none, or several.
class CommonValue {
 public:
  void Add(const std::string& value) {
    if (!value_.has_value()) value_ = value;
    agreed_ = agreed_ && *value_ == value;
  }
  absl::StatusOr<std::string> Take(absl::string_view what) const {
    if (value_.has_value() && agreed_) return *value_;
    return FailedPrecondition(
        "NUMBER_UNDETERMINED", "postings",
        absl::StrCat("the number of this voucher names its ", what, ", but its postings name ",
                     value_.has_value() ? "several" : "none", "; exactly one is allowed"));
  }

 private:
  std::optional<std::string> value_;
  bool agreed_ = true;
};

}  // namespace

absl::string_view RomanMonth(int month) {
  constexpr absl::string_view kRoman[] = {"I",   "II",   "III", "IV", "V",  "VI",
                                          "VII", "VIII", "IX",  "X",  "XI", "XII"};
  return kRoman[month - 1];
}

int NumberPeriod(Date date, NumberReset reset) {
  switch (reset) {
    case NumberReset::kYearly:
      return date.year();
    case NumberReset::kMonthly:
      return date.year() * 100 + date.month();
    case NumberReset::kNever:
      return 0;
  }
  return 0;
}

absl::StatusOr<NumberPattern::Part> NumberPattern::ParsePlaceholder(absl::string_view placeholder) {
  const std::size_t colon = placeholder.find(':');
  const absl::string_view name = placeholder.substr(0, colon);
  const bool has_option = colon != absl::string_view::npos;
  const absl::string_view option = has_option ? placeholder.substr(colon + 1) : "";
  if (name == "seq") {
    int width = 1;
    if (!has_option) return Part{Kind::kSequence, "", width};
    if (absl::SimpleAtoi(option, &width) && width >= 1 && width <= kMaxSequenceWidth) {
      return Part{Kind::kSequence, "", width};
    }
  } else if (name == "kind" && !has_option) {
    return Part{Kind::kVoucherKind, "", 0};
  } else if (name == "year" && (!has_option || option == "2")) {
    return Part{Kind::kYear, "", has_option ? 2 : 4};
  } else if (name == "month" && !has_option) {
    return Part{Kind::kMonth, "", 0};
  } else if (name == "month" && option == "roman") {
    return Part{Kind::kRoman, "", 0};
  } else if (name == "fund" && !has_option) {
    return Part{Kind::kFund, "", 0};
  } else if (name == "dimension" && ValidateKey(option, "").ok()) {
    return Part{Kind::kDimension, std::string(option), 0};
  }
  return InvalidPattern(
      absl::StrCat("found {", placeholder,
                   "}; allowed are {seq}, {seq:1} to {seq:12}, {kind}, {year}, {year:2}, {month}, "
                   "{month:roman}, {fund} and {dimension:KEY}"));
}

absl::StatusOr<NumberPattern> NumberPattern::Parse(absl::string_view text, NumberReset reset) {
  if (text.size() > kMaxPatternBytes || !ValidateKey(text, "").ok()) {
    return InvalidPattern(absl::StrCat("a pattern has 1 to ", kMaxPatternBytes,
                                       " bytes, without control characters or blanks at its ends"));
  }
  NumberPattern pattern;
  absl::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t open = rest.find_first_of("{}");
    if (open != 0) {
      pattern.parts_.push_back({Kind::kLiteral, std::string(rest.substr(0, open)), 0});
      rest = open == absl::string_view::npos ? absl::string_view() : rest.substr(open);
      continue;
    }
    const std::size_t close = rest.find('}');
    if (rest[0] != '{' || close == absl::string_view::npos) {
      return InvalidPattern(absl::StrCat("a brace stands alone in \"", text, "\""));
    }
    LUMBUNG_ASSIGN_OR_RETURN(Part part, ParsePlaceholder(rest.substr(1, close - 1)));
    pattern.parts_.push_back(std::move(part));
    rest.remove_prefix(close + 1);
  }
  const auto count = [&pattern](Kind kind) {
    return std::count_if(pattern.parts_.begin(), pattern.parts_.end(),
                         [kind](const Part& part) { return part.kind == kind; });
  };
  if (count(Kind::kSequence) != 1) {
    return InvalidPattern("a pattern has {seq} exactly once");
  }
  if (reset != NumberReset::kNever && count(Kind::kYear) == 0) {
    return InvalidPattern("numbers that start anew each year or month must name the {year}");
  }
  if (reset == NumberReset::kMonthly && count(Kind::kMonth) + count(Kind::kRoman) == 0) {
    return InvalidPattern("numbers that start anew each month must name the {month}");
  }
  return pattern;
}

absl::StatusOr<std::string> NumberPattern::Format(const VoucherContent& content,
                                                  const std::string& default_fund,
                                                  std::int64_t sequence) const {
  std::string number;
  for (const Part& part : parts_) {
    CommonValue common;
    switch (part.kind) {
      case Kind::kLiteral:
        absl::StrAppend(&number, part.text);
        break;
      case Kind::kSequence:
        absl::StrAppendFormat(&number, "%0*d", part.width, sequence);
        break;
      case Kind::kVoucherKind:
        absl::StrAppend(&number, KindCode(content.kind));
        break;
      case Kind::kYear:
        absl::StrAppendFormat(&number, "%0*d", part.width,
                              part.width == 2 ? content.date.year() % 100 : content.date.year());
        break;
      case Kind::kMonth:
        absl::StrAppendFormat(&number, "%02d", content.date.month());
        break;
      case Kind::kRoman:
        absl::StrAppend(&number, RomanMonth(content.date.month()));
        break;
      case Kind::kFund: {
        for (const PostingDraft& posting : content.postings) {
          common.Add(posting.fund.empty() ? default_fund : posting.fund);
        }
        LUMBUNG_ASSIGN_OR_RETURN(const std::string fund, common.Take("fund"));
        absl::StrAppend(&number, fund);
        break;
      }
      case Kind::kDimension: {
        for (const PostingDraft& posting : content.postings) {
          for (const auto& [dimension, value] : posting.dimensions) {
            if (dimension == part.text) common.Add(value);
          }
        }
        LUMBUNG_ASSIGN_OR_RETURN(const std::string value, common.Take(part.text));
        absl::StrAppend(&number, value);
        break;
      }
    }
  }
  if (number.size() > kMaxNumberBytes) {
    return InvalidArgument("NUMBER_TOO_LONG", "series",
                           absl::StrCat("the number would have ", number.size(), " bytes; at most ",
                                        kMaxNumberBytes, " are allowed"));
  }
  return number;
}

}  // namespace lumbung::vouchers
