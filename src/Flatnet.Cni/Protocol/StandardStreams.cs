using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Cni.Protocol;

/// <summary>The three standard streams, unbuffered: <c>Console</c> would cost a third of the plugin's life.</summary>
internal static unsafe class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int ErrorOutput = 2;
    private const int FirstBuffer = 2 * 1024;

    // No configuration comes near it; without a bound a runaway writer would be an out-of-memory crash.
    private const int MaxInput = 4 * 1024 * 1024;

    /// <summary>Everything on standard input.</summary>
    /// <exception cref="CniException">Code 5.</exception>
    public static ReadOnlyMemory<byte> ReadInput()
    {
        byte[] buffer = new byte[FirstBuffer];
        int length = 0;
        while (true)
        {
            nint count;
            fixed (byte* start = &buffer[length])
            {
                count = Libc.read(Input, start, (nuint)(buffer.Length - length));
            }

            if (count == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (count < 0)
            {
                int errno = Marshal.GetLastPInvokeError();
                if (errno == Errno.EINTR)
                {
                    continue;
                }

                throw new CniException(ErrorCode.InputOutput, $"error reading from stdin: {Errno.Describe(errno)} ({Errno.Name(errno)})");
            }

            length += (int)count;
            if (length == MaxInput)
            {
                throw new CniException(ErrorCode.InputOutput, $"error reading from stdin: more than {MaxInput} bytes", "this is no network configuration");
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(MaxInput, buffer.Length * 2));
            }
        }
    }

    /// <summary>Writes the answer; false when nobody takes it.</summary>
    public static bool WriteOutput(ReadOnlySpan<byte> bytes) => Write(Output, bytes);

    /// <summary>Writes a line of talk to standard error.</summary>
    public static void WriteTalk(string line) => Write(ErrorOutput, Encoding.UTF8.GetBytes(line + "\n"));

    private static bool Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            nint count;
            fixed (byte* start = bytes)
            {
                count = Libc.write(descriptor, start, (nuint)bytes.Length);
            }

            if (count >= 0)
            {
                bytes = bytes[(int)count..];
            }
            else if (Marshal.GetLastPInvokeError() != Errno.EINTR)
            {
                return false;
            }
        }

        return true;
    }
}
