namespace Flatnet.Ipam;

/// <summary>Says why a file could not be read. The exception's own message is a resource key in a trimmed executable.</summary>
internal static class FileProblem
{
    internal static string Describe(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission denied, or it is a directory",
        PathTooLongException => "the path is too long",
        ArgumentException or NotSupportedException => "this is not a path",
        _ => $"input/output error {error.HResult & 0xffff}",
    };
}
