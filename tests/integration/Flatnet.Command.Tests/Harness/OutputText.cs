using System.Text;

namespace Flatnet.Command.Tests.Harness;

/// <summary>What a program prints on one stream, collected while it runs.</summary>
internal sealed class OutputText
{
    private readonly StringBuilder _text = new();

    public OutputText(StreamReader reader)
    {
        Finished = CollectAsync(reader);
    }

    /// <summary>Done at the end of the stream.</summary>
    public Task Finished { get; }

    /// <summary>All so far.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    private async Task CollectAsync(StreamReader reader)
    {
        char[] buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and int count)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, count);
            }
        }
    }
}
