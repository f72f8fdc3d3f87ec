using System.Text.Json;

namespace Flatnet.Agent.Tests.Support;

/// <summary>What the test's server has of one stream. As the real one it takes each identity once.</summary>
internal sealed class StoredStream
{
    private readonly Lock _lock = new();
    private readonly List<string> _messages = [];

    public long LastSequence { get; private set; }

    public int Duplicates { get; private set; }

    /// <summary>The lines' texts in the order in which they were taken.</summary>
    public string[] Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public void Take(JsonElement entry)
    {
        long sequence = entry.GetProperty("sequence").GetInt64();
        lock (_lock)
        {
            if (sequence <= LastSequence)
            {
                Duplicates++;
                return;
            }

            LastSequence = sequence;
            _messages.Add(entry.GetProperty("message").GetString()!);
        }
    }
}
