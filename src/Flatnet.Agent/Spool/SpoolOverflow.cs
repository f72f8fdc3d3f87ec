namespace Flatnet.Agent.Spool;

/// <summary>What happens when there is no room for more lines.</summary>
internal enum SpoolOverflow
{
    /// <summary>Nothing more is read from the task, which then waits in its own write. No line is lost.</summary>
    Block,

    /// <summary>The oldest lines that were not delivered give way; a line of the agent says how many.</summary>
    DropOldest,
}
