namespace Flatnet.Ipam.Tests;

/// <summary>Small damage to a byte string, as a bad disk or an editor does it.</summary>
internal static class Mutation
{
    private static readonly byte[] Structural = "{}[]\",:\\0\n -e.u"u8.ToArray();

    public static byte[] Apply(byte[] original, int position, byte value, byte kind)
    {
        int index = (int)((uint)position % (uint)original.Length);
        List<byte> bytes = [.. original];
        switch (kind % 5)
        {
            case 0:
                bytes[index] = value;
                break;
            case 1:
                bytes[index] = Structural[value % Structural.Length];
                break;
            case 2:
                bytes.RemoveAt(index);
                break;
            case 3:
                bytes.RemoveRange(index, bytes.Count - index);
                break;
            default:
                bytes.InsertRange(index, bytes.GetRange(index, Math.Min(value, bytes.Count - index)));
                break;
        }

        return bytes.ToArray();
    }
}
