// Runs programs at once, and kills some of them at a given moment. The tests do not start them themselves, because entering
// the sandbox takes each process longer than a plugin call lasts: they would never meet.
//
// usage: crowd JOBS DIRECTORY
// JOBS has a line per program, tab-separated: round, label, kill after so many microseconds (-1: never), program, file for
// standard input, and then any number of NAME=VALUE. Programs of one round run at once; a round begins when the one before it
// has ended. Output goes to DIRECTORY/LABEL.out and .err; standard output gets a line per program:
// label, exit status (-1: ended by a signal), signal, microseconds.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_VARIABLES = 32 };

struct job {
    long round;
    char *label;
    long kill_after;
    char *program;
    char *input;
    char *environment[MAX_VARIABLES + 1];
};

static void fail(const char *what)
{
    perror(what);
    _exit(111);
}

static long microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

static struct job parse(char *line)
{
    struct job job = { .round = atol(strsep(&line, "\t")) };
    job.label = strsep(&line, "\t");
    job.kill_after = atol(strsep(&line, "\t"));
    job.program = strsep(&line, "\t");
    job.input = strsep(&line, "\t");
    for (int i = 0; i < MAX_VARIABLES && line; i++)
        job.environment[i] = strsep(&line, "\t");
    return job;
}

static void redirect(int descriptor, const char *path, int flags)
{
    int file = open(path, flags, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        fail(path);
    close(file);
}

static void await(int barrier)
{
    char byte;
    while (read(barrier, &byte, 1) < 0 && errno == EINTR)
        ;
    close(barrier);
}

static void become(struct job *job, const char *directory, int ready, int barrier)
{
    char path[4096];
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    redirect(0, job->input, O_RDONLY);
    snprintf(path, sizeof path, "%s/%s.out", directory, job->label);
    redirect(1, path, O_WRONLY | O_CREAT | O_TRUNC);
    snprintf(path, sizeof path, "%s/%s.err", directory, job->label);
    redirect(2, path, O_WRONLY | O_CREAT | O_TRUNC);
    if (write(ready, "", 1) != 1)
        fail("ready");
    close(ready);
    await(barrier);
    char *argv[] = { job->program, NULL };
    execve(job->program, argv, job->environment);
    fail(job->program);
}

static void supervise(struct job *job, const char *directory, int ready, int barrier)
{
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, NULL);
    pid_t pid = fork();
    if (pid < 0)
        fail("fork");
    if (pid == 0)
        become(job, directory, ready, barrier);
    close(ready);
    await(barrier);
    long start = microseconds();
    if (job->kill_after >= 0) {
        struct timespec limit = { job->kill_after / 1000000, job->kill_after % 1000000 * 1000 };
        if (sigtimedwait(&child_ended, NULL, &limit) < 0)
            kill(pid, SIGKILL);
    }
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            fail("waitpid");
    long elapsed = microseconds() - start;
    char line[4096];
    int length = snprintf(line, sizeof line, "%s\t%d\t%d\t%ld\n", job->label, WIFEXITED(status) ? WEXITSTATUS(status) : -1,
        WIFSIGNALED(status) ? WTERMSIG(status) : 0, elapsed);
    if (write(1, line, length) != length) // one write, so that lines do not mix
        fail("write");
    _exit(0);
}

static void run_round(struct job *jobs, size_t count, const char *directory)
{
    int barrier[2], ready[2];
    if (pipe(barrier) < 0 || pipe(ready) < 0)
        fail("pipe");
    for (size_t i = 0; i < count; i++) {
        pid_t pid = fork();
        if (pid < 0)
            fail("fork");
        if (pid == 0) {
            close(barrier[1]);
            close(ready[0]);
            supervise(&jobs[i], directory, ready[1], barrier[0]);
        }
    }
    close(barrier[0]);
    close(ready[1]);
    char byte;
    while (read(ready[0], &byte, 1) > 0)
        ;
    close(ready[0]);
    close(barrier[1]); // everybody reads the end of the pipe, and starts
    while (wait(NULL) > 0)
        ;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    FILE *file = fopen(argv[1], "re");
    if (!file)
        fail(argv[1]);
    struct job *jobs = NULL;
    size_t count = 0;
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    while ((length = getline(&line, &size, file)) > 0) {
        line[length - 1] = 0;
        jobs = realloc(jobs, (count + 1) * sizeof *jobs);
        jobs[count++] = parse(strdup(line));
    }
    for (size_t first = 0, next; first < count; first = next) {
        for (next = first; next < count && jobs[next].round == jobs[first].round; next++)
            ;
        run_round(jobs + first, next - first, argv[2]);
    }
    return 0;
}
