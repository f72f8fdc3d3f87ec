namespace Flatnet.Agent.Spool;

/// <summary>What a record holds.</summary>
internal enum RecordKind : byte
{
    /// <summary>A line, as the JSON object that is sent.</summary>
    Line = 1,

    /// <summary>The task's end, as the status message that is sent. It is the last record of its stream.</summary>
    Outcome = 2,
}
