using System.Buffers;
using Flatnet.Logs;

namespace Flatnet.Server.Export;

/// <summary>Writes lines as a file has them, one after the other.</summary>
internal interface ILineFormat : IDisposable
{
    public string MediaType { get; }

    /// <summary>The end of the file's name, without a dot.</summary>
    public string Extension { get; }

    /// <summary>What comes before the first line.</summary>
    public void Begin(IBufferWriter<byte> output);

    public void Write(IBufferWriter<byte> output, string taskId, LogEntry entry);

    /// <summary>What comes after the last line.</summary>
    public void End(IBufferWriter<byte> output);
}
