namespace Flatnet.Server.Tests.Storage.Mongo;

/// <summary>What goes wrong with a command.</summary>
internal enum Cut
{
    None,

    /// <summary>The command does not arrive.</summary>
    Before,

    /// <summary>The command is done, and the answer does not arrive.</summary>
    After,

    /// <summary>The command is done, and the answer says that it may not last.</summary>
    Unsure,
}
