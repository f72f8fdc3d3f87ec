using System.Collections.Immutable;
using Flatnet.Agent.Capture;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Transport;
using Flatnet.Agent.Transport.Http;

namespace Flatnet.Agent.Commands;

/// <summary>What a task runs: a script, a command, or the scripts that the server has for it, which are files as long as this lives.</summary>
internal sealed class TaskProgram : IDisposable
{
    private readonly string? _directory;

    private TaskProgram(TaskRunOptions options, string? directory)
    {
        Options = options;
        _directory = directory;
    }

    public TaskRunOptions Options { get; }

    /// <exception cref="CommandException">There is nothing to run.</exception>
    /// <exception cref="ServerException">The server was asked and did not answer.</exception>
    public static async Task<TaskProgram> FindAsync(
        string? script, string[] command, string task, AgentOptions options, ServerLink server, CommandServices services, CancellationToken cancellation)
    {
        if (script is not null)
        {
            return command.Length == 0 ? Local(new TaskStep("script", Path.GetFullPath(script)), task, options)
                : throw CommandException.Usage("Either --script or a command: not both.");
        }

        if (command is [string program, .. string[] rest])
        {
            return Local(new TaskStep("command", Find(program, services)) { Arguments = rest }, task, options);
        }

        ScriptAnswer answer = await Retries.RunAsync(options.Api, services.Time, () => server.Api.GetScriptAsync(task, cancellation), cancellation).ConfigureAwait(false);
        return Fetched(answer, task, options);
    }

    public void Dispose()
    {
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static TaskProgram Local(TaskStep step, string task, AgentOptions options) => new(With([step], ImmutableDictionary<string, string>.Empty, task, options), null);

    private static TaskProgram Fetched(ScriptAnswer answer, string task, AgentOptions options)
    {
        // For its owner alone.
        string directory = Directory.CreateTempSubdirectory("flatnet-task-").FullName;
        var steps = new List<TaskStep>();
        Add("install script", answer.Script?.InstallScript);
        Add("execute script", answer.Script?.ExecuteScript);
        bool isNothing = steps.Count == 0;
        Add("cleanup script", answer.Script?.CleanupScript, isCleanup: true);
        if (isNothing)
        {
            Directory.Delete(directory, recursive: true);
            throw new CommandException($"The server has no script for task {task}. Name one with --script, or a command behind --.");
        }

        return new TaskProgram(With(steps, answer.Environment ?? ImmutableDictionary<string, string>.Empty, task, options), directory);

        void Add(string name, string? text, bool isCleanup = false)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                string file = Path.Join(directory, name.Replace(' ', '-'));
                File.WriteAllText(file, text.StartsWith("#!", StringComparison.Ordinal) ? text : "#!/bin/sh\n" + text);
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                steps.Add(new TaskStep(name, file, isCleanup));
            }
        }
    }

    private static TaskRunOptions With(IReadOnlyList<TaskStep> steps, ImmutableDictionary<string, string> environment, string task, AgentOptions options) => new()
    {
        Steps = steps,
        WorkDirectory = options.Task.WorkDirectory,
        // So that `flatnet-agent log` in a script knows its task.
        Environment = environment.SetItem("FLATNET_TASK_ID", task).SetItem("KERUTA_TASK_ID", task),
        Timeout = options.Task.Timeout,
        Capture = new CaptureOptions
        {
            Level = options.Streaming.Level,
            StderrDefault = options.Streaming.StderrDefault,
            Filter = options.Filter,
            QueueBytes = options.Streaming.MemoryLimit,
            BufferLines = options.Streaming.BufferSize,
            IsEchoed = true,
            DetectsInput = options.Task.DetectsInput,
        },
    };

    // As a shell looks for it; what is not found, the run says with the usual exit code.
    private static string Find(string program, CommandServices services)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return Path.GetFullPath(program);
        }

        foreach (string directory in (services.Environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string file = Path.Join(directory, program);
            if (File.Exists(file))
            {
                return Path.GetFullPath(file);
            }
        }

        return Path.GetFullPath(program);
    }
}
