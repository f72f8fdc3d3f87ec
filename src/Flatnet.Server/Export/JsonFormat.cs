using System.Buffers;
using System.Text.Json;
using Flatnet.Logs;
using Flatnet.Server.Errors;
using Flatnet.Server.Rest;

namespace Flatnet.Server.Export;

/// <summary>Log objects, each on a line of its own: in one array, or bare (NDJSON).</summary>
internal sealed class JsonFormat(bool isArray) : ILineFormat
{
    // One for all lines; what it writes to comes with each.
    private readonly Utf8JsonWriter _writer = new(Stream.Null, JsonText.Options);
    private bool _isFirst = true;

    public string MediaType => isArray ? "application/json" : "application/x-ndjson";

    public string Extension => isArray ? "json" : "ndjson";

    public void Begin(IBufferWriter<byte> output)
    {
        if (isArray)
        {
            output.Write("["u8);
        }
    }

    public void Write(IBufferWriter<byte> output, string taskId, LogEntry entry)
    {
        if (isArray)
        {
            output.Write(_isFirst ? "\n"u8 : ",\n"u8);
            _isFirst = false;
        }

        _writer.Reset(output);
        LogObject.Write(_writer, taskId, entry);
        _writer.Flush();
        if (!isArray)
        {
            output.Write("\n"u8);
        }
    }

    public void End(IBufferWriter<byte> output)
    {
        if (isArray)
        {
            output.Write(_isFirst ? "]\n"u8 : "\n]\n"u8);
        }
    }

    public void Dispose() => _writer.Dispose();
}
