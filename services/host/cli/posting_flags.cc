#include "services/host/cli/posting_flags.h"

#include <utility>

#include "services/host/cli/amount_syntax.h"
#include "services/host/cli/chart.h"
#include "services/host/cli/command_line.h"

namespace lumbung::cli {

void AddPostingOptions(CLI::App* command, PostingFlags* flags) {
  const std::string posting_type = "ACCOUNT=AMOUNT[ CUR][;fund=F][;memo=T][;value=AMOUNT][;DIM=V]";
  command->add_option("--debit", flags->debits, "A debit (repeatable)")
      ->allow_extra_args(false)
      ->type_name(posting_type);
  command->add_option("--credit", flags->credits, "A credit (repeatable), written the same way")
      ->allow_extra_args(false)
      ->type_name("ACCOUNT=AMOUNT...");
  command->add_option("--fund", flags->fund, "Fund of postings that name none")->type_name("FUND");
  command
      ->add_option("--dimension", flags->dimensions,
                   "Dimension value of postings that name none (repeatable)")
      ->allow_extra_args(false)
      ->type_name("DIMENSION=VALUE");
}

absl::StatusOr<std::vector<v1::Posting>> ReadPostings(Invocation& call, const PostingFlags& flags) {
  PostingDefaults defaults;
  defaults.locale = call.output().numbers.locale;
  defaults.fund = flags.fund;
  for (const std::string& text : flags.dimensions) {
    LUMBUNG_ASSIGN_OR_RETURN(const auto pair, SplitPair("--dimension", text));
    defaults.dimensions.insert(pair);
  }
  std::vector<v1::Posting> postings;
  for (const std::string& text : flags.debits) {
    LUMBUNG_ASSIGN_OR_RETURN(v1::Posting posting, ParsePosting(Side::kDebit, text, defaults));
    postings.push_back(std::move(posting));
  }
  for (const std::string& text : flags.credits) {
    LUMBUNG_ASSIGN_OR_RETURN(v1::Posting posting, ParsePosting(Side::kCredit, text, defaults));
    postings.push_back(std::move(posting));
  }
  return postings;
}

absl::Status ResolvePostings(Invocation& call, std::vector<v1::Posting>* postings) {
  LUMBUNG_ASSIGN_OR_RETURN(const v1::Book book, call.session().Book());
  const auto fill = [&book](v1::Money& money) {
    if (money.currency().empty()) money.set_currency(book.functional_currency());
  };
  for (v1::Posting& posting : *postings) {
    fill(*posting.mutable_amount());
    if (posting.has_functional_amount()) fill(*posting.mutable_functional_amount());
  }
  LUMBUNG_ASSIGN_OR_RETURN(const Chart chart, Chart::Load(call.session()));
  for (v1::Posting& posting : *postings) posting.set_account(chart.Resolve(posting.account()));
  return absl::OkStatus();
}

}  // namespace lumbung::cli
