#include "tests/auditor/commands.h"

#include "absl/strings/str_cat.h"

namespace lumbung::auditor {
namespace {

template <typename Message>
std::string TextOf(const Message& request) {
  return absl::StrCat(request.GetDescriptor()->name(), " ", request.ShortDebugString());
}

std::string TextOf(const StreamCall& call) {
  return absl::StrCat("StreamJournalEntries ", call.ShortDebugString());
}

std::string TextOf(Housekeeping kind) {
  return kind == Housekeeping::kRestart ? "restart of the server" : "fold of the turnover";
}

}  // namespace

std::string Describe(const Command& command) {
  const std::string text =
      std::visit([](const auto& request) { return TextOf(request); }, command.request);
  return command.adjuster ? absl::StrCat("as an adjuster: ", text) : text;
}

}  // namespace lumbung::auditor
