namespace Flatnet.Cli.Setup;

/// <summary>What setting up can change.</summary>
internal enum SetupEntryKind
{
    Directory,
    File,
    Link,
    Setting,
}
