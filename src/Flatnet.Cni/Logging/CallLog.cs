using System.Globalization;
using System.Runtime.InteropServices;
using Flatnet.Cni.Protocol;
using Flatnet.Interop;
using Microsoft.Extensions.Logging;

namespace Flatnet.Cni.Logging;

/// <summary>
/// Appends log entries to a file, one JSON object per line in one write, so that plugins running at once do not mix their lines.
/// A file past <see cref="RotationSize"/> is moved to <c>.1</c>. A log that cannot be written never fails a call.
/// </summary>
internal sealed class CallLog(string path) : ILogger
{
    /// <summary>Where the log goes unless the configuration says otherwise.</summary>
    public const string DefaultPath = "/var/log/flatnet/cni.log";

    /// <summary>Bytes after which a new file is begun: some ten thousand calls.</summary>
    public const ulong RotationSize = 8 * 1024 * 1024;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var json = new JsonText();
        json.BeginObject();
        json.Property("time", DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        json.Property("level", NameOf(logLevel));
        json.Property("event", eventId.Id);
        json.Property("message", formatter(state, exception));
        if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            WriteFields(json, fields);
        }

        json.EndObject();
        json.EndLine();
        Append(json.Written.Span);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Error or LogLevel.Critical => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private static void WriteFields(JsonText json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            (string name, object? value) = fields[i];
            if (name == "{OriginalFormat}")
            {
                continue;
            }

            switch (value)
            {
                case int number:
                    json.Property(CamelCase(name), number);
                    break;
                case IReadOnlyList<string> texts:
                    json.Property(CamelCase(name), texts);
                    break;
                default:
                    json.Property(CamelCase(name), value?.ToString());
                    break;
            }
        }
    }

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private unsafe void Append(ReadOnlySpan<byte> line)
    {
        using SafeFileDescriptor? file = Open();
        if (file is null)
        {
            return;
        }

        fixed (byte* bytes = line)
        {
            Libc.write(file.Descriptor, bytes, (nuint)line.Length);
        }

        Statx status;
        if (Libc.statx(file.Descriptor, "", FileConstants.AT_EMPTY_PATH, FileConstants.STATX_SIZE, &status) == 0 && status.stx_size > RotationSize)
        {
            Libc.renameat(FileConstants.AT_FDCWD, path, FileConstants.AT_FDCWD, path + ".1");
        }
    }

    private SafeFileDescriptor? Open()
    {
        const uint ownerWritesGroupReads = 0x1A0; // 0640
        const uint ownerOnlyDirectory = 0x1E8; // 0750
        // O_NONBLOCK: opening a FIFO that nobody reads would wait for ever.
        int flags = FileConstants.O_WRONLY | FileConstants.O_CREAT | FileConstants.O_APPEND | FileConstants.O_CLOEXEC | FileConstants.O_NOFOLLOW
            | FileConstants.O_NONBLOCK;
        int descriptor = Libc.open(path, flags, ownerWritesGroupReads);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.ENOENT
            && (Libc.mkdir(path[..path.LastIndexOf('/')], ownerOnlyDirectory) == 0 || Marshal.GetLastPInvokeError() == Errno.EEXIST))
        {
            descriptor = Libc.open(path, flags, ownerWritesGroupReads);
        }

        return descriptor < 0 ? null : new SafeFileDescriptor(descriptor);
    }
}
