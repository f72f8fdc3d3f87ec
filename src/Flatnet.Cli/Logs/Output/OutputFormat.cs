namespace Flatnet.Cli.Logs;

/// <summary>How lines are printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people: time, name and line.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>One JSON object per line.</summary>
    JsonLines,

    /// <summary>The bytes as they were written, and nothing else.</summary>
    Raw,

    /// <summary>As the user's template says.</summary>
    Template,
}
