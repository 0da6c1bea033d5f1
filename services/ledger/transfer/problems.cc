#include "services/ledger/transfer/problems.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "ledger/core/status.h"

namespace lumbung::transfer {
namespace {

constexpr char kPayload[] = "lumbung/problems";

bool IsNumber(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

void ProblemList::Add(const absl::Status& problem) {
  if (count_++ == 0) first_ = problem;
  if (full()) return;
  // A problem is one line, whatever its message quotes.
  std::string line(problem.message());
  std::replace(line.begin(), line.end(), '\n', ' ');
  lines_.push_back(std::move(line));
}

absl::Status ProblemList::ToStatus() const {
  if (count_ == 0) return absl::OkStatus();
  const std::string more = count_ == 1 ? "" : absl::StrCat(" (and ", count_ - 1, " more)");
  absl::Status status = Refusal(first_.code(), ReasonOf(first_), FieldOf(first_),
                                absl::StrCat(first_.message(), more));
  status.SetPayload(kPayload, absl::Cord(absl::StrJoin(lines_, "\n")));
  return status;
}

std::vector<std::string> ProblemsOf(const absl::Status& status) {
  if (status.ok()) return {};
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return {std::string(status.message())};
  return absl::StrSplit(std::string(*payload), '\n');
}

std::string PlaceOf(absl::string_view message) {
  // A file's name may hold colons, but not a number between two of them that a blank follows.
  for (std::size_t end = message.find(": "); end != absl::string_view::npos;
       end = message.find(": ", end + 1)) {
    const absl::string_view head = message.substr(0, end);
    const std::size_t colon = head.rfind(':');
    if (colon != absl::string_view::npos && colon > 0 && IsNumber(head.substr(colon + 1))) {
      return std::string(head);
    }
  }
  return "";
}

}  // namespace lumbung::transfer
