// Runs a command with its output thrown away, and prints the most memory it held, in KiB.
//
//   ./peak tcptune audit
//
// A program that bench.py starts itself would be charged with Python's own size: the kernel counts what a process
// held before exec(2) (`fs/exec.c:exec_mmap` keeps the maximum). This one is small enough not to show.

#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int count, char **words) {
    if (count < 2) return 64;
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_WRONLY), 1);
        execvp(words[1], words + 1);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
    printf("%ld\n", usage.ru_maxrss);
    return WIFEXITED(status) && WEXITSTATUS(status) <= 1 ? 0 : 1;
}
