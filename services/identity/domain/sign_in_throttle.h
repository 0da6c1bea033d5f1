// How often one may try to sign in. Guessing is slowed down by account, whether it exists or not,
// and by address; a right password after the wait opens as ever, so that nobody is locked out for
// good by others' guesses.
#ifndef LUMBUNG_SERVICES_IDENTITY_DOMAIN_SIGN_IN_THROTTLE_H_
#define LUMBUNG_SERVICES_IDENTITY_DOMAIN_SIGN_IN_THROTTLE_H_

#include "absl/time/time.h"

namespace lumbung::identity {

// Attempts are remembered for this long.
inline constexpr absl::Duration kAttemptWindow = absl::Minutes(15);
inline constexpr int kMaxFailuresOfAccount = 5;
inline constexpr int kMaxFailuresOfAddress = 50;

struct RecentFailures {
  // Of the account, within the window and since its last success.
  int of_account = 0;
  absl::Time last_of_account = absl::InfinitePast();
  // Of the address, within the window, over all accounts.
  int of_address = 0;
  absl::Time last_of_address = absl::InfinitePast();
};

// When the next attempt is allowed: the past when it is now. Two slips cost nothing, the third five
// seconds, the fourth half a minute, and the fifth the whole window.
absl::Time NextAttemptAt(const RecentFailures& failures);

}  // namespace lumbung::identity

#endif  // LUMBUNG_SERVICES_IDENTITY_DOMAIN_SIGN_IN_THROTTLE_H_
