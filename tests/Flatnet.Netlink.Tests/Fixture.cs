namespace Flatnet.Netlink.Tests;

/// <summary>Bytes captured once from a real kernel or tool; see the first line of each file in Fixtures/.</summary>
internal static class Fixture
{
    /// <summary>One array for each datagram.</summary>
    internal static List<byte[]> Datagrams(string name)
    {
        var datagrams = new List<byte[]>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".hex")))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                datagrams.Add(Convert.FromHexString(line));
            }
        }

        return datagrams;
    }

    /// <summary>A channel that answers the first request with the captured datagrams.</summary>
    internal static FakeChannel Channel(string name)
    {
        List<byte[]> datagrams = Datagrams(name);
        return new FakeChannel(BitConverter.ToUInt32(datagrams[0], 12), datagrams);
    }
}
