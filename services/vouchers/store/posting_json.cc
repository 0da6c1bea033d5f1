#include "services/vouchers/store/posting_json.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"

namespace lumbung::vouchers {
namespace {

using nlohmann::json;

absl::StatusOr<PostingDraft> PostingFromJson(const json& object) {
  PostingDraft posting;
  posting.account = object.at("account").get<std::string>();
  LUMBUNG_ASSIGN_OR_RETURN(posting.amount, Decimal::Parse(object.at("amount").get<std::string>()));
  posting.currency = object.at("currency").get<std::string>();
  if (const auto functional = object.find("functional"); functional != object.end()) {
    LUMBUNG_ASSIGN_OR_RETURN(const Decimal amount,
                             Decimal::Parse(functional->at("amount").get<std::string>()));
    posting.functional = FunctionalAmount{amount, functional->at("currency").get<std::string>()};
  }
  posting.fund = object.at("fund").get<std::string>();
  for (const json& pair : object.at("dimensions")) {
    posting.dimensions.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  }
  posting.memo = object.at("memo").get<std::string>();
  return posting;
}

}  // namespace

std::string PostingsToJson(const std::vector<PostingDraft>& postings) {
  json list = json::array();
  for (const PostingDraft& posting : postings) {
    json object = {{"account", posting.account},   {"amount", posting.amount.ToString()},
                   {"currency", posting.currency}, {"fund", posting.fund},
                   {"dimensions", json::array()},  {"memo", posting.memo}};
    if (posting.functional.has_value()) {
      object["functional"] = {{"amount", posting.functional->amount.ToString()},
                              {"currency", posting.functional->currency}};
    }
    for (const auto& [dimension, value] : posting.dimensions) {
      object["dimensions"].push_back(json::array({dimension, value}));
    }
    list.push_back(std::move(object));
  }
  return list.dump();
}

absl::StatusOr<std::vector<PostingDraft>> PostingsFromJson(absl::string_view text) {
  try {
    std::vector<PostingDraft> postings;
    for (const json& object : json::parse(text.begin(), text.end())) {
      LUMBUNG_ASSIGN_OR_RETURN(PostingDraft posting, PostingFromJson(object));
      postings.push_back(std::move(posting));
    }
    return postings;
  } catch (const json::exception& error) {
    return absl::InternalError(
        absl::StrCat("the database holds unusable postings of a voucher: ", error.what()));
  }
}

}  // namespace lumbung::vouchers
