namespace Flatnet.Agent.Pipeline;

/// <summary>One of the programs that make a task, run in order.</summary>
/// <param name="Name">What it is called in messages, such as <c>install script</c>.</param>
/// <param name="File">The program or script, as a full path.</param>
/// <param name="IsCleanup">It runs whatever became of those before it, and its exit code is not the task's.</param>
internal sealed record TaskStep(string Name, string File, bool IsCleanup = false)
{
    public IReadOnlyList<string> Arguments { get; init; } = [];
}
