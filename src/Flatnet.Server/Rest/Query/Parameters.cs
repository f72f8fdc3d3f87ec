using System.Collections.Immutable;

namespace Flatnet.Server.Rest.Query;

/// <summary>The parameters that there are.</summary>
internal static class Parameters
{
    public const int LongestText = 1_000;

    public static readonly Parameter Source = new("source", ParameterKind.List, "Only lines from these.") { Choices = ["stdout", "stderr", "agent"] };

    public static readonly Parameter Level = new("level", ParameterKind.List, "Only lines of these levels. DEBUG includes TRACE, ERROR includes FATAL.")
    {
        Choices = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"],
    };

    public static readonly Parameter MinLevel = new("min_level", ParameterKind.Text, "Only lines of this level or a more serious one.") { Choices = Level.Choices };

    public static readonly Parameter Q = new("q", ParameterKind.Text, "Only lines with this text in them, in any case.");

    public static readonly Parameter Regex = new("regex", ParameterKind.Text, "Only lines that match this pattern, which may have no back-references or look-arounds.");

    public static readonly Parameter From = new("from", ParameterKind.Time, "Only lines of this time or later.");

    public static readonly Parameter To = new("to", ParameterKind.Time, "Only lines before this time.");

    public static readonly Parameter Order = new("order", ParameterKind.Text, "asc (the default): first line first; desc: last line first.") { Choices = ["asc", "desc"] };

    public static readonly Parameter Page = new("page", ParameterKind.Whole, "The page, from 0. Pages of a task that grows keep still with max_seq.") { Most = int.MaxValue };

    public static readonly Parameter Size = new("size", ParameterKind.Whole, "Lines of a page; 100 without it.") { Least = 1, Most = 1_000 };

    public static readonly Parameter AfterSeq = new("after_seq", ParameterKind.Whole, "A cursor: the lines next after this one. 0 for the beginning.");

    public static readonly Parameter BeforeSeq = new("before_seq", ParameterKind.Whole, "A cursor: the lines next before this one.") { Least = 1 };

    public static readonly Parameter Limit = new("limit", ParameterKind.Whole, "Entries at most; 100 without it.") { Least = 1, Most = 1_000 };

    public static readonly Parameter Tail = new("tail", ParameterKind.Whole, "The last lines, so many.") { Least = 1, Most = 10_000 };

    public static readonly Parameter MaxSeq = new("max_seq", ParameterKind.Whole, "The task as it was when this was its last line.");

    public static readonly Parameter DeleteBefore = new("before", ParameterKind.Time, "Only lines of this time or earlier; without it all.");

    public static readonly Parameter Format = new("format", ParameterKind.Text, "The file's format; json without it.") { Choices = ["json", "ndjson", "csv", "txt"] };

    public static readonly Parameter Gzip = new("gzip", ParameterKind.Flag, "Compress the file.");

    public static readonly Parameter Follow = new("follow", ParameterKind.Flag, "Go on with new lines until the task ends.");

    public static readonly Parameter UpdatedBefore = new("before", ParameterKind.Time, "A cursor: the tasks written to before this time.");

    /// <summary>What must be in a line.</summary>
    public static readonly ImmutableArray<Parameter> Filter = [Source, Level, MinLevel, Q, Regex];
}
