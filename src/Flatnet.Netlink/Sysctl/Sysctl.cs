using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;
using static Flatnet.Interop.FileConstants;

namespace Flatnet.Netlink;

/// <summary>Kernel settings under /proc/sys. Those below <c>net/</c> are the ones of the calling thread's network namespace.</summary>
public static unsafe class Sysctl
{
    private const int MaximumValue = 4096;

    /// <summary>The value without its line end; null when the kernel has no such setting.</summary>
    /// <param name="key">With slashes, so that interface names may contain dots: <c>net/ipv4/conf/eth0.5/forwarding</c>.</param>
    /// <exception cref="ArgumentException">The key is absolute, has empty components, or <c>.</c> or <c>..</c> as one.</exception>
    /// <exception cref="SysctlException">It is there but cannot be read.</exception>
    public static string? Read(string key)
    {
        int descriptor = Open(key, O_RDONLY);
        if (descriptor < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            return errno is Errno.ENOENT or Errno.ENOTDIR ? null : throw new SysctlException(key, null, errno);
        }

        using var owned = new SafeFileDescriptor(descriptor);
        byte* buffer = stackalloc byte[MaximumValue];
        nint length = Libc.read(descriptor, buffer, MaximumValue);
        if (length < 0)
        {
            throw new SysctlException(key, null, Marshal.GetLastPInvokeError());
        }

        return Encoding.UTF8.GetString(new ReadOnlySpan<byte>(buffer, (int)length).TrimEnd("\n"u8));
    }

    /// <summary>Writes a value.</summary>
    /// <param name="key">The setting, as for <see cref="Read"/>.</param>
    /// <param name="value">The text, such as <c>1</c>.</param>
    /// <exception cref="ArgumentException">The key is absolute, has empty components, or <c>.</c> or <c>..</c> as one.</exception>
    /// <exception cref="SysctlException">There is no such setting, or it cannot be written.</exception>
    public static void Write(string key, string value)
    {
        int errno = WriteCore(key, value);
        if (errno != 0)
        {
            throw new SysctlException(key, value, errno);
        }
    }

    /// <summary>Writes a value whose absence does no harm. False when there is no such setting or it cannot be written.</summary>
    /// <param name="key">The setting, as for <see cref="Read"/>.</param>
    /// <param name="value">The text, such as <c>1</c>.</param>
    /// <exception cref="ArgumentException">The key is absolute, has empty components, or <c>.</c> or <c>..</c> as one.</exception>
    public static bool TryWrite(string key, string value) => WriteCore(key, value) == 0;

    private static int WriteCore(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int descriptor = Open(key, O_WRONLY);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        using var owned = new SafeFileDescriptor(descriptor);
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        fixed (byte* start = bytes)
        {
            // The kernel takes a setting in one write or not at all.
            return Libc.write(descriptor, start, (nuint)bytes.Length) < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
    }

    private static int Open(string key, int flags)
    {
        RequireValid(key);
        return Libc.open("/proc/sys/" + key, flags | O_CLOEXEC | O_NOFOLLOW, 0);
    }

    private static void RequireValid(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        int start = 0;
        for (int index = 0; index <= key.Length; index++)
        {
            if (index < key.Length && key[index] != '/')
            {
                if (key[index] == '\0')
                {
                    throw Invalid(key);
                }

                continue;
            }

            ReadOnlySpan<char> component = key.AsSpan(start, index - start);
            if (component.IsEmpty || component is "." or "..")
            {
                throw Invalid(key);
            }

            start = index + 1;
        }
    }

    private static ArgumentException Invalid(string key) =>
        new("\"" + key + "\" is no sysctl key: names separated by single slashes, none of them . or ..", nameof(key));
}
