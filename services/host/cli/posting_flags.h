// Postings as flags: --debit and --credit with what postings have in common. Shared by the commands
// that write journal entries and vouchers.
#ifndef LUMBUNG_SERVICES_HOST_CLI_POSTING_FLAGS_H_
#define LUMBUNG_SERVICES_HOST_CLI_POSTING_FLAGS_H_

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "lumbung/ledger/v1/resources.pb.h"
#include "services/host/cli/invocation.h"

namespace lumbung::cli {

struct PostingFlags {
  std::vector<std::string> debits;
  std::vector<std::string> credits;
  std::string fund;
  std::vector<std::string> dimensions;

  bool empty() const { return debits.empty() && credits.empty(); }
};

// --debit, --credit, --fund and --dimension. `flags` outlives the command.
void AddPostingOptions(CLI::App* command, PostingFlags* flags);

// As typed, debits first: reads all flags and asks the server nothing. INVALID_AMOUNT, USAGE.
absl::StatusOr<std::vector<v1::Posting>> ReadPostings(Invocation& call, const PostingFlags& flags);

// Amounts written without a currency are in the book's own; accounts typed by code or name become
// the ids they mean.
absl::Status ResolvePostings(Invocation& call, std::vector<v1::Posting>* postings);

}  // namespace lumbung::cli

#endif  // LUMBUNG_SERVICES_HOST_CLI_POSTING_FLAGS_H_
