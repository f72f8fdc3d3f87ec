using System.Runtime.CompilerServices;
using System.Text.Json;
using Flatnet.Podman.Json;

namespace Flatnet.Podman;

/// <summary>Events as they come, one JSON object a line.</summary>
internal static class EventLines
{
    /// <summary>Reads to the end of the connection, however it ends.</summary>
    /// <exception cref="EngineException">A line is no event.</exception>
    public static async IAsyncEnumerable<EngineEvent> ReadAsync(Stream stream, string engine, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using StreamReader reader = new(stream);
        while (await ReadLineAsync(reader, cancellation).ConfigureAwait(false) is string line)
        {
            if (line.Length > 0 && Parse(line, engine) is EngineEvent happened)
            {
                yield return happened;
            }
        }
    }

    private static async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadLineAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The service was stopped.
            return null;
        }
    }

    private static EngineEvent? Parse(string line, string engine)
    {
        try
        {
            return EventReader.Read(line);
        }
        catch (JsonException problem)
        {
            throw EngineErrors.NoAnswer(engine, problem);
        }
    }
}
