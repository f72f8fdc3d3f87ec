/*
 * Runs the programs of a plan and measures each from start to exit, with as little around them as possible: a small static
 * parent, posix_spawn, wait4. (A large parent would blur times of a millisecond and show up in its children's peak memory.)
 *
 * Plan, on stdin; one program a line, fields separated by tabs:
 *   STDIN  STDOUT  [KEY=VALUE ...]  /PROGRAM  [ARGUMENT ...]
 * The environment is what the line says and nothing else. stderr goes to STDOUT.err. Lines run one after the other;
 * a line that starts with '+' starts together with the one before it, without waiting.
 *
 * Answer, on stdout; one line for each program, in the plan's order:
 *   START-NS  END-NS  EXIT-STATUS  PEAK-KB        (status 128+n: killed by signal n)
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FIELDS = 64, MAX_TOGETHER = 256, MAX_LINE = 4096 };

struct run {
	char *fields[MAX_FIELDS + 1]; /* STDIN, STDOUT, environment, program and arguments */
	char **arguments;
	int in, out, err;
	pid_t pid;
	long long start, end;
	int status;
	long peak;
};

static void die(const char *what)
{
	fprintf(stderr, "stopwatch: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int open_file(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0)
		die(path);
	return fd;
}

/* Everything that need not be inside the measured time: cutting the line up, opening the files. */
static void prepare(struct run *run, char *line)
{
	char error_path[MAX_LINE + 8];
	int n = 0;

	for (char *field = strtok(line, "\t\n"); field; field = strtok(NULL, "\t\n")) {
		if (n == MAX_FIELDS) {
			errno = E2BIG;
			die("plan line");
		}
		run->fields[n++] = field;
	}
	run->fields[n] = NULL;
	run->arguments = run->fields + (n < 2 ? n : 2);
	while (*run->arguments && **run->arguments != '/')
		run->arguments++;
	if (!*run->arguments) {
		errno = EINVAL;
		die("plan line without a program");
	}
	snprintf(error_path, sizeof error_path, "%s.err", run->fields[1]);
	run->in = open_file(run->fields[0], O_RDONLY);
	run->out = open_file(run->fields[1], O_WRONLY | O_CREAT | O_TRUNC);
	run->err = open_file(error_path, O_WRONLY | O_CREAT | O_TRUNC);
}

static void start(struct run *run)
{
	posix_spawn_file_actions_t files;
	const char *program = *run->arguments;
	char *environment[MAX_FIELDS + 1];
	int n = 0;

	/* The environment lies between STDOUT and the program, so it wants a terminator of its own. */
	for (char **field = run->fields + 2; field < run->arguments; field++)
		environment[n++] = *field;
	environment[n] = NULL;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, run->in, 0);
	posix_spawn_file_actions_adddup2(&files, run->out, 1);
	posix_spawn_file_actions_adddup2(&files, run->err, 2);
	run->start = now();
	errno = posix_spawn(&run->pid, program, &files, NULL, run->arguments, environment);
	if (errno)
		die(program);
	posix_spawn_file_actions_destroy(&files);
	close(run->in);
	close(run->out);
	close(run->err);
}

static void collect(struct run *runs, int count)
{
	for (int left = count; left > 0; left--) {
		struct rusage usage;
		int status;
		pid_t pid = wait4(-1, &status, 0, &usage);
		long long end = now();

		if (pid < 0)
			die("wait");
		for (struct run *run = runs; run < runs + count; run++) {
			if (run->pid != pid)
				continue;
			run->end = end;
			run->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
			run->peak = usage.ru_maxrss;
		}
	}
	for (struct run *run = runs; run < runs + count; run++)
		printf("%lld %lld %d %ld\n", run->start, run->end, run->status, run->peak);
}

int main(void)
{
	static struct run runs[MAX_TOGETHER];
	static char lines[MAX_TOGETHER][MAX_LINE];
	char next[MAX_LINE];
	int more = fgets(next, sizeof next, stdin) != NULL;

	while (more) {
		int count = 0;

		do {
			if (count == MAX_TOGETHER || !strchr(next, '\n')) {
				errno = E2BIG;
				die("plan");
			}
			strcpy(lines[count], next);
			prepare(&runs[count], lines[count] + (next[0] == '+'));
			count++;
			more = fgets(next, sizeof next, stdin) != NULL;
		} while (more && next[0] == '+');
		for (int i = 0; i < count; i++)
			start(&runs[i]);
		collect(runs, count);
	}
	return fflush(stdout) ? 1 : 0;
}
