namespace Flatnet.Settings;

/// <summary>Names that derive from others.</summary>
internal static class SettingNames
{
    /// <summary>Behind a secret's key: the key that names the file with the value.</summary>
    public const string FileSuffix = "File";

    /// <summary>Behind a secret's variable: the variable that names the file with the value.</summary>
    public const string FileVariableSuffix = "_FILE";
}
