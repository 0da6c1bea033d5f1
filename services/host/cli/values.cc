#include "services/host/cli/values.h"

#include <map>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"

namespace lumbung::cli {

std::string ShowFlag(const Invocation& call, bool value) {
  if (call.csv()) return value ? "true" : "false";
  return value ? std::string(call.Text(Label::kYes)) : "";
}

std::string ShowInstant(const Invocation& call, const google::protobuf::Timestamp& instant) {
  if (instant.seconds() == 0 && instant.nanos() == 0) return "";
  const absl::Time time =
      absl::FromUnixSeconds(instant.seconds()) + absl::Nanoseconds(instant.nanos());
  if (call.csv()) return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::LocalTimeZone());
}

std::string ShowPairs(const google::protobuf::Map<std::string, std::string>& pairs) {
  const std::map<std::string, std::string> sorted(pairs.begin(), pairs.end());
  return absl::StrJoin(sorted, " ", absl::PairFormatter("="));
}

}  // namespace lumbung::cli
