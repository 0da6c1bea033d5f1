// Signing in to a real server, for tests that run the binary.
#ifndef LUMBUNG_TESTS_SUPPORT_SIGN_IN_H_
#define LUMBUNG_TESTS_SUPPORT_SIGN_IN_H_

#include <memory>
#include <string>

#include <grpcpp/channel.h>

#include "absl/status/statusor.h"

namespace lumbung::testing {

// What the tests' people choose when they have to choose a password.
inline constexpr char kTestPassword[] = "lesung padi di lumbung";

// The token of a new session. Takes the password as a one-time password when it is one, and sets
// kTestPassword in its place.
absl::StatusOr<std::string> SignIn(const std::string& address, const std::string& user_name,
                                   const std::string& password);

// A channel whose calls carry the token.
std::shared_ptr<grpc::Channel> ConnectWithToken(const std::string& address,
                                                const std::string& token);

// Gives the person a role in the organization, in the name of whoever the channel belongs to.
absl::Status GrantRole(const std::shared_ptr<grpc::ChannelInterface>& channel,
                       const std::string& organization, const std::string& user_name,
                       const std::string& role);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_SIGN_IN_H_
