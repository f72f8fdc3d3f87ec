namespace Flatnet.Podman.Logs;

/// <summary>The head of one record in a log file of the driver k8s-file: <c>TIME stdout|stderr F|P TEXT</c>.</summary>
/// <param name="Timestamp">Nanoseconds since 1970.</param>
/// <param name="Channel">Where the container wrote it.</param>
/// <param name="IsPartial">Whether the line goes on in the channel's next record.</param>
/// <param name="TextStart">Where in the record the text begins.</param>
internal readonly record struct K8sRecord(long Timestamp, LogChannel Channel, bool IsPartial, int TextStart)
{
    private const int ChannelAndTag = 10;

    /// <summary>Reads the head of a record that is given without its line end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> record, out K8sRecord head)
    {
        head = default;
        if (!Rfc3339.TryParse(record, out long timestamp, out int at))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = record[at..];
        if (rest.Length < ChannelAndTag - 1 || (rest.Length >= ChannelAndTag && rest[ChannelAndTag - 1] != ' '))
        {
            return false;
        }

        LogChannel channel;
        if (rest.StartsWith(" stdout "u8))
        {
            channel = LogChannel.Output;
        }
        else if (rest.StartsWith(" stderr "u8))
        {
            channel = LogChannel.Error;
        }
        else
        {
            return false;
        }

        byte tag = rest[ChannelAndTag - 2];
        if (tag is not ((byte)'F' or (byte)'P'))
        {
            return false;
        }

        head = new K8sRecord(timestamp, channel, tag == 'P', Math.Min(record.Length, at + ChannelAndTag));
        return true;
    }
}
