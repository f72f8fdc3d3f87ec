using System.Text;
using Flatnet.Agent.Pipeline;
using Flatnet.Agent.Spool;

namespace Flatnet.Agent.Tests.Support;

/// <summary>A stream as an agent leaves it behind.</summary>
internal static class Leftover
{
    /// <param name="spool">The spool's directory.</param>
    /// <param name="task">The task.</param>
    /// <param name="lines">How many.</param>
    /// <param name="exitCode">How the task ended; null when the agent was killed.</param>
    /// <returns>The stream's ID.</returns>
    public static string Write(string spool, string task, int lines, int? exitCode)
    {
        using SpoolStream stream = new SpoolDirectory(new SpoolOptions(spool)).Create(task);
        var records = new RecordBuffer(stream.StreamId);
        for (int i = 1; i <= lines; i++)
        {
            string json = $$"""{"timestamp":"2026-01-31T14:05:00.000000000Z","source":"stderr","level":"WARN","message":"left {{i}}","sequence":{{i}}}""";
            records.Add(RecordKind.Line, i, Encoding.UTF8.GetBytes(json));
        }

        stream.Writer!.Append(records);
        if (exitCode is { } code)
        {
            stream.Writer.Complete(new TaskOutcome(code));
        }

        return stream.StreamId;
    }
}
