using System.Runtime.CompilerServices;
using System.Text;
using Flatnet.Cli.Hosting;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Logs;

public class ClosedOutputTests
{
    [Theory]
    [InlineData("web")]
    [InlineData("web", "db")]
    public async Task A_follow_ends_when_nobody_reads_any_more(params string[] targets)
    {
        using var output = new ClosedWriter();
        var log = new QuietLog();
        using var bench = new LogsBench { Output = output, Log = log };
        Array.ForEach(targets, target => bench.Container(target));

        await Assert.ThrowsAsync<OutputClosedException>(() => bench.RunAsync([.. targets, "--follow"]));

        Assert.Equal(targets.Length, log.Left);
    }

    /// <summary>One line, and then nothing for ever.</summary>
    private sealed class QuietLog : IContainerLog
    {
        public int Left { get; private set; }

        public string Source => "file";

        public async IAsyncEnumerable<LogRecord> ReadAsync(LogQuery query, [EnumeratorCancellation] CancellationToken cancellation)
        {
            try
            {
                yield return new LogRecord(LogsBench.Begin, LogChannel.Output, "hello"u8.ToArray());
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                Left++;
            }
        }
    }

    private sealed class ClosedWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new OutputClosedException(new IOException());

        public override void Write(string? value) => throw new OutputClosedException(new IOException());
    }
}
