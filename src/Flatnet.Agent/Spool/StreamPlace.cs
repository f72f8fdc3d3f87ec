namespace Flatnet.Agent.Spool;

/// <summary>A stream's directory: <c>SPOOL/TASK/STREAM</c>.</summary>
internal sealed record StreamPlace(string Spool, string TaskId, string StreamId)
{
    public string Path => System.IO.Path.Combine(Spool, TaskId, StreamId);

    /// <summary>The file that whoever has the stream open holds locked.</summary>
    public string LockPath => System.IO.Path.Combine(Path, "lock");
}
