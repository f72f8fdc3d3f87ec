using System.IO.Compression;
using System.Text.Json;
using Flatnet.Agent.Configuration;
using Flatnet.Agent.Logging;
using Flatnet.Agent.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Flatnet.Agent.Tests.Logging;

public sealed partial class AgentLogTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void On_standard_error_each_message_is_one_line_that_names_the_agent()
    {
        using var error = new StringWriter();
        using var log = new AgentLog(TestOptions.With().Logging, TextWriter.Null, error, TimeProvider.System);
        Told(log, "first\nsecond");
        Hidden(log);

        Assert.Equal("flatnet-agent: WARN Seen first second.\n", error.ToString());
    }

    [Fact]
    public void In_json_the_values_stand_beside_the_message()
    {
        using var output = new StringWriter();
        using var log = new AgentLog(TestOptions.With((AgentKeys.LoggingFormat, "json"), (AgentKeys.LoggingOutput, "stdout")).Logging, output, TextWriter.Null, TimeProvider.System);
        Told(log, "it");

        using JsonDocument line = JsonDocument.Parse(output.ToString());
        Assert.Equal("WARN", line.RootElement.GetProperty("level").GetString());
        Assert.Equal("Seen it.", line.RootElement.GetProperty("message").GetString());
        Assert.Equal("it", line.RootElement.GetProperty("what").GetString());
        Assert.Equal(1, line.RootElement.GetProperty("event").GetInt32());
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public void A_file_that_has_grown_is_set_aside_and_only_so_many_are_kept(string compress)
    {
        LoggingOptions options = TestOptions.With(
            (AgentKeys.LogFileEnabled, "true"), (AgentKeys.LogFilePath, _directory.File("a/agent.log")), (AgentKeys.LogFileMaxSize, "4096"),
            (AgentKeys.LogFileMaxBackups, "2"), (AgentKeys.LogFileCompress, compress)).Logging;
        using (var log = new AgentLog(options, TextWriter.Null, TextWriter.Null, TimeProvider.System))
        {
            for (int i = 0; i < 200; i++)
            {
                Told(log, $"number {i} {new string('x', 100)}");
            }
        }

        string extension = compress == "true" ? ".gz" : "";
        Assert.Equal(
            ["agent.log", "agent.log.1" + extension, "agent.log.2" + extension],
            Directory.GetFiles(_directory.File("a")).Select(Path.GetFileName).Order());
        Assert.Contains("number 199 ", File.ReadAllText(options.Path), StringComparison.Ordinal);
        Assert.True(new FileInfo(options.Path).Length <= 4096);
        using Stream backup = File.OpenRead(options.Path + ".1" + extension);
        using var reader = new StreamReader(compress == "true" ? new GZipStream(backup, CompressionMode.Decompress) : backup);
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(reader.ReadLine()!).RootElement.ValueKind);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.Path));
    }

    [LoggerMessage(1, LogLevel.Warning, "Seen {What}.")]
    private static partial void Told(ILogger logger, string what);

    [LoggerMessage(2, LogLevel.Debug, "Not seen.")]
    private static partial void Hidden(ILogger logger);
}
