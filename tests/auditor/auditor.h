// The auditor: puts the same commands to the model and to the server, and compares.
//
// After every command the answers and the whole trial balance must agree, so a refused call that
// changed something is found at once; now and then, and whenever asked, the whole book is compared.
#ifndef LUMBUNG_TESTS_AUDITOR_AUDITOR_H_
#define LUMBUNG_TESTS_AUDITOR_AUDITOR_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "tests/auditor/client.h"
#include "tests/auditor/commands.h"
#include "tests/auditor/generator.h"
#include "tests/auditor/model.h"
#include "tests/auditor/stack.h"

namespace lumbung::auditor {

class Auditor {
 public:
  // Makes the book on the server; the organization exists. The stack outlives the auditor.
  static absl::StatusOr<std::unique_ptr<Auditor>> Begin(Stack* stack,
                                                        const std::string& organization,
                                                        const std::string& book,
                                                        std::uint32_t seed);

  // Runs so many commands, or up to the first disagreement, which the status describes together
  // with the command that brought it to light.
  absl::Status Run(int steps);
  // To be called when somebody else has restarted the server.
  void Connect();
  // Compares everything there is in the book, and checks the invariants.
  absl::Status CompareBooks();

  Model& model() { return model_; }
  // How often each outcome was seen: "CreateJournalEntryRequest UNBALANCED" or "... ok".
  const std::map<std::string, int>& outcomes() const { return outcomes_; }

 private:
  Auditor(Stack* stack, std::string organization, Book book, std::uint32_t seed);

  absl::Status Step();
  template <typename Request>
  absl::Status Put(const Request& request, bool adjuster);
  absl::Status Put(Housekeeping kind, bool adjuster);
  // Learns from an answer what only the server could know.
  template <typename Request, typename Response>
  absl::Status Learn(const Request& request, const Response& response);
  template <typename Response>
  absl::Status Compare(const std::string& of, Answer<Response> expected,
                       const Answer<Response>& actual);
  absl::Status CompareTrialBalances();
  absl::Status CompareHeads();

  Stack* const stack_;
  const std::string organization_;
  const std::uint32_t seed_;
  std::unique_ptr<Client> client_;
  Model model_;
  Generator generator_;
  int steps_ = 0;
  std::map<std::string, int> outcomes_;
};

}  // namespace lumbung::auditor

#endif  // LUMBUNG_TESTS_AUDITOR_AUDITOR_H_
