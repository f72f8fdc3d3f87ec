using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Ipam;

/// <summary>Reads a directory with getdents64(2): records of <c>u64 d_ino; s64 d_off; u16 d_reclen; u8 d_type; char d_name[]</c>.</summary>
internal static class DirectoryListing
{
    private const int NameOffset = 19;

    internal static unsafe List<string> Read(int directory, string path)
    {
        var names = new List<string>();
        byte[] buffer = new byte[32768];
        while (true)
        {
            nint count;
            fixed (byte* target = buffer)
            {
                count = Libc.getdents64(directory, target, (nuint)buffer.Length);
            }

            if (count < 0)
            {
                throw StoreErrors.Unreadable("list", path, Marshal.GetLastPInvokeError());
            }

            if (count == 0)
            {
                return names;
            }

            AddNames(names, buffer.AsSpan(0, (int)count));
        }
    }

    private static void AddNames(List<string> names, ReadOnlySpan<byte> records)
    {
        while (records.Length > NameOffset)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(records[16..]);
            if (length <= NameOffset || length > records.Length)
            {
                return;
            }

            ReadOnlySpan<byte> name = records[NameOffset..length];
            int end = name.IndexOf((byte)0);
            string text = Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
            if (text is not ("." or ".."))
            {
                names.Add(text);
            }

            records = records[length..];
        }
    }
}
