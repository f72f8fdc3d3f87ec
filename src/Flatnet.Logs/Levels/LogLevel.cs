namespace Flatnet.Logs;

/// <summary>How serious a log line is, least first.</summary>
public enum LogLevel : byte
{
    /// <summary>Every step.</summary>
    Trace = 1,

    /// <summary>For whoever mends the program.</summary>
    Debug,

    /// <summary>What normally happens, notices included.</summary>
    Info,

    /// <summary>Odd, and it goes on.</summary>
    Warn,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>The program, or a large part of it, cannot go on.</summary>
    Fatal,
}
