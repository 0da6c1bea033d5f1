// RunningLumbung: the binary in a process of its own, as a user runs it, with its output in a file.
#ifndef LUMBUNG_TESTS_SUPPORT_RUNNING_LUMBUNG_H_
#define LUMBUNG_TESTS_SUPPORT_RUNNING_LUMBUNG_H_

#include <string>
#include <vector>

#include <sys/types.h>

namespace lumbung::testing {

class RunningLumbung {
 public:
  // `words` are the command line behind the program's name.
  RunningLumbung(std::vector<std::string> words, std::string output);
  // Ends it in good order, if it is still running.
  ~RunningLumbung();
  RunningLumbung(const RunningLumbung&) = delete;
  RunningLumbung& operator=(const RunningLumbung&) = delete;

  // Sends the signal, if any, and waits for the end. The exit code; -1 after a signal, or when it
  // had ended before.
  int Wait(int signal = 0);

  std::string Output() const;

  // Waits for the text, and returns the word behind it. A test failure and "" when the program ends
  // without saying so.
  std::string WordBehind(const std::string& text);

 private:
  const std::string output_;
  pid_t pid_ = 0;
};

// The command line of `lumbung up` on the folder, on ports that are free.
std::vector<std::string> UpWords(const std::string& data_dir);

}  // namespace lumbung::testing

#endif  // LUMBUNG_TESTS_SUPPORT_RUNNING_LUMBUNG_H_
