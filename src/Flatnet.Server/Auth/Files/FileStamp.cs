namespace Flatnet.Server.Auth.Files;

/// <summary>Tells a file's state from another without reading it. Every replacement has a new inode.</summary>
internal readonly record struct FileStamp(ulong Inode, ulong Size, long Seconds, uint Nanoseconds);
