namespace Flatnet.Logs.Redaction;

/// <summary>What becomes of a line that an exclude pattern matches.</summary>
public enum RedactionMode
{
    /// <summary>What matches is masked, and the line stays.</summary>
    Mask,

    /// <summary>The line is left out.</summary>
    Drop,
}
