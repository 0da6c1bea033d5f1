// GenerateDemo: fills a server with the demo organization, through the public API and never round
// it.
#ifndef LUMBUNG_SERVICES_HOST_DEMO_GENERATE_DEMO_H_
#define LUMBUNG_SERVICES_HOST_DEMO_GENERATE_DEMO_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/impl/codegen/channel_interface.h>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace lumbung::demo {

struct DemoResult {
  std::string organization;  // The ids to name in commands.
  std::string book;
  std::int64_t entries = 0;  // In the book.
  std::int64_t posted = 0;   // By this call: 0 when the demo was there already.
  // Made by this call; their passwords are shown nowhere else.
  struct Person {
    std::string user_name;
    std::string name;
    std::string roles;
    std::string one_time_password;
  };
  std::vector<Person> people;
};

// The token of a session in the name of a person.
using OpenSession = std::function<absl::StatusOr<std::string>(absl::string_view user_name)>;

// Told before each step: what comes next, how many steps are done, how many there are.
using DemoProgress = std::function<void(absl::string_view step, int done, int total)>;

// Every request has a fixed id, so that a call after a broken one goes on where that one stopped,
// and another one changes nothing. Refused as the API refuses: REQUEST_ID_REUSED when the book
// holds the demo of another version.
//
// `founder` is a platform operator; the organization's own people do the rest, each what is theirs.
absl::StatusOr<DemoResult> GenerateDemo(const std::shared_ptr<grpc::ChannelInterface>& channel,
                                        absl::string_view founder, const OpenSession& open_session,
                                        const DemoProgress& progress);

}  // namespace lumbung::demo

#endif  // LUMBUNG_SERVICES_HOST_DEMO_GENERATE_DEMO_H_
