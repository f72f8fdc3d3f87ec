namespace Flatnet.Settings;

/// <summary>What a setting's value is, and so how it is written.</summary>
public enum SettingKind
{
    /// <summary>Any text, or one of the key's choices.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number with or without a fraction.</summary>
    Number,

    /// <summary>Bytes: <c>5MiB</c>, <c>100MB</c>, <c>4096</c>.</summary>
    Size,

    /// <summary>A length of time: <c>1h30m</c>, <c>500ms</c>; a bare whole number is seconds.</summary>
    Duration,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>Texts: a list in the file; divided by commas in a variable or flag, where <c>\,</c> is a comma of the text.</summary>
    List,
}
