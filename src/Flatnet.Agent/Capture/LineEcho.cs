using System.Buffers;
using Flatnet.Logs;

namespace Flatnet.Agent.Capture;

/// <summary>Shows lines on the agent's own output as the task meant them: a prompt without a line end, and its rest behind it.</summary>
internal sealed class LineEcho
{
    private readonly Output _output = new(Console.OpenStandardOutput());
    private readonly Output _error = new(Console.OpenStandardError());

    /// <summary>Remembers a line; the agent's own remarks are for its log.</summary>
    public void Write(in RawLine line, ReadOnlySpan<byte> message)
    {
        if (line.Source != LogSource.Agent)
        {
            (line.Source == LogSource.Stdout ? _output : _error).Write(line, message);
        }
    }

    /// <summary>Shows what was remembered.</summary>
    public void Flush()
    {
        _output.Flush();
        _error.Flush();
    }

    private sealed class Output(Stream stream)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
        private byte[] _prompt = [];
        private bool _isGone;

        public void Write(in RawLine line, ReadOnlySpan<byte> message)
        {
            // What was shown as a prompt is not shown again.
            if (_prompt.Length > 0 && !message.StartsWith(_prompt))
            {
                _bytes.Write("\n"u8);
                _prompt = [];
            }

            _bytes.Write(message[_prompt.Length..]);
            _prompt = [];
            if (!line.IsPartial)
            {
                _bytes.Write("\n"u8);
            }
            else if (message.Length < LineCutter.MaxLength - 3)
            {
                _prompt = message.ToArray();
            }
        }

        public void Flush()
        {
            if (_bytes.WrittenCount > 0 && !_isGone)
            {
                try
                {
                    stream.Write(_bytes.WrittenSpan);
                }
                catch (IOException)
                {
                    // Nobody looks any more. The task goes on, and so does its log.
                    _isGone = true;
                }
            }

            _bytes.ResetWrittenCount();
        }
    }
}
