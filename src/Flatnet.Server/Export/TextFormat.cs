using System.Buffers;
using System.Text;
using Flatnet.Logs;
using Flatnet.Logs.Times;

namespace Flatnet.Server.Export;

/// <summary><c>TIME [source] LEVEL message</c>. What follows a line end inside a message is indented: a message cannot pose as a line of its own.</summary>
internal sealed class TextFormat : ILineFormat
{
    public string MediaType => "text/plain; charset=utf-8";

    public string Extension => "txt";

    public void Begin(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, string taskId, LogEntry entry)
    {
        string message = entry.Message.AsSpan().ContainsAny('\n', '\r') ? entry.Message.ReplaceLineEndings("\n    ") : entry.Message;
        Encoding.UTF8.GetBytes($"{Rfc3339.Format(entry.Timestamp)} [{entry.Source.Name()}] {entry.Level.Name()} {message}\n", output);
    }

    public void End(IBufferWriter<byte> output)
    {
    }

    public void Dispose()
    {
    }
}
