namespace Flatnet.Server.Rest.Query;

/// <summary>What a parameter's value is.</summary>
internal enum ParameterKind
{
    /// <summary>Any text, or one of the choices.</summary>
    Text,

    /// <summary>Texts: the parameter several times, or once with commas.</summary>
    List,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A time with a zone, RFC 3339.</summary>
    Time,

    /// <summary><c>true</c> (or nothing at all) or <c>false</c>.</summary>
    Flag,
}
