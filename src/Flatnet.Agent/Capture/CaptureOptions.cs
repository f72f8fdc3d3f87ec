using Flatnet.Logs;
using Flatnet.Logs.Redaction;

namespace Flatnet.Agent.Capture;

/// <summary>What becomes of a task's lines.</summary>
internal sealed record CaptureOptions
{
    /// <summary>Lines below it are counted and not streamed, unless the server wants another level.</summary>
    public LogLevel Level { get; init; } = LogLevel.Info;

    /// <summary>What a line of standard error has for a level when it says none.</summary>
    public LogLevel StderrDefault { get; init; } = LogLevel.Info;

    /// <summary>What is masked or left out.</summary>
    public LogFilter Filter { get; init; } = new(new LogFilterOptions());

    /// <summary>The bytes that may wait between the pipes and the spool; then the task waits.</summary>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>The lines that are written to the spool at once, when there are so many.</summary>
    public int BufferLines { get; init; } = 1000;

    /// <summary>The lines also appear on the agent's own output, as they are streamed.</summary>
    public bool IsEchoed { get; init; }

    /// <summary>A prompt makes the task WAITING_FOR_INPUT.</summary>
    public bool DetectsInput { get; init; } = true;
}
